"""The theme of each target, told once from its clause."""

from django.db import migrations
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def fill(apps, schema_editor):
    ClauseTheme, Target = apps.get_model("plans", "ClauseTheme"), apps.get_model("plans", "Target")

    def primary(condition):
        return Subquery(ClauseTheme.objects.filter(condition).order_by("rank", "pk").values("theme")[:1])

    own, above = primary(Q(clause=OuterRef("clause"))), primary(Q(clause__children=OuterRef("clause")))
    Target.objects.update(theme=Coalesce(own, above))


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_progress_coverage_comparison")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

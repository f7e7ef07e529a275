"""Puts the articles that are public already into the lists, by the rules of the day it was written."""

import datetime
from collections import Counter

from django.db import migrations
from django.utils import timezone

STEP = 4  # characters of a step of an organisation's path
BLOCK = 2_000  # numbers of articles in a part of the sitemap
TOGETHER = 2_000
STEPS = " UNION ALL ".join(f"SELECT {STEP * depth} AS width" for depth in range(1, 16))
PLACES = f"""\
INSERT INTO articles_listing (list, sort_at, article_id)
SELECT 'o' || substr(o.path, 1, d.width), a.sort_at, a.id FROM articles_article a
JOIN organizations_organization o ON o.id = a.organization_id JOIN ({STEPS}) d ON length(o.path) >= d.width
WHERE a.state = 'public'
UNION ALL SELECT 't' || t.tag_id, a.sort_at, a.id FROM articles_article a
JOIN taggit_taggeditem t ON t.object_id = a.id
JOIN django_content_type k ON k.id = t.content_type_id AND k.app_label = 'articles' AND k.model = 'article'
WHERE a.state = 'public'"""  # noqa: S608  numbers of this file


def fill(apps, schema_editor):
    """Fill both tables, which are emptied first."""
    listing, counted = (apps.get_model("articles", name).objects for name in ("Listing", "ListCount"))
    listing.all().delete()
    counted.all().delete()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(PLACES)
    count, dated = Counter(), Counter()
    columns = ("pk", "channel", "sort_at", "published_at", "organization", "organization__path")
    public = apps.get_model("articles", "Article").objects.filter(state="public").order_by()
    for pk, channel, at, published, organization, path in public.values_list(*columns).iterator(TOGETHER):
        local = timezone.localtime(at if timezone.is_aware(at) else at.replace(tzinfo=datetime.UTC))
        month = local.year * 12 + local.month - 1
        lists = [("", month), (f"c{channel}", month), ("b", pk // BLOCK + 1)]
        if organization:
            lists.append((f"n{organization}", 0))
            lists += ((f"o{path[:end]}", 0) for end in range(STEP, len(path) + 1, STEP))
        count.update(lists)
        if published:
            dated.update(lists)
    tagged = apps.get_model("taggit", "TaggedItem").objects.order_by()
    tagged = tagged.filter(content_type__app_label="articles", content_type__model="article")
    for tag in tagged.filter(object_id__in=public.values("pk")).values_list("tag", flat=True).iterator(TOGETHER):
        count[f"t{tag}", 0] += 1
    model = counted.model
    rows = (
        model(list=name, month=month, count=number, dated=dated[name, month]) for (name, month), number in count.items()
    )
    counted.bulk_create(rows, batch_size=TOGETHER)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_lists"),
        ("organizations", "0008_public_register"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

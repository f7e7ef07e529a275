"""What imports add to the articles' pages at the desk: the way to upload, and where each value comes from."""

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import extensions
from importer.batches import provenance
from importer.models import ImportedArticle
from organizations import rights

from . import words


@extensions.register_list_tools
def upload_button(user) -> dict | None:
    if not rights.may(user, "write"):
        return None
    return {"address": reverse("admin:importer_importbatch_add"), "label": _("Import pages")}


@extensions.register_panels
def provenance_panel(article) -> dict | None:
    """Per field: as imported, or edited by whom."""
    found = provenance.of(article)
    if not found:
        return None
    rows = [{"label": words.field(name), "from": one, "edited": one.kind == "edited"} for name, one in found.items()]
    last = ImportedArticle.objects.filter(article=article).order_by("-pk").values("item", "item__name").first()
    return {"template": "admin/importer/provenance.html", "context": {"rows": rows, "item": last}}

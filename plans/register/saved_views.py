"""The verbs of saved views (常用视图): keep a state of a page of plans under a name, change it, delete it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from organizations.audit_search import register_names
from organizations.models import Organization
from plans.models import SavedView

LONGEST_QUERY = 4000

rights.register_verbs(share_view=rights.EDITORS)
register_names(SavedView, "name")


def save(by, name: str, query: str, *, page: str = SavedView.Page.REGISTER, shared_with: Organization | None = None):
    """Keep `query` (an address without its "?") as the view `name` of `by`, for the members of `shared_with` too.

    Raises PermissionDenied, or ValidationError where the name is missing or taken, or the address too long.
    """
    rights.require(by, "view")
    view = SavedView(page=page, owner=by, query=query)
    return _kept(view, by, name, shared_with, "add")


def change(view: SavedView, by, name: str, shared_with: Organization | None) -> SavedView:
    """Give `view` another name, or share it with another body or with none. Raises as `save` does."""
    return _kept(view, by, name, shared_with, "change")


def delete(view: SavedView, by) -> None:
    """Forget `view`. Raises PermissionDenied for anybody but its owner and administrators."""
    _own(view, by)
    with transaction.atomic():
        record("delete", view, by=by, organization=view.shared_with, before=_facts(view))
        view.delete()


def _own(view: SavedView, by) -> None:
    if not by.is_active or (view.owner_id != by.pk and not by.is_superuser):
        raise PermissionDenied("change")


def _facts(view: SavedView) -> dict:
    return {"name": view.name, "query": view.query, "shared_with": str(view.shared_with or "")}


def _kept(view: SavedView, by, name: str, shared_with: Organization | None, verb: str) -> SavedView:
    _own(view, by)
    if shared_with is not None and shared_with.pk != view.shared_with_id:
        rights.require(by, "share_view", shared_with)
    before = _facts(view) if view.pk else None
    view.name, view.shared_with = name.strip(), shared_with
    if not view.name:
        raise ValidationError(_("Please give the view a name."))
    if len(view.query) > LONGEST_QUERY:
        raise ValidationError(_("There are too many conditions to keep. Remove some of them first."))
    with transaction.atomic():
        view.full_clean(exclude=["query"])
        view.save()
        record(verb, view, by=by, organization=shared_with, before=before, after=_facts(view))
    return view

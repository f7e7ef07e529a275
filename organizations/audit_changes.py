"""What an audit entry changed, field by field in words."""

from contextlib import suppress
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .models import Membership

NAMES = {  # what verbs record besides the fields of a model
    "to": gettext_lazy("handed to"),
    "count": gettext_lazy("how many"),
    "before": gettext_lazy("from before"),
    "channels": gettext_lazy("only in these channels"),
    "link": gettext_lazy("number of the link"),
    "into": gettext_lazy("merged into article number"),
    "left": pgettext_lazy("recovery codes", "left"),
    "at": gettext_lazy("time"),
}


class Change(NamedTuple):
    """One field by its name, its value before and after, all in words."""

    field: str
    before: str
    after: str


def model_of(label: str):
    """The model of a label such as organizations.user; None where there is none any more."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_name(object_type: str) -> str:
    """The words for a model's label; the label itself where the model is gone."""
    model = model_of(object_type)
    return capfirst(str(model._meta.verbose_name)) if model else object_type


def changes(entry) -> list[Change]:
    """The fields that `entry` changed, in the order they were recorded; what was not there before or after is "".

    It asks the database for nothing: related rows stand in the trail by their names.
    """
    before, after = entry.before or {}, entry.after or {}
    model = model_of(entry.object_type)
    return [
        Change(_label(model, name), _words(model, name, before.get(name)), _words(model, name, after.get(name)))
        for name in dict.fromkeys([*before, *after])
    ]


def _field(model, name: str):
    """The field of `model`, else that of a membership: roles are given to a person and are no field of theirs."""
    for known in filter(None, (model, Membership)):
        with suppress(FieldDoesNotExist):
            return known._meta.get_field(name)
    return None


def _label(model, name: str) -> str:
    field, rows = _field(model, name), model_of(name) if "." in name else None
    if rows is not None:  # rows below the object, by their model's label
        return capfirst(str(rows._meta.verbose_name_plural))
    said = NAMES.get(name) or getattr(field, "verbose_name", name)
    return capfirst(str(said))


def _words(model, name: str, value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        mark = "；" if any(isinstance(part, dict) for part in value) else "、"
        return mark.join(_words(model_of(name) if "." in name else model, name, part) for part in value)
    if isinstance(value, dict):
        return "，".join(f"{_label(model, key)} {_words(model, key, part) or '—'}" for key, part in value.items())
    if choice := dict(getattr(_field(model, name), "flatchoices", ())).get(value):
        return str(choice)
    return _time(value) if isinstance(value, str) else str(value)


def _time(text: str) -> str:
    """A moment in the site's own time; any other text as it is."""
    try:
        moment = parse_datetime(text) if "T" in text or ":" in text else None
    except ValueError:
        return text
    if moment is None or timezone.is_naive(moment):
        return text
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"

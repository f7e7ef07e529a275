"""Searching the audit trail: by person, deed, object, organisation with all below it, and days.

No condition looks through the whole trail. What somebody types is first looked up among people, organisations and
things, which are few beside the trail; their numbers are then found by an index. What no longer exists is found by its
name as it was written.
"""

import datetime

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import paths, rights
from .audit_words import VERBS
from .models import AuditEntry, Membership, Organization, User

MOST = 200  # people or things of one name; more say too little
ROOMS = ("organizations", "articles", "plans", "importer")
OUTSIDE = gettext_lazy("Give a day between the years 2000 and 2999.")
DAYS = [
    MinValueValidator(datetime.date(2000, 1, 1), OUTSIDE),
    MaxValueValidator(datetime.date(2999, 12, 31), OUTSIDE),
]

_names: dict[type, tuple[str, ...]] = {Organization: ("name", "short_name"), User: ("name", "username")}


def register_names(model: type, *fields: str) -> None:
    """Say in which fields the things of `model` have the names that people look for them by."""
    _names[model] = fields


def kinds() -> list[tuple[str, str]]:
    """The project's own models as (label, name)."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [(model._meta.label_lower, capfirst(str(model._meta.verbose_name))) for model in models]


def _contains(fields, text: str) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": text})
    return condition


def _few(rows) -> list:
    """`rows`, of which there must not be more than MOST: ValidationError."""
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise ValidationError(_("Too many have this in their name. Write more of it."))
    return found


def _named(text: str, kind: str) -> list[tuple[str, str]]:
    """What has `text` in its name today, as (kind, number); of one kind or of all, by one query."""
    asked = [
        model._base_manager.filter(_contains(fields, text)).order_by().values_list(_label(model), "pk")
        for model, fields in _names.items()
        if kind in ("", model._meta.label_lower)
    ]
    return [(label, str(number)) for label, number in _few(asked[0].union(*asked[1:]).order_by())] if asked else []


def _label(model) -> Value:
    return Value(model._meta.label_lower, output_field=CharField())


def _begins(text: str) -> Q:
    """Object names that begin with `text`, by the index that each database has for it."""
    if connection.vendor == "postgresql":
        return Q(object_name__startswith=text)
    return Q(object_name__gte=text, object_name__lt=text + "\U0010ffff")


def _written(text: str, kind: str) -> list[tuple[str, str]]:
    """What was written down with a name that begins with `text`, as (kind, number)."""
    rows = AuditEntry.objects.filter(_begins(text), **({"object_type": kind} if kind else {}))
    return _few(rows.order_by().values_list("object_type", "object_id").distinct())


def _day(label) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, validators=DAYS)


class AuditSearch(forms.Form):
    """What is looked for; every field may be empty. `found(rows)` narrows entries to it, `words()` says it."""

    who = forms.CharField(
        label=gettext_lazy("who"), required=False, max_length=150, help_text=gettext_lazy("Name or user name")
    )
    verb = forms.ChoiceField(label=gettext_lazy("what was done"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("kind of object"), required=False)
    object = forms.CharField(
        label=gettext_lazy("object"), required=False, max_length=300, help_text=gettext_lazy("Name, title or number")
    )
    organization = forms.CharField(
        label=gettext_lazy("organization"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("With everything below it"),
    )
    since = _day(gettext_lazy("from the day (Beijing time)"))
    until = _day(gettext_lazy("to the day (Beijing time)"))

    def __init__(self, *args, organizations, **kwargs):
        """`organizations`: those that may be named, a queryset."""
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.organizations = organizations
        anything = [("", _("anything"))]
        self.fields["verb"].choices = [*anything, *VERBS.items()]
        self.fields["kind"].choices = [*anything, *kinds()]

    def _text(self, name: str) -> str:
        text = " ".join(self.cleaned_data[name].split())
        if "\0" in text:
            raise ValidationError(_("Write a name."))
        return text

    def clean_who(self):
        """People of that name, and what was written down under exactly that name."""
        if not (text := self._text("who")):
            return None
        people = User.objects.filter(_contains(_names[User], text)).order_by().values_list("pk", flat=True)
        return Q(actor_id__in=_few(people)) | Q(actor_name=text)

    def clean_organization(self):
        """The organisations of that name, else those with it in their name, and everything below them."""
        if not (text := self._text("organization")):
            return None
        exact = self.organizations.filter(Q(name=text) | Q(short_name=text))
        rows = exact if exact.exists() else self.organizations.filter(_contains(_names[Organization], text))
        inside = Q()
        for path in _few(rows.order_by().values_list("path", flat=True)):
            inside |= Q(path__gte=path, path__lt=paths.subtree_end(path))
        if not inside:
            raise ValidationError(_("There is no organization of this name among yours."))
        return Q(organization_id__in=Organization.objects.filter(inside).order_by().values("pk"))

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first."))
        if "object" in cleaned and "kind" in cleaned:
            try:
                cleaned["object"] = self._object(self._text("object"), cleaned["kind"])
            except ValidationError as refusal:
                self.add_error("object", refusal)
        return cleaned

    def _object(self, text: str, kind: str):
        """A number, or whatever has the words in its name today or was written down with a name that begins so."""
        if not text or (text.isascii() and text.isdigit()):
            asked = {"object_id": text, "object_type": kind}
            return Q(**{name: value for name, value in asked.items() if value}) if text or kind else None
        numbers: dict[str, list[str]] = {}
        for label, number in {*_named(text, kind), *_written(text, kind)}:
            numbers.setdefault(label, []).append(number)
        condition = Q(pk__in=[])
        for label, chosen in numbers.items():
            condition |= Q(object_type=label, object_id__in=chosen)
        return condition

    def found(self, rows):
        """Those of `rows` that are looked for, the newest first; none where the form has a fault."""
        rows = rows.order_by("-at", "-id")
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        for condition in (asked["who"], asked["object"], asked["organization"]):
            if condition is not None:
                rows = rows.filter(condition)
        if asked["verb"]:
            rows = rows.filter(verb=asked["verb"])
        if asked["since"]:
            rows = rows.filter(at__gte=_midnight(asked["since"]))
        if asked["until"]:
            rows = rows.filter(at__lt=_midnight(asked["until"] + datetime.timedelta(days=1)))
        return rows

    def words(self) -> str:
        """What is asked for, as one line."""
        said = []
        for field in self:
            if value := field.data:
                shown = dict(getattr(field.field, "choices", ())).get(value, value)
                said.append(f"{field.label}：{shown}")
        return "；".join(said) or _("everything")


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def readable_by(user):
    """The entries that `user` may read: an administrator all, others those of organisations where they may audit.

    With them those about the accounts of everybody who holds a role there: somebody with roles in two places signs in
    to both, though the entry names one.
    """
    rows = AuditEntry.objects.all()
    if user.is_authenticated and user.is_active and user.is_superuser:
        return rows
    inside = auditable_by(user).order_by()
    people = User.objects.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), organization__in=inside)))
    numbers = people.order_by().annotate(number=Cast("pk", CharField())).values_list("number", flat=True)
    return rows.filter(
        Q(organization_id__in=_listed(inside.values_list("pk", flat=True)))
        | Q(object_type=User._meta.label_lower, object_id__in=_listed(numbers))
    )


def _listed(numbers):
    """`numbers` as a list while they are few: then the database joins what two indexes find; else as they are."""
    few = list(numbers[: MOST + 1])
    return few if len(few) <= MOST else numbers


def auditable_by(user):
    """The organisations whose trail `user` may read; an entry names them by number only."""
    return Organization.objects.filter(rights.reach(user, "audit", ""))

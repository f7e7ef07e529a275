"""What the review of one file shows and asks, apart from the page itself."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from importer.batches import accepting, texts
from importer.batches import differences as changed
from importer.forms import CorrectionForm
from importer.models import ImportItem

from . import rule_words, words

_NUMBER = re.compile(r"[0-9]{1,18}")
LONG = 120


def number(text: str | None) -> int | None:
    """The number that an address names, or None."""
    return int(text) if text and _NUMBER.fullmatch(text) else None


def scope(query: QueryDict) -> int | None:
    """The batch within which the person goes from one file to the next; None: all that waits."""
    return number(query.get("batch")) or number(QueryDict(query.get("_changelist_filters", "")).get("batch"))


def address(pk: int, scope: int | None, index: int = 0) -> str:
    query = "&".join(f"{name}={value}" for name, value in (("batch", scope), ("n", index)) if value)
    return reverse("admin:importer_importitem_change", args=[pk]) + (f"?{query}" if query else "")


def place(item: ImportItem, asked: str | None) -> int:
    """Which article of the file is shown."""
    return min(number(str(asked)) or 0, max(0, len(item.output.get("articles") or ()) - 1))


def article(item: ImportItem, index: int) -> dict:
    """The article as it would be filed; empty where nothing was read."""
    found = accepting.corrected(item).get("articles") or []
    return found[index] if found else {}


def tabs(item: ImportItem) -> list[str]:
    """The titles of the file's articles, where it holds several."""
    found = accepting.corrected(item).get("articles") or []
    return [one["title"] or _("without title") for one in found] if len(found) > 1 else []


def initial(article: dict) -> dict:
    """What the form shows."""
    values = {name: article.get(name) for name in CorrectionForm.base_fields}
    values["channel"] = article.get("channel_slug") or ""
    values["published_on"] = parse_date(values["published_on"] or "") if article else None
    values |= {name: bool(values[name]) for name in ("carries_plan", "full_width")}
    return {name: "" if value is None and name != "published_on" else value for name, value in values.items()}


def pictures(item: ImportItem, index: int) -> dict[str, str]:
    """Where the pictures of an article can be seen before it is filed, by what they are known by."""
    found = item.output.get("articles") or []
    known = texts.pictures_of(found[index]) if index < len(found) else []
    return {
        source: reverse("admin:importer_importitem_picture", args=[item.pk, index, number])
        for number, source in enumerate(known)
        if not source.startswith(("http:", "https:", "//"))
    }


def typed(form: CorrectionForm) -> dict[str, str]:
    """What a form that was refused said otherwise than the file says now, in words."""
    return {name: in_words(form[name], form[name].value()) for name in form.changed_data}


def fields(form: CorrectionForm, item: ImportItem, index: int, typed: dict[str, str]) -> list[dict]:
    """Each field of the form with what it rests on: evidence, how sure, and what was read where it was corrected.

    `typed` is what the person's form said before somebody else's corrections came in.
    """
    read = item.output["articles"][index]
    fixed = item.corrections.get(str(index)) or {}
    rows = []
    for bound in form:
        evidence = (read.get("evidence") or {}).get(bound.name)
        row = {"field": bound, "name": bound.name, "evidence": evidence, "corrected": bound.name in fixed}
        row["typed"] = typed.get(bound.name)
        if evidence:
            row["rule"] = rule_words.of(evidence["rule"])
            row["quote"] = evidence["text"] if str(bound.value()) != evidence["text"] else ""
            row["sure"] = words.SURE.get(evidence["confidence"], evidence["confidence"])
        if row["corrected"] and bound.name != "body_html":
            row["read"] = in_words(bound, read.get(bound.name))
        rows.append(row)
    return rows


def in_words(bound, value) -> str:
    if bound.name == "body_html":
        return plain(value)
    if isinstance(bound.field, forms.BooleanField):
        value = bool(value)
    if isinstance(value, list):
        return " › ".join(value) or _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value)) if value not in (None, "") else _("nothing")


def queue(user, item: ImportItem, scope: int | None) -> dict:
    """Where `item` stands among what waits: the numbers of the one before and after it, its place, how many."""
    rows = accepting.waiting(user)
    if scope:
        rows = rows.filter(batch=scope)
    before = Q(doubt__gt=item.doubt) | Q(doubt=item.doubt, pk__lt=item.pk)
    after = Q(doubt__lt=item.doubt) | Q(doubt=item.doubt, pk__gt=item.pk)
    counts = rows.order_by().aggregate(total=Count("pk"), place=Count("pk", filter=before))
    return {
        "previous": rows.filter(before).order_by("doubt", "-pk").values_list("pk", flat=True).first(),
        "next": rows.filter(after).order_by("-doubt", "pk").values_list("pk", flat=True).first(),
        "total": counts["total"],
        "place": counts["place"] + 1,
    }


def differences(item: ImportItem) -> list[dict]:
    """What a changed file would change in an article that is there, ready to be ticked."""
    found = changed.of(item)
    several = len({one.index for one in found}) > 1
    return [
        {
            "value": f"{one.index}:{one.field}" if several else one.field,
            "label": one.label,
            "edited": one.edited,
            "imported": plain(one.imported),
            "now": plain(one.now),
            "proposed": plain(one.proposed),
        }
        for one in found
    ]


def plain(value) -> str:
    """A value as text to read; paragraphs stay apart."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return value.isoformat()
    return strip_tags(re.sub(r"</(?:p|h\d|li|tr)>", "\n", str(value))).strip()


def add_refusal(form: CorrectionForm, refusal: ValidationError) -> None:
    """Say a verb's refusal at its field where it names one, else above the form."""
    by_field = refusal.error_dict if hasattr(refusal, "error_dict") else {None: refusal.error_list}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else None, errors)

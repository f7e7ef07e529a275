"""Bringing two texts of an article together (合并): what was saved meanwhile and what a person has typed.

What only one side changed is merged already; where both did, the person chooses. The outcome becomes the person's draft
and is shown in the form for a last look: nothing is saved here.
"""

import datetime
import json
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import comparison, drafts, merging
from articles.forms import PARTICULARS, TIMES, TagsField, moment
from articles.html import clean
from articles.models import Revision
from articles.text import TEXT_FIELDS

from .pages import Pages, clock

CHOICES = (merging.THEIRS, merging.MINE, merging.BOTH)


class Place(NamedTuple):
    """A field, or a stretch of the body, with its three texts as they are shown and the choice where one is made."""

    name: str
    label: str
    part: merging.Part
    base: str
    theirs: str
    mine: str
    choice: str

    @property
    def kind(self) -> str:
        return self.part.kind

    @property
    def words(self) -> dict[str, list]:
        """Where both changed it: what each side did to the words of the base, as runs of segments, one a block."""
        three = (self.base, self.theirs, self.mine) if self.label else map("".join, self.part[1:])
        base, *sides = ({"line" if self.label else "body": text} for text in three)
        compared = [comparison.compare(base, side) for side in sides]
        runs = [
            [line.segments for line in one.lines]
            + [comparison.every_segment(change) for change in one.changes if change.kind != comparison.LEFT]
            for one in compared
        ]
        return dict(zip((merging.THEIRS, merging.MINE), runs, strict=True))

    def taken(self) -> list:
        return self.part.taken(self.choice)


class MergePages(Pages):
    def get_urls(self):
        return [self.page("<int:pk>/merge/", self.merge_view, "merge"), *super().get_urls()]

    def merge_view(self, request, pk):
        article = self.article(request, pk, "write")
        draft = drafts.kept(article, request.user)
        if draft is None or not drafts.may_write(request.user, article):
            self.message_user(request, _("There is no unsaved text of yours for this article."), "WARNING")
            return self.back_to(article)
        latest = article.latest_revision
        form = self.get_form(request, article, change=True)(instance=article)
        lines, body = _three(form, article, draft)
        seen = f"{latest.number} {draft.text_at.isoformat()}"
        error = ""
        if request.method == "POST":
            lines = [line._replace(choice=_chosen(request, line.name, "")) for line in lines]
            body = [one._replace(choice=_chosen(request, one.name, merging.BOTH)) for one in body]
            if request.POST.get("seen") != seen:
                error = _("The text was changed once more meanwhile. Look at it and choose again.")
            elif any(line.kind == merging.CONFLICT and line.choice not in CHOICES[:2] for line in lines):
                error = _("Choose one of the two wherever both of you changed a line.")
            else:
                return self._take_over(request, article, draft, form, lines, body)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bring two texts together"),
            "opts": self.opts,
            "original": article,
            "latest": latest,
            "stale": draft.base not in (None, latest.number),
            "time": clock(draft.text_at),
            "saved_time": clock(latest.made_at),
            "lines": lines,
            "body": body,
            "conflicts": sum(one.kind == merging.CONFLICT for one in (*lines, *body)),
            "seen": seen,
            "error": error,
        }
        return TemplateResponse(request, "admin/articles/article/merge.html", context)

    def _take_over(self, request, article, draft, form, lines, body):
        """Make the merged text the person's draft, begun with the latest revision, and show it in the form."""
        number = article.latest_revision.number
        text = draft.text | {line.name: _typed(form.fields[line.name], line.taken()[0]) for line in lines}
        if body:
            text["body"] = "".join(block for one in body for block in one.taken())
        text |= {"base": str(number), "started": form.fields["started"].prepare_value(form["started"].initial)}
        text.pop(drafts.WINDOW, None)
        try:
            drafts.keep(article, request.user, text, base=number, known=draft.text_at)
        except ValidationError:  # another window has kept something since
            return HttpResponseRedirect(reverse("admin:articles_article_merge", args=[article.pk]))
        return HttpResponseRedirect(f"{self.address(article)}?draft=1")


def _chosen(request, name: str, default: str) -> str:
    given = request.POST.get(name, "")
    return given if given in CHOICES else default


def _three(form, article, draft) -> tuple[list[Place], list[Place]]:
    """The fields in which the draft or the latest text is not what the draft began with, and the body's parts."""
    begun = _begun(form, article, draft)
    lines = []
    for name in (*TEXT_FIELDS, *PARTICULARS):
        if name not in form.fields or name not in draft.text or name == "body":
            continue
        field = form.fields[name]
        three = [
            _value(field, value) for value in (begun.get(name), form[name].initial, _read(field, draft.text[name]))
        ]
        part = merging.merge_value(*three)
        if isinstance(field, TagsField):
            merged = [merging.merge_tags(*three)]
            part = merging.Part(
                merging.ALIKE if part.kind == merging.CONFLICT else part.kind, part.base, merged, merged
            )
        if part.kind != merging.UNCHANGED:
            lines.append(Place(name, str(field.label), part, *(_words(field, value) for value in three), ""))
    three = [
        merging.blocks(text)
        for text in (begun.get("body") or "", form["body"].initial, clean(draft.text.get("body", "")))
    ]
    parts = merging.merge_blocks(*three)
    return lines, [_stretch(f"part{number}", part) for number, part in enumerate(parts)]


def _begun(form, article, draft) -> dict:
    """What the draft started from: the text of its revision, and the particulars as the form was shown with them."""
    revision = article.latest_revision
    if draft.base not in (None, revision.number):
        revision = Revision.objects.filter(article=article, number=draft.base).first()
    try:
        started = dict(json.loads(draft.text.get("started") or ""))
        started |= {name: moment(started[name]) for name in TIMES if started.get(name)}
    except (TypeError, ValueError):
        started = {name: form[name].initial for name in PARTICULARS if name in form.fields}
    return started | ({name: getattr(revision, name) for name in TEXT_FIELDS} if revision else {})


def _stretch(name: str, part: merging.Part) -> Place:
    shown = (mark_safe(clean("".join(side))) for side in (part.base, part.theirs, part.mine))  # noqa: S308
    return Place(name, "", part, *shown, merging.BOTH)


def _read(field, data):
    """What the field makes of its widget's `data`; the data itself where it can make nothing of them."""
    if isinstance(field, forms.ModelChoiceField):
        return data
    try:
        return field.clean(data) if isinstance(field, forms.MultiValueField) else field.to_python(data)
    except ValidationError:
        return data


def _value(field, value):
    """`value` in the one form in which values of `field` can be compared."""
    if isinstance(field, forms.ModelChoiceField):
        value = getattr(value, "pk", value)
        return "" if value is None else str(value)
    if isinstance(field, TagsField):
        return value or []
    if isinstance(value, datetime.datetime):
        return value.replace(microsecond=0)
    if isinstance(value, str):
        return " ".join(value.split())
    return value


def _typed(field, value):
    """`value` as the field's widget would give it."""
    if isinstance(field.widget, forms.MultiWidget) and not isinstance(value, list):
        return ["" if part is None else str(part) for part in field.widget.decompress(value)]
    return field.prepare_value(value)


def _words(field, value) -> str:
    """`value` as a person reads it."""
    if isinstance(field, forms.ModelChoiceField):
        row = field.queryset.filter(pk=value).first() if value else None
        return str(row or "")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return "，".join(map(str, filter(None, value))) if isinstance(value, list) else str(value or "")

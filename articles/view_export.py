"""How often articles were read, taken away as CSV."""

import datetime
from collections.abc import Iterator

from django import forms
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from organizations import csv_pieces, rights
from organizations.audit import record
from organizations.models import Organization

from .models import Article, DailyViewCount

HEADER = (
    _("article number"),
    _("title"),
    _("channel"),
    _("organization"),
    _("owner"),
    _("state"),
    _("publication date"),
    _("views"),
    _("views, all days"),
)
OF_ARTICLE = (
    "article",
    "article__title",
    "article__channel__name",
    "article__organization__name",
    "article__owner__name",
    "article__state",
    "article__published_at",
    "article__view_count__count",
)


class ViewsForm(forms.Form):
    """Of which days the file is, and whether these have lines of their own."""

    first = forms.DateField(label=pgettext_lazy("first day", "from"))
    last = forms.DateField(label=pgettext_lazy("last day", "to"))
    line = forms.ChoiceField(
        label=_("a line for each"), choices=[("article", _("article")), ("day", _("article and day"))]
    )

    def __init__(self, data=None):
        today = timezone.localdate()
        super().__init__(data, initial={"first": today - datetime.timedelta(days=29), "last": today})
        for name in ("first", "last"):
            self.fields[name].widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": today})

    def clean(self):
        found = super().clean()
        if "first" in found and "last" in found and found["first"] > found["last"]:
            self.add_error("last", _("The last day lies before the first."))
        return found


def within(user):
    """The days' counts of the articles that `user` may see at the desk."""
    return DailyViewCount.objects.filter(rights.reach(user, "view", "article__owner", limited="article__channel"))


def export(by, first: datetime.date, last: datetime.date, line: str = "article") -> Iterator[bytes]:
    """Record that `by` takes the views of these days away, then return the file in pieces, the most read first.

    It holds what they may see (within); `line` is "article" or "day", what has one. Raises
    PermissionDenied.
    """
    rights.require(by, "view")
    own = (
        None if by.is_superuser else Organization.objects.filter(rights.reach(by, "view", "")).order_by("path").first()
    )
    note = gettext("Views: %(first)s to %(last)s") % {"first": first, "last": last}
    record("export", by=by, organization=own, note=note)
    rows = within(by).filter(day__range=(first, last)).order_by()
    if line == "day":
        rows = rows.values_list("day", *OF_ARTICLE, "count").order_by("day", "-count", "article")
        header = (_("day"), *HEADER)
    else:
        rows = rows.values_list(*OF_ARTICLE).annotate(n=Sum("count")).order_by("-n", "article")
        header = HEADER
    return csv_pieces.pieces(header, rows.iterator(), _row)


def _row(found: tuple) -> tuple:
    *day, number, title, channel, organization, owner, state, published_at, total, count = found
    published = f"{timezone.localtime(published_at):%Y-%m-%d}" if published_at else ""
    return (*day, number, title, channel, organization, owner, Article.State(state).label, published, count, total)

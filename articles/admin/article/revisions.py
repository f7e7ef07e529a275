"""Revisions: the list, reading one, comparing two, taking one up again, naming one."""

import re

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import revisions
from articles.comparison import Comparison, compare
from articles.html import clean
from articles.models import Article, Revision
from articles.rendering import render_body
from articles.text import TEXT_FIELDS
from articles.views.paging import paged
from organizations import rights

from .pages import Pages

PAGE_SIZE = 50
SIDES = "sides"  # ?view=sides: two columns
_NUMBER = re.compile(r"[0-9]{1,9}")


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("name of this revision"),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("For finding it again, such as “for the meeting”. Empty takes the name away."),
    )


class RevisionPages(Pages):
    def get_urls(self):
        return [
            self.page("<int:pk>/revisions/", self.revisions_view, "revisions"),
            self.page("<int:pk>/revisions/<int:number>/", self.revision_view, "revision"),
            self.page("<int:pk>/revisions/<int:number>/restore/", self.restore_revision_view, "restore_revision"),
            self.page("<int:pk>/revisions/<int:number>/name/", self.name_revision_view, "name_revision"),
            self.page("<int:pk>/compare/", self.compare_view, "compare"),
            *super().get_urls(),
        ]

    def revisions_view(self, request, pk):
        """All revisions, the newest first, without their texts."""
        article = self.article(request, pk, "view")
        before = Revision.objects.filter(article=OuterRef("article"), number__lt=OuterRef("number"))
        rows = article.revisions.defer("body").annotate(
            number_before=Subquery(before.order_by("-number").values("number")[:1])
        )
        page = paged(request, rows.order_by("-number"), PAGE_SIZE)
        old, new = _usual(article)
        return self._revision_page(
            request,
            article,
            "list",
            title=_("Revisions"),
            page=page,
            pages=page.paginator.get_elided_page_range(page.number),
            several=page.paginator.num_pages > 1,
            chosen={"old": old, "new": new},
            live=_number_of(article, article.live_revision_id),
        )

    def revision_view(self, request, pk, number):
        """One revision as it would stand on its page, with its particulars and what reviewers said."""
        article = self.article(request, pk, "view")
        revision = _revision(article, number)
        reviews = list(revision.reviews.all())
        return self._revision_page(
            request,
            article,
            "read",
            title=_("Revision %d") % number,
            revision=revision,
            rendered=render_body(clean(revision.body)),
            particulars=[(label, value) for _name, label, value in _particulars(revision) if value],
            reviews=reviews,
            preview=f"{reverse('article-preview', args=[article.pk])}?revision={number}",
            live=_number_of(article, article.live_revision_id),
        )

    def restore_revision_view(self, request, pk, number):
        article = self._text_writable(request, pk)
        if not article.revisions.filter(number=number).exists():
            raise Http404
        if request.method == "POST":
            done = _("The text of revision %d is the latest one again. Look at it and publish it.") % number
            if article.state == Article.State.DRAFT:
                done = _("The text of revision %d is the latest one again.") % number
            self.run(request, lambda: revisions.restore_revision(article, request.user, number), done)
            return HttpResponseRedirect(reverse("admin:articles_article_revisions", args=[article.pk]))
        return self.confirm(
            request,
            article,
            title=_("Take up revision %d again") % number,
            text=_(
                "Its text becomes a new revision. All revisions stay; readers see nothing of it before you publish."
            ),
            button=_("Take it up again"),
        )

    def name_revision_view(self, request, pk, number):
        article = self.article(request, pk, "write")
        revision = article.revisions.defer("body").filter(number=number).first()
        if revision is None:
            raise Http404
        form = NameForm(request.POST or None, initial={"name": revision.name})
        if request.method == "POST" and form.is_valid():
            name = form.cleaned_data["name"]
            self.run(request, lambda: revisions.name_revision(revision, request.user, name), _("Named."))
            return HttpResponseRedirect(reverse("admin:articles_article_revisions", args=[article.pk]))
        return self.confirm(
            request,
            article,
            title=_("Name revision %d") % number,
            text=_("Your colleagues see the name in the list of revisions; readers do not."),
            button=_("Save the name"),
            form=form,
        )

    def compare_view(self, request, pk):
        """Two revisions word by word: those of ?from= and ?to=, else the live one and the latest."""
        article = self.article(request, pk, "view")
        usual = _usual(article)
        old = _revision(article, _asked(request, "from", usual[0]))
        new = old if old.number == (number := _asked(request, "to", usual[1])) else _revision(article, number)
        compared = Compared(old, new)
        return self._revision_page(
            request,
            article,
            "compare",
            title=_("Revisions %(old)d and %(new)d") % {"old": old.number, "new": new.number},
            compared=compared,
            sides=request.GET.get("view") == SIDES,
            here=f"?from={old.number}&to={new.number}",
            live=_number_of(article, article.live_revision_id),
            last=article.revisions.order_by("-number").values_list("number", flat=True).first(),
        )

    def _text_writable(self, request, pk) -> Article:
        """The article, for whoever may save its text; in the trash the verb refuses with a sentence."""
        article = self.article(request, pk, "write")
        if article.state != Article.State.DRAFT:
            rights.require(request.user, "edit", article)
        return article

    def _revision_page(self, request, article, template: str, **context):
        writable = self.has_change_permission(request, article)
        return TemplateResponse(
            request,
            f"admin/articles/revision/{template}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "article": article,
                "may_restore_text": writable,
                "may_name": rights.may(request.user, "write", article),
                **context,
            },
        )


class Compared:
    """Two revisions and their comparison, its one-line fields with their labels."""

    def __init__(self, old: Revision, new: Revision) -> None:
        self.old, self.new = old, new

    @cached_property
    def comparison(self) -> Comparison:
        return compare(*({**_shown(one), "body": clean(one.body)} for one in (self.old, self.new)))

    @cached_property
    def lines(self) -> list[tuple]:
        """The lines that differ, each as (label, line)."""
        labels = {name: label for name, label, _value in _particulars(self.new)}
        return [(labels[line.name], line) for line in self.comparison.lines if line.changed]


def _particulars(revision: Revision) -> list[tuple]:
    """Every text field but the body, as (name, label, value in words)."""
    out = []
    for name in TEXT_FIELDS:
        if name != "body":
            value = getattr(revision, name)
            if name == "complete":
                value = _("yes") if value else _("no")
            elif name == "written_on":
                value = value and value.isoformat()
            out.append((name, Revision._meta.get_field(name).verbose_name, value or ""))
    return out


def _shown(revision: Revision) -> dict:
    return {name: value for name, _label, value in _particulars(revision)}


def _revision(article: Article, number: int) -> Revision:
    rows = article.revisions.select_related("channel", "lead_image")
    revision = rows.filter(number=number).first()
    if revision is None:
        raise Http404
    return revision


def _asked(request, name: str, usual: int) -> int:
    written = request.GET.get(name, "").strip()
    if written and not _NUMBER.fullmatch(written):
        raise Http404
    return int(written) if written else usual


def _number_of(article: Article, pk: int | None) -> int | None:
    return article.revisions.values_list("number", flat=True).get(pk=pk) if pk else None


def _usual(article: Article) -> tuple[int, int]:
    """The numbers of the live revision and the latest; where there are no two such, of the last two."""
    numbers = article.revisions.order_by("-number").values_list("number", flat=True)
    condition = Q(pk=article.live_revision_id) if article.has_unpublished_changes else Q()
    new = numbers[0]
    return numbers.filter(condition, number__lt=new).first() or new, new

"""Preview at several widths, and links for people without an account."""

from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from articles import links
from articles.models import Article, PreviewLink
from articles.preview_forms import LinkForm
from articles.views.preview import named
from organizations import rights
from organizations.forms import sentence
from organizations.qr_codes import qr_code

from .pages import Pages

REVISIONS = 50  # how many are offered by number; any other is reached from the list of revisions
LINKS = 100  # how many are listed, the newest first


class Frame(NamedTuple):
    """A way of looking at the page: the width in pixels, and the reader's mode `view`."""

    name: str
    width: int
    view: str
    label: str


FRAMES = (
    Frame("computer", 1280, "", gettext_lazy("Computer")),
    Frame("phone", 390, "", gettext_lazy("Phone")),
    Frame("computer-elder", 1280, "elder", gettext_lazy("Computer, large type")),
    Frame("phone-elder", 390, "elder", gettext_lazy("Phone, large type")),
)


class PreviewPages(Pages):
    def get_urls(self):
        return [
            self.page("<int:pk>/preview/", self.preview_view, "preview"),
            self.page("<int:pk>/links/", self.links_view, "links"),
            self.page("<int:pk>/links/<int:number>/revoke/", self.revoke_link_view, "links_revoke"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_show"] = obj is not None and rights.may(request.user, "show", obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _page_of(self, request, article, template: str, **context):
        response = TemplateResponse(
            request,
            f"admin/articles/article/{template}",
            {**self.admin_site.each_context(request), "opts": self.opts, "original": article, **context},
        )
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    # Preview

    def preview_view(self, request, pk):
        """The article's own page in a frame of a phone's or a computer's width, of the revision chosen."""
        article = self.object_or_404(request, pk)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        asked = request.GET.get("revision") or "latest"
        revision = named(article, asked)
        frame = next((frame for frame in FRAMES if frame.name == request.GET.get("frame")), FRAMES[0])
        numbers = article.revisions.values_list("number", "name", "made_by_name", "made_at")
        return self._page_of(
            request,
            article,
            "preview.html",
            title=_("Preview of “%s”") % revision.title,
            asked=asked,
            revision=revision,
            revisions=numbers[:REVISIONS],
            live=article.live_revision_id
            and article.revisions.values_list("number", flat=True).get(pk=article.live_revision_id),
            frame=frame,
            frames=FRAMES,
            compare=self._compare(article, revision),
            review=_address("review", article) if article.review_stage else "",
            may_show=rights.may(request.user, "show", article),
        )

    def _compare(self, article, revision) -> str:
        """Where the revision is compared with the live text, or the live or only text with the latest."""
        numbers = dict(
            article.revisions.filter(pk__in={article.live_revision_id, article.latest_revision_id}).values_list(
                "pk", "number"
            )
        )
        first = numbers.get(article.live_revision_id, revision.number)
        last = revision.number if revision.number != first else numbers[article.latest_revision_id]
        address = _address("compare", article)
        return f"{address}?from={first}&to={last}" if address and first != last else ""

    # Links

    def links_view(self, request, pk):
        """The article's preview links, and the form that makes one."""
        article = self.article(request, pk, "show")
        may_decide = rights.may(request.user, "delegate", article)
        form = LinkForm(request.POST or None, latest=article.latest_revision.number, may_decide=may_decide)
        if request.method == "POST" and form.is_valid():
            link = self._make_link(request, article, form)
            if link is not None:
                return HttpResponseRedirect(f"{_address('links', article)}?link={link.pk}")
        rows = article.preview_links.select_related("revision", "made_by")[:LINKS]
        rows = list(rows.prefetch_related("reviews"))
        rights.read([link.made_by for link in rows if link.made_by])
        for link in rows:
            link.article = article
            link.told = links.may_have_address(request.user, link)
            link.state = _state(link)
        chosen = next((link for link in rows if str(link.pk) == request.GET.get("link") and link.told), None)
        return self._page_of(
            request,
            article,
            "links.html",
            title=_("Preview links of “%s”") % article,
            form=form,
            rows=rows,
            chosen=chosen,
            address=chosen and request.build_absolute_uri(links.address(chosen)),
            code=chosen and qr_code(request.build_absolute_uri(links.address(chosen))),
        )

    def _make_link(self, request, article: Article, form: LinkForm) -> PreviewLink | None:
        """The new link; None where the verb refuses, with its reason in the form."""
        data = form.cleaned_data
        try:
            return links.make(
                article,
                request.user,
                recipient=data["recipient"],
                revision=form.revision,
                expires_at=timezone.now() + timedelta(days=data["days"]),
                decides=data.get("decides", False),
            )
        except ValidationError as refusal:
            for name, errors in getattr(refusal, "error_dict", {None: refusal.messages}).items():
                form.add_error(name if name in form.fields else None, errors)
        except PermissionDenied as refusal:
            form.add_error(None, sentence(refusal))
        return None

    def revoke_link_view(self, request, pk, number):
        article = self.article(request, pk, "show")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        link = get_object_or_404(article.preview_links, pk=number)
        done = _("The link is revoked; it opens nothing any more.")
        self.run(request, lambda: links.revoke(link, request.user), done)
        return HttpResponseRedirect(_address("links", article))


def _address(page: str, article: Article) -> str:
    """The address of one of the article's pages at the desk, empty where there is no such page."""
    try:
        return reverse(f"admin:articles_article_{page}", args=[article.pk])
    except NoReverseMatch:
        return ""


def _state(link: PreviewLink) -> tuple[str, str]:
    """What has become of the link: its look and the word for it."""
    if link.revoked_at:
        return "cool", pgettext("of a preview link", "revoked")
    if link.expires_at <= timezone.now():
        return "cool", pgettext("of a preview link", "expired")
    if not links.opens(link):
        return "warn", _("opens no more: its maker or the article moved on")
    return "ok", pgettext("of a preview link", "valid")

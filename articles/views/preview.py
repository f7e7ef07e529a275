"""Previews: an article by its own page before readers see it, for the desk and by a link made for somebody."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_safe

from organizations import rights

from .. import links
from ..going_live import tell_readers
from ..models import Article, Revision
from ..neighbours import with_place
from ..next_revision import COPIED
from ..preview_forms import PASS_WORDS, DecisionForm
from ..reviewing import AWAITING
from ..text import first_sentences
from .article import page_context

FRAMED = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


def private(view):
    """Keep the page out of every cache and index, and its address out of other sites' logs."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(answer)


@require_safe
@private
def preview(request, pk: int):
    """A revision as its page will be, for those who may see the article.

    `?revision=` names it (a number, "live", else the latest); `?bare=1` leaves the banner out and lets the desk's own
    pages frame it.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = find(pk)
    rights.require(request.user, "view", found)
    page = _framed if request.GET.get("bare") == "1" else _page
    return page(request, found, named(found, request.GET.get("revision", "")))


def _page(request, found: Article, revision: Revision, **more):
    as_live(found, revision)
    return render(request, "articles/preview.html", {**page_context(request, found, revision), **more})


@csp_override(FRAMED)
@xframe_options_sameorigin
def _framed(request, found: Article, revision: Revision):
    return _page(request, found, revision, bare=True)


def find(pk: int) -> Article:
    rows = Article.objects.select_related("owner", "organization__level", "level", "view_count")
    return get_object_or_404(with_place(rows), pk=pk)


def named(found: Article, name: str) -> Revision:
    """The revision of that number, the live one for "live", else the latest; Http404 where there is none."""
    if name == "live":
        wanted = {"pk": found.live_revision_id}
    elif name.isascii() and name.isdigit() and len(name) <= 9:
        wanted = {"number": int(name)}
    elif name in ("", "latest"):
        wanted = {"pk": found.latest_revision_id}
    else:
        raise Http404
    return get_object_or_404(found.revisions.select_related("lead_image", "channel"), **wanted)


def as_live(found: Article, revision: Revision) -> None:
    """Give the loaded article what publishing `revision` now would; this row is never saved."""
    for name in COPIED:
        setattr(found, name, getattr(revision, name))
    found.summary = revision.summary or first_sentences(revision.body)
    if found.has_been_public:
        tell_readers(found, revision, timezone.now())
    elif found.published_at is None and not found.imported:
        start = found.publish_at or timezone.now()
        found.published_at = found.sort_at = start
        found.published_precision = Article.Precision.SECOND


@require_http_methods(["GET", "HEAD", "POST"])
@private
def by_link(request, token: str):
    """The page of a preview link, for somebody without an account; 410 once the link no longer opens.

    A link that decides has its form at the end of the text. Each time the text is shown is logged.
    """
    link = links.find(token)
    if link is None:
        raise Http404
    if not links.opens(link):
        return render(request, "articles/preview_closed.html", status=410)
    if request.method != "POST":
        return _link_page(request, link)
    if not link.decides:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = DecisionForm(request.POST)
    if form.is_valid():
        data, by = form.cleaned_data, _signed_in(request)
        passed = data["decision"] == "pass"
        try:
            links.decide(link, by, ticket=data["ticket"], passed=passed, opinion=data["opinion"])
        except ValidationError as refusal:
            form.add_error("opinion" if hasattr(refusal, "error_dict") else None, refusal.messages)
        else:
            return HttpResponseRedirect(links.address(link))
    return _link_page(request, link, form, status=400)


def _signed_in(request):
    return request.user if request.user.is_authenticated else None


def _link_page(request, link, form: DecisionForm | None = None, status: int = 200):
    found = find(link.article_id)
    latest = named(found, "latest")
    revision = named(found, str(link.revision.number)) if link.revision else latest
    review = link.reviews.select_related("revision").first()
    newer = latest.number if latest.pk != revision.pk else None
    asks = link.decides and review is None and not newer and found.review_stage in AWAITING
    if request.method != "HEAD":
        links.note_opening(link, revision, _signed_in(request))
    as_live(found, revision)
    context = {
        **page_context(request, found, revision),
        "link": link,
        "newer": newer,
        "review": review,
        "asks": asks,
        "form": form or DecisionForm(),
        "ticket": links.ticket(link, revision),
        "pass_word": PASS_WORDS.get(revision.stage, ""),
        "is_public": found.is_public_now and found.live_revision_id == revision.pk,
    }
    return render(request, "articles/preview_link.html", context, status=status)

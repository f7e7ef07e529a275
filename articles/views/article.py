"""An article's page."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from organizations.models import SiteSettings
from organizations.prepared import prepared
from organizations.shown import kept_page, shows

from .. import extensions, leaving
from ..body_files import file_paths
from ..menu import channels
from ..models import Article, Revision
from ..neighbours import beside, tags_of, with_place
from ..rendering import render_body
from ..renditions import widest
from ..view_counts import said

SECONDS = 600
"""So old the number of readings may be that a page brings; the script asks for today's."""
SHORTEST_CONTENTS = 2
"""A list of contents is shown from so many headings on."""


@require_safe
@kept_page(seconds=SECONDS)
def article(request, pk: int):
    """The live text of a public article; what it answers once withdrawn is decided by the kind of withdrawal."""
    return article_page(request, find(request, pk))


def article_page(request, found: Article, **more):
    """The page of `found` (from find), which also stands for a single-page channel (`more` has its `channel`).

    Public, or withdrawn and kept: the text. Merged: permanently on to the article that holds its text, from a channel,
    which may get another page, for now. Else 410 with the reason and the day.
    """
    shows(f"article:{found.pk}")
    if found.is_public_now or found.is_kept:
        context = page_context(request, found, found.live_revision)
        response = render(request, "articles/article.html", {**context, **more, "counted": found.is_public_now})
        response.headers["Last-Modified"] = http_date(found.changed_at.timestamp())
        return response
    if found.is_merged and (target := leads_to(found)):
        response = redirect(target, permanent="channel" not in more)
        response.headers["Cache-Control"] = "max-age=3600"  # it may be published again
        return response
    if answers(found):
        return render(request, "articles/withdrawn.html", {"article": found, "channel": found.channel}, status=410)
    raise Http404


def answers(found: Article) -> bool:
    """Whether its address has something to say to readers: the text, where it is now, or that it was withdrawn."""
    return found.is_public_now or (found.state != Article.State.DRAFT and found.has_been_public)


def leads_to(found: Article) -> Article | None:
    """The readable article at the end of the chain of mergers that begins at `found`; None where there is none."""
    seen = {found.pk}
    while found.is_merged and found.merged_into_id not in seen:
        found = found.merged_into
        seen.add(found.pk)
        shows(f"article:{found.pk}")
    return found if found.is_public_now or found.is_kept else None


def find(request, pk: int) -> Article:
    """The article of a number with what its page shows of its own. Raises Http404 where there is none."""
    for found in _found(pk=pk, now=timezone.now()):
        if known := channels(request).get(found.channel_id):
            found.channel = known
        return found
    raise Http404


@prepared
def _found(*, pk, now):
    rows = Article.objects.select_related(
        "live_revision__lead_image", "organization", "view_count", *extensions.read_along()
    )
    return with_place(rows, now).filter(pk=pk).order_by()


def page_context(request, found: Article, revision: Revision) -> dict:
    """What articles/article.html shows of `found` (from with_place) with the text of `revision`."""
    site = SiteSettings.load()
    near = beside(found, revision.title, revision.tags, file_paths(revision.body))
    shows(*tags_of(found, revision.title, revision.tags, near))
    outside = way_out(request, site)
    address = request.build_absolute_uri(found.get_absolute_url())
    marks = extensions.marks(found, revision)
    rendered = render_body(revision.body, marks, permalinks=True, files=near.files, outside=outside)
    return {
        "site": site,  # read once, for the template too
        "article": found,
        "revision": revision,
        "channel": found.channel,
        "body": rendered.html,
        "contents": rendered.contents if len(rendered.contents) >= SHORTEST_CONTENTS else [],
        "attachments": rendered.attachments,
        "original": outside(revision.original_url),
        "beside": near,
        "asides": extensions.asides(found),
        "views": _count(found),
        "views_said": said(_count(found)),
        "published_text": _pub_date(found),
        "content_source": revision.source or (found.organization.name if found.organization else ""),
        "keywords": ",".join(revision.tags),
        "changes": [(datetime.fromisoformat(change["at"]), change["note"]) for change in reversed(found.changes)],
        "address": address,
        "image": request.build_absolute_uri(widest(revision.lead_image)) if revision.lead_image else "",
    }


def way_out(request, site: SiteSettings) -> Callable[[str], str]:
    """Where a link of a text leads: elsewhere by way of the notice on leaving the site, where that is on (R13)."""
    own = {urlsplit(f"//{host}").hostname for host in (request.get_host(), site.domain)}

    def outside(address: str) -> str:
        if not site.leaving_notice:
            return address
        whole = f"{request.scheme}:{address}" if address.startswith("//") else address
        try:
            host = urlsplit(whole).hostname
        except ValueError:  # no address at all
            return address
        return leaving.address(whole) if host and host not in own else address

    return outside


def _pub_date(found: Article) -> str:
    """PubDate of the page tag standard: to the minute, or the day where no time is known."""
    if found.published_at is None:
        return ""
    exact = found.published_precision == Article.Precision.SECOND
    return timezone.localtime(found.published_at).strftime("%Y-%m-%d %H:%M" if exact else "%Y-%m-%d")


def _count(found: Article) -> int:
    return found.view_count.count if hasattr(found, "view_count") else 0

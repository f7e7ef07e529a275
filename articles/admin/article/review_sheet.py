"""The printable sheet of a text's review (信息发布审核表)."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import review_record, reviewing
from articles.html import parse
from articles.models import Article, Revision
from articles.text import first_sentences
from organizations.models import SiteSettings

from .pages import Pages

EMPTY_STAGES = (reviewing.Stage.FINAL,)  # what is printed for a signature where the channel asks for no stage


class SheetPages(Pages):
    def get_urls(self):
        return [self.page("<int:pk>/review-sheet/", self.review_sheet_view, "review_sheet"), *super().get_urls()]

    def review_sheet_view(self, request, pk):
        """The sheet of the latest text, or of the live one with `?of=live`, for whoever may view the article."""
        article = self.object_or_404(request, pk)
        of_live = request.GET.get("of") == "live" and article.live_revision_id is not None
        number = article.live_revision_id if of_live else article.latest_revision_id
        revision = Revision.objects.select_related("channel").get(pk=number)
        context = {
            **sheet(article, revision),
            "title": _("Review sheet: %s") % revision.title,
            "of_live": of_live,
            "has_both": article.live_revision_id not in (None, article.latest_revision_id),
            "settings": SiteSettings.load(),
        }
        return TemplateResponse(request, "admin/articles/article/review_sheet.html", context)


def sheet(article: Article, revision: Revision) -> dict:
    """All that the sheet of `revision` says: the text's particulars, the rounds of its review, its publication."""
    published = review_record.publications(article)
    after = max((number for number in published if number < revision.number), default=0)
    reviews = review_record.decisions(article, after=after, upto=revision.number)
    passed = {one.stage: one for one in reviews if one.revision_id == revision.pk and one.decision == "pass"}
    asked = reviewing.STAGES[revision.channel.review_stages] or EMPTY_STAGES
    entry = published.get(revision.number)
    body = parse(revision.body) if revision.body.strip() else None
    return {
        "article": article,
        "revision": revision,
        "summary": revision.summary or first_sentences(revision.body),
        "pictures": bool(revision.lead_image_id) + (len(body.findall(".//img")) if body is not None else 0),
        "attachments": _attachments(body),
        "reviews": reviews,
        "signatures": [(reviewing.Stage(stage).label, passed.get(stage)) for stage in asked],
        "published_by": entry.actor_name if entry else "",
        "published_at": _public_since(article, revision, entry),
    }


def _attachments(body) -> int:
    """Files of the site's own that the text leads to."""
    if body is None:
        return 0
    return len({link.get("href") for link in body.findall(".//a") if (link.get("href") or "").startswith("/media/")})


def _public_since(article: Article, revision: Revision, entry):
    """When readers first had this revision, or will have it; None where nobody has published it."""
    if entry is None:
        return None
    if entry.verb == "schedule" and article.live_revision_id == revision.pk and article.publish_at:
        return article.publish_at
    return entry.at

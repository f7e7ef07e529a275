"""Review (三审三校): submitting from the form, and the page where one text is read and decided on."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import impartiality, publishing, review_record, reviewing
from articles.models import Article, Channel, Revision
from articles.preview_forms import PASS_WORDS
from articles.rendering import render_body
from articles.review_forms import ReviewForm
from articles.reviewing import AWAITING, Stage

from .review_list import WaitingPages
from .review_sheet import SheetPages

SHOWN_PEOPLE = 5


class ReviewStageFilter(admin.SimpleListFilter):
    """By where the latest text stands on its way to the public."""

    title = gettext_lazy("review")
    parameter_name = "review_stage"

    def lookups(self, request, model_admin):
        return review_record.STANDING.items()

    def queryset(self, request, queryset):
        if self.value() not in review_record.STANDING:
            return queryset
        return queryset.exclude(review_stage="").filter(review_stage=self.value())  # the first as the index says it


def standing(article: Article, mark):
    """The state `mark` of a list line with where the latest text stands in its review."""
    words = review_record.STANDING.get(article.review_stage)
    if words and article.state == Article.State.DRAFT:
        look = "late" if article.review_stage == Stage.RETURNED else "warn"
        return format_html('<span class="st st-{}">{}</span>', look, words)
    if words:
        return format_html("{} <small>{}</small>", mark, _("newer text: %s") % words)
    if article.state == Article.State.PUBLIC and article.has_unpublished_changes:
        return format_html("{} <small>{}</small>", mark, _("newer text not public"))
    return mark


class ReviewPages(WaitingPages, SheetPages):
    def get_urls(self):
        return [self.page("<int:pk>/review/", self.review_view, "review"), *super().get_urls()]

    # The form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= _buttons(obj, may_publish=context.get("may_publish", False))
        if obj is not None:
            context["review"] = progress(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def submit_saved(self, request, article) -> None:
        """Send the text that was just saved to review, in the transaction of the save."""
        reviewing.submit(article, request.user)
        self.message_user(request, _submitted(article), messages.SUCCESS)

    # The page

    def review_view(self, request, pk):
        article = self.object_or_404(request, pk)
        form = ReviewForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                said = _decide(article, request.user, **data)
            except ValidationError as refusal:
                form.add_error("opinion", refusal.messages)
                article = self.object_or_404(request, pk)
            else:
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:articles_article_review_list"))
        return self._review_page(request, article, form)

    def _review_page(self, request, article, form):
        user = request.user
        revision = Revision.objects.select_related("channel", "lead_image").get(pk=article.latest_revision_id)
        article.latest_revision = revision
        review = progress(user, article)
        awaits = article.review_stage in AWAITING
        last = awaits and all(step.state != "open" for step in review["steps"][:-1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review of “%s”") % revision.title,
            "opts": self.opts,
            "original": article,
            "revision": revision,
            "body": render_body(revision.body).html,
            "review": review,
            "hindrance": review["hindrance"] if review else reviewing.hindrance(user, article),
            "form": form,
            "pass_word": PASS_WORDS.get(article.review_stage, "") if awaits else "",
            "may_publish": last and reviewing.may_in_both(user, "publish", article),
            "compare": compare_address(article, revision),
        }
        return TemplateResponse(request, "admin/articles/article/review_page.html", context)


@transaction.atomic
def _decide(article: Article, user, *, decision: str, **read) -> str:
    """Do what the button says; returns what is said about it."""
    reviewing.decide(article, user, passed=decision != "return", **read)
    if decision == "publish":
        publishing.publish(article, user, keep_start=True)
    title = article.latest_revision.title
    if decision == "return":
        return _("Returned: “%s”. Its author reads your opinion.") % title
    if decision == "publish" and not article.is_public_now:
        time = f"{timezone.localtime(article.publish_at):%Y-%m-%d %H:%M}"
        return _("Passed: “%(title)s”. It will be public from %(time)s.") % {"title": title, "time": time}
    if decision == "publish":
        return _("Passed and published: “%s”.") % title
    standing = review_record.STANDING[article.review_stage]
    return _("Passed: “%(title)s”. It is now: %(standing)s.") % {"title": title, "standing": standing}


def _buttons(article, *, may_publish: bool) -> dict:
    """Which of the form's buttons are there: to submit, where it can come to a review; to publish, where that may be.

    Of a new article the channel is not known yet; publish() refuses where it turns out to ask for a review.
    """
    if article is None:
        asked = set(Channel.objects.order_by().values_list("review_stages", flat=True))
        may_publish = may_publish and (not asked or 0 in asked)
        return {"may_publish": may_publish, "may_submit": bool(asked - {0}) or not may_publish}
    revision = article.latest_revision
    asks = bool(reviewing.stages_asked(revision))
    if asks:
        shown = article.state == Article.State.PUBLIC and article.live_revision_id == revision.pk
        may_publish = may_publish and not shown and not reviewing.outstanding(revision)
    may_submit = asks or not may_publish
    return {"may_publish": may_publish, "may_submit": may_submit, "leaves_review": article.review_stage in _ON_IT}


_ON_IT = (*AWAITING, Stage.APPROVED)


def progress(user, article: Article) -> dict | None:
    """What the notice says of the latest text's way; None where there is no review and none is asked for."""
    revision = article.latest_revision
    settled = revision.pk in (article.live_revision_id, article.correction_id)
    asks = len(reviewing.stages_asked(revision))
    if article.state == Article.State.TRASHED or (not article.review_stage and (settled or not asks)):
        return None
    reviews = review_record.decisions(article, after=impartiality.begins_after(article), upto=revision.number)
    returns = [one for one in reviews if one.decision == "return"]
    known = impartiality.parts(article)
    people = review_record.next_people(article, known)
    hindrance = reviewing.hindrance(user, article, known)
    return {
        "stage": article.review_stage,
        "standing": review_record.STANDING.get(article.review_stage, ""),
        "asks": asks,
        "steps": review_record.steps(article, reviews),
        "reviews": reviews,
        "returned": returns[-1] if returns and article.review_stage in ("", Stage.RETURNED) else None,
        "people": people[:SHOWN_PEOPLE],
        "more_people": max(len(people) - SHOWN_PEOPLE, 0),
        "hindrance": hindrance,
        "may_decide": article.review_stage in AWAITING and not hindrance,
    }


def _submitted(article: Article) -> str:
    if article.review_stage == Stage.APPROVED:
        return _("Submitted. This channel asks for no review; somebody who may publish takes it from here.")
    names = "、".join(str(person) for person in review_record.next_people(article)[:SHOWN_PEOPLE])
    standing = review_record.STANDING[article.review_stage]
    if not names:
        return (
            _("Submitted, now %s. Nobody has the role for this stage: ask the manager of the organization.") % standing
        )
    return _("Submitted, now %(standing)s. Next may act: %(names)s.") % {"standing": standing, "names": names}


def compare_address(article: Article, revision: Revision) -> str:
    """The page that compares the live text with `revision`; empty where there is nothing to compare."""
    if article.live_revision_id is None or article.live_revision_id == revision.pk:
        return ""
    try:
        address = reverse("admin:articles_article_compare", args=[article.pk])
    except NoReverseMatch:
        return ""
    return f"{address}?from={article.live_revision.number}&to={revision.number}"

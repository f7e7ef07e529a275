"""The verbs of review (三审三校): submit, pass, return.

A channel asks for up to three stages. Each is one person's decision on one revision; nobody decides twice on a
revision, nor on a text they wrote, submitted or had a link made for (domain rule R5). A new revision starts anew.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import Outsider, record

from . import roles  # noqa: F401  it registers the verbs asked for below
from .html import plain_text
from .impartiality import (
    Parts,
    acted,
    actors,
    authors,
    had_a_part,
    leads_to,
    parts,
    undecided_links,
    written_by,
)
from .locking import lock
from .models import Article, PreviewLink, Review, Revision
from .next_revision import add_same_text

Stage = Revision.Stage
STAGES = {
    0: (),
    1: (Stage.FINAL,),
    2: (Stage.FIRST, Stage.FINAL),
    3: (Stage.FIRST, Stage.SECOND, Stage.FINAL),
}
"""The stages a channel asks for, by how many."""
RIGHTS = {Stage.FIRST: "review", Stage.SECOND: "review", Stage.FINAL: "sign", Stage.APPROVED: "publish"}
"""The verb that whoever acts on a revision at that stage must have."""
AWAITING = (Stage.FIRST, Stage.SECOND, Stage.FINAL)
ON_THE_WAY = (*AWAITING, Stage.APPROVED, Stage.RETURNED)

review_moved = Signal()
"""Sent in the transaction of each step, with `article`, `revision`, `step` ("submit", "pass" or "return"), `by` (a user
or an Outsider) and `opinion`; revision.stage is the new one."""


def stages_asked(revision: Revision) -> tuple[str, ...]:
    """The stages before `revision` becomes public: its channel's, or those of the text that readers have had, if more.

    Otherwise a reviewed page could be changed unseen by moving it to a channel without a review.
    """
    article = revision.article
    stages = revision.channel.review_stages
    if article.live_revision_id not in (None, revision.pk) and article.has_been_public:
        stages = max(stages, article.live_revision.channel.review_stages)
    return STAGES[stages]


def outstanding(revision: Revision) -> list[str]:
    """Of the stages asked for before `revision` is public, those that nobody has passed yet, the next one first."""
    left = list(stages_asked(revision))
    if not left or revision.pk is None:
        return left
    for stage in revision.reviews.filter(decision=Review.Decision.PASS).order_by("pk").values_list("stage", flat=True):
        if left and stage == left[0]:
            left.pop(0)
    return left


def require_passed(revision: Revision) -> None:
    """Refuse a revision that must not become public: returned, or without a stage that is asked for."""
    if revision.stage == Stage.RETURNED:
        raise ValidationError(_("This text was returned. Change it and save before it is published."), code="returned")
    if outstanding(revision):
        raise ValidationError(_("This channel asks for a review before publication."), code="review")


def set_review_stage(article: Article) -> None:
    """Bring `review_stage` of a locked article up to its latest revision; the caller saves it."""
    latest = article.latest_revision
    settled = latest.pk in (article.live_revision_id, article.correction_id) or article.state == Article.State.TRASHED
    article.review_stage = latest.stage if latest.stage in ON_THE_WAY and not settled else ""


def may_in_both(user, verb: str, article: Article) -> bool:
    """The right in the article's channel and in the one that its latest revision is meant for."""
    meant = Article(owner=article.owner, channel=article.latest_revision.channel)
    return rights.may(user, verb, article) and rights.may(user, verb, meant)


def hindrance(user, article: Article, known: Parts | None = None) -> str:
    """Why `user` may not decide on the latest revision, in one sentence; empty where they may.

    `known` is who had a part in it, where the caller has read that already.
    """
    if article.state == Article.State.TRASHED:
        return _("The article is in the trash. Restore it first.")
    if article.review_stage == Stage.RETURNED:
        return _("This text was returned and waits for its author.")
    if article.review_stage not in RIGHTS:
        return _("This text waits for nobody's review. It is submitted with the button below the form.")
    if not may_in_both(user, RIGHTS[article.latest_revision.stage], article):
        return _("Your role does not take part in this stage of the review.")
    known = known or parts(article)
    if user.pk in known.authors:
        return _("You wrote or submitted this text; somebody else has to decide on it.")
    if user.pk in known.actors:
        return _("You have decided on this revision already; somebody else has to decide now.")
    if known.by_link(user):
        return _("Somebody of your name has decided on this revision by a link; somebody else has to decide now.")
    if user.pk in known.link_makers:
        return _("You made a link by which somebody else is to decide. Revoke it before you decide yourself.")
    return ""


def waiting_for(user):
    """The articles whose latest revision `user` may decide on now: the stage, the right, and no earlier part in it."""
    right = Q(pk__in=[])
    for stage in AWAITING:
        inside = rights.reach(user, RIGHTS[stage], "owner", limited="channel")
        inside &= rights.reach(user, RIGHTS[stage], "owner", limited="latest_revision__channel")
        right |= Q(review_stage=stage) & inside
    decided = acted(user).filter(revision=OuterRef("latest_revision"))
    left = undecided_links().filter(leads_to(OuterRef("latest_revision")), article=OuterRef("pk"), made_by=user)
    free = Q(~written_by(user), ~Exists(decided), ~Exists(left))
    return in_review().filter(right, free, review_stage__in=AWAITING)


def in_review():
    """The articles whose latest text is on its way or came back: a few of many, which an index of their own holds."""
    return Article.objects.exclude(review_stage="")


@transaction.atomic
def submit(article: Article, by) -> Revision:
    """Send the latest revision on its way: to the first stage its channel asks for, else to those who publish.

    Where somebody else submits it once more (its channel asks for more now), that is a revision of its own, with the
    same text and no decision on it yet: neither of the two decides on it. Raises PermissionDenied, or ValidationError
    where it is on its way, public or returned unchanged, or has no text.
    """
    locked = lock(article)
    revision = locked.latest_revision
    if by is not None:
        rights.require(by, "write" if locked.state == Article.State.DRAFT else "edit", locked)
    if locked.state == Article.State.TRASHED:
        raise ValidationError(_("The article is in the trash. Restore it first."), code="state")
    if revision.pk in (locked.live_revision_id, locked.correction_id):
        if locked.state == Article.State.WITHDRAWN:
            raise ValidationError(_("Readers have had this text. Change it and save before you submit."), code="live")
        raise ValidationError(_("There is nothing new to review: this text is public or about to be."), code="live")
    if not plain_text(revision.body).strip():
        raise ValidationError(_("The article has no text yet. Write it before you submit."), code="empty")
    if revision.stage == Stage.RETURNED:
        raise ValidationError(_("This text was returned. Change it and save before you submit again."), code="returned")
    if revision.stage in AWAITING:
        raise ValidationError(_("This text is under review already."), code="submitted")
    stages = outstanding(revision)
    if revision.stage == Stage.APPROVED and not stages:
        raise ValidationError(_("This text has passed the review. It can be published."), code="approved")
    if by is not None and revision.submitted_at is not None and revision.submitted_by_id != by.pk:
        revision = add_same_text(locked, by, _("submitted once more"))
        stages = outstanding(revision)
    revision.stage = stages[0] if stages else Stage.APPROVED
    if revision.submitted_at is None:
        revision.submitted_by = by
        revision.submitted_by_name = str(by)[:60] if by else ""
        revision.submitted_at = timezone.now()
    revision.save(update_fields=["stage", "submitted_by", "submitted_by_name", "submitted_at"])
    _settle(locked, revision, "submit", by, "")
    article.refresh_from_db()
    return revision


@transaction.atomic
def decide(
    article: Article,
    by,
    *,
    passed: bool,
    revision: int,
    stage: str | None = None,
    opinion: str = "",
    link: PreviewLink | None = None,
) -> Review:
    """Pass or return (`passed` False, `opinion` required) the revision of that number; returns the Review.

    `revision` is what the reviewer has read, `stage` where it stood then: where another one has been saved since, or
    somebody else has decided, it is refused (code "stale"). With `link` the decision is its recipient's, and `by`
    whoever is signed in there, if anybody. Raises PermissionDenied or ValidationError.
    """
    locked = lock(article)
    latest = locked.latest_revision
    opinion = opinion.strip()
    verb = RIGHTS.get(latest.stage, "sign")
    if link is None and (by is None or not may_in_both(by, verb, locked)):
        raise PermissionDenied(verb)
    if latest.number != revision:
        raise ValidationError(_("A newer text was saved meanwhile. Read that one before you decide."), code="stale")
    if stage is not None and latest.stage != stage:
        raise ValidationError(
            _("Somebody else has decided on this text meanwhile. See where it stands now before you decide."),
            code="stale",
        )
    _require_impartial(locked, by, link)
    if passed and latest.stage not in AWAITING:
        raise ValidationError(_("This text has passed every stage already."), code="state")
    if not passed and not opinion:
        raise ValidationError({"opinion": _("Say what is to be changed; the author will read it.")}, code="opinion")
    actor = Outsider(link.recipient) if link else by
    review = Review.objects.create(
        revision=latest,
        stage=latest.stage,
        person=None if link else by,
        person_name=str(actor)[:60],
        link=link,
        decision=Review.Decision.PASS if passed else Review.Decision.RETURN,
        opinion=opinion,
    )
    stages = outstanding(latest)
    latest.stage = Stage.RETURNED if not passed else stages[0] if stages else Stage.APPROVED
    latest.save(update_fields=["stage"])
    after = {"link": link.pk, "made_by": link.made_by_name} if link else None
    _settle(locked, latest, "pass" if passed else "return", actor, opinion, after)
    article.refresh_from_db()
    return review


def _require_impartial(article: Article, by, link: PreviewLink | None) -> None:
    """Refuse whoever may not decide on the latest revision: the person, or the person who answers for the link."""
    revision = article.latest_revision
    if link is None:
        if reason := hindrance(by, article):
            raise ValidationError(reason, code="hindrance")
        return
    if article.state == Article.State.TRASHED or article.review_stage not in AWAITING:
        raise ValidationError(_("This text does not wait for a decision any more."), code="state")
    if not link.decides or not link.is_open or link.article_id != article.pk or link.reviews.exists():
        raise ValidationError(_("This link does not decide on this text (any more). Ask for a new one."), code="link")
    if link.made_by is None or not may_in_both(link.made_by, "delegate", article):
        raise ValidationError(
            _("Whoever made this link may no longer have others decide. Ask for a new one."), code="link"
        )
    apart = authors(article) | actors(revision)
    if had_a_part(link.recipient, article) or link.made_by_id in apart or (by is not None and by.pk in apart):
        raise ValidationError(_("Somebody who had no part in this text so far has to decide on it."), code="hindrance")


def _settle(article: Article, revision: Revision, step: str, by, opinion: str, after: dict | None = None) -> None:
    set_review_stage(article)
    article.save()
    record(step, article, by=by, organization=article.owner, revision=revision.number, note=opinion, after=after)
    review_moved.send(Article, article=article, revision=revision, step=step, by=by, opinion=opinion)

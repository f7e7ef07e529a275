"""What waits for a person on the first page of the desk."""

from django.db.models import F, Q
from django.db.models.fields.json import KT

from articles import corrections, impartiality
from articles.admin.article.review_list import waiting
from articles.models import Article, EditingSession, Revision
from articles.reviewing import Stage, in_review
from importer.batches import accepting
from organizations import rights
from plans.models import WorkPlan

SHOWN = 8
COUNTED = 99
LOOKED_AT = 1000


def to_do(user) -> dict:
    """What `user` has to do, each list as {"rows": the first SHOWN, "count": how many, at most "99+"}.

    `review`: texts they may decide on, the longest waiting first. `returned`: texts they wrote or submitted.
    `missed`: corrections that are late or failed. `approved`: what they may publish. `drafts`: what they
    wrote and have not submitted. `unsaved`: what they typed and did not save. `plans`: plans not yet in force.
    `imports`: imported files that wait for their decision, the most doubtful first.
    """
    lists = {
        "review": waiting(user),
        "returned": _texts(in_review().filter(impartiality.written_by(user), review_stage=Stage.RETURNED), user),
        "missed": _texts(corrections.late_or_failed(user), user),
        "approved": _texts(_to_publish(user), user),
        "drafts": _texts(Article.objects.filter(_unsubmitted(user)), user, newest=True),
        "unsaved": _unsaved(user),
        "plans": _plans(user),
        "imports": accepting.waiting(user).values("pk", "name", found_title=F("output__articles__0__title")),
    }
    return {name: _capped(rows) for name, rows in lists.items()}


def _capped(rows) -> dict:
    found = list(rows[: COUNTED + 1])
    return {"rows": found[:SHOWN], "count": f"{COUNTED}+" if len(found) > COUNTED else len(found)}


def _texts(articles, user, *, newest: bool = False):
    """Rows of the articles' latest texts that `user` may see, without their bodies."""
    rows = articles.within(user, "view").order_by("-changed_at" if newest else "changed_at", "pk")
    return rows.values(
        "pk", "changed_at", shown_title=F("latest_revision__title"), channel_name=F("latest_revision__channel__name")
    )


def _to_publish(user):
    """What has passed and `user` may publish, in the channel it is in and in the one it is meant for."""
    meant = rights.reach(user, "publish", "owner", limited="latest_revision__channel")
    return in_review().within(user, "publish").filter(meant, review_stage=Stage.APPROVED)


def _unsubmitted(user) -> Q:
    """Texts whose latest revision `user` wrote, or that they began, which readers do not have and nobody reviews.

    Of the last LOOKED_AT that they saved and that they began: an importer may have a hundred thousand.
    """
    saved = Revision.objects.filter(made_by=user).order_by("-pk").values("article")[:LOOKED_AT]
    begun = Article.objects.filter(contributor=user).order_by("-pk").values("pk")[:LOOKED_AT]
    mine = Q(pk__in=saved, latest_revision__made_by=user) | Q(pk__in=begun, latest_revision__made_by=None)
    newer = ~Q(latest_revision=F("live_revision")) & (Q(correction=None) | ~Q(latest_revision=F("correction")))
    draft = Q(state=Article.State.DRAFT) | (Q(state=Article.State.PUBLIC) & newer)
    return mine & draft & Q(review_stage="")


def _unsaved(user):
    """What `user` typed, under the title they typed: of new articles, and of those that they may see."""
    seen = Q(article=None) | Q(article__in=Article.objects.within(user, "view"))
    sessions = EditingSession.objects.filter(seen, user=user, text__isnull=False).order_by("-text_at")
    return sessions.values("article", "text_at", shown_title=KT("text__title"))


def _plans(user):
    inside = rights.reach(user, "file_plan", "article__owner", limited="article__channel")
    rows = WorkPlan.objects.filter(inside, state=WorkPlan.State.DRAFT).order_by("-filed_at")
    shown = ("article__title", "organization__name", "starts_on", "ends_on")
    return rows.select_related("organization", "article").only(*shown)

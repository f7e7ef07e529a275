"""What waits on the editors' first page."""

from articles.models import Article
from organizations import rights
from plans.models import WorkPlan

SHOWN = 8


def unfinished(user) -> dict:
    """The newest drafts and plans not yet in force that `user` may work on; {"articles": …, "plans": …}."""
    drafts = Article.objects.within(user, "write").filter(state=Article.State.DRAFT).select_related("channel", "owner")
    plans = WorkPlan.objects.filter(
        rights.reach(user, "file_plan", "article__owner", limited="article__channel"), state=WorkPlan.State.DRAFT
    )
    return {
        "articles": drafts.order_by("-changed_at")[:SHOWN],
        "plans": plans.select_related("organization", "article").order_by("-filed_at")[:SHOWN],
    }

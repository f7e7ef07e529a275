"""Which pages a change of a plan concerns: its article's own, those of plans in a chain with it, the lists of plans.

"plans" is a list of all plans; "plans:<pk>" pages that name plans of this organisation: its own page, and the articles
of its plans and of those of the bodies just below it.
"""

from articles.concerned import register_more
from articles.models import Article
from organizations.concerned import SITE, register_concerned, register_unseen

from .models import Clause, Expectation, Indicator, Reminder, SavedView, Target, WorkPlan

TOLD = frozenset(
    (
        *("file plan", "read plan", "re-anchor", "edit plan", "undo edit"),
        *("put in force", "back to draft", "close plan", "reopen plan"),
    )
)
"""What is done to one plan; whatever else is done, as by a form, concerns the whole SITE."""
PROGRESS = (
    *("report progress", "correct progress", "take back progress", "set upper target", "assign indicator"),
    *("confirm evidence", "refuse evidence", "take back evidence", "pair passages", "unpair passages"),
)
"""What the article of a plan does not show."""


def of_plan(plan: WorkPlan) -> set[str]:
    """The tags of a change of `plan`; none where readers do not have its article."""
    article = plan.article
    if article.state == Article.State.DRAFT:
        return set()
    return {"plans", f"article:{article.pk}"} | ({f"plans:{plan.organization_id}"} if plan.organization_id else set())


def of_articles(articles: list[Article]) -> dict[int, set[str]]:
    """What a change of these articles concerns since they are plans, by their numbers; one query."""
    plans = WorkPlan.objects.filter(article__in=[article.pk for article in articles]).order_by()
    return {
        pk: {"plans"} | ({f"plans:{organization}"} if organization else set())
        for pk, organization in plans.values_list("article", "organization")
    }


register_more(of_articles)
register_concerned(WorkPlan, lambda verb, plan: of_plan(plan) if verb in TOLD else [SITE])
register_concerned(Clause, lambda verb, clause: of_plan(clause.plan))
register_concerned(Target, lambda verb, target: [SITE])
register_unseen(Expectation, Reminder, SavedView, Indicator, verbs=PROGRESS)

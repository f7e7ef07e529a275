"""A plan follows its article: publication moves its anchors to the text that is now live."""

from django.dispatch import receiver

from articles.extensions import article_published

from .anchoring import reanchor
from .models import WorkPlan


@receiver(article_published)
def follow(sender, article, revision, by, new: bool, **kwargs) -> None:
    if new:
        return
    plan = WorkPlan.objects.filter(article=article).first()
    if plan and plan.text_revision_id != revision.pk:
        reanchor(plan, revision, by)

"""What points at words of a plan's text: clauses and targets, and what hangs on a clause."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organizations import rights

from .work_plan import WorkPlan


class PassageQuerySet(models.QuerySet):
    """Rows that are `broken` once the text no longer says their words; `passage` leads to the row that says so."""

    passage = ""

    def standing(self):
        """Those whose words the text says."""
        return self.filter(**{f"{self.passage}broken": False})

    def visible_to(self, user):
        """Of rows of plans that `user` may see (WorkPlan's `visible_to`, `open_to_all`) what they may read of them.

        All of the plans of their own bodies; of others what stands in the text, since what it no longer says may never
        have been public.
        """
        if not rights.may(user, "view"):
            return self.standing()
        reach = rights.reach(user, "view", "article__owner", limited="article__channel")
        if not reach:
            return self.all()
        # asked of lost rows alone: a join would be made for each of a million targets
        own = WorkPlan.objects.filter(reach, pk=OuterRef(f"{self.passage}plan")).order_by()
        return self.filter(Q(**{f"{self.passage}broken": False}) | Exists(own))


class ClauseThemeQuerySet(PassageQuerySet):
    passage = "clause__"

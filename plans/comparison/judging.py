"""What a person says about two passages: they belong together, they do not, this became of it. Verbs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from plans.models import Pairing, WorkPlan

from .rows import APART
from .sides import load
from .verdicts import Verdict

OF_A_PAIR = (Verdict.KEPT, Verdict.REWORDED, Verdict.STRENGTHENED, Verdict.WEAKENED, Verdict.TAKEN_UP)


def may_say(user, *plans: WorkPlan) -> bool:
    """Whether `user` may say what belongs together: who may file one of the plans may."""
    return any(rights.may(user, "file_plan", plan) for plan in plans)


@transaction.atomic
def say(
    earlier: WorkPlan, later: WorkPlan, by, *, earlier_words: str = "", later_words: str = "", verdict: str = ""
) -> Pairing:
    """Keep that the passages known by these words belong together, and what became of the one.

    One of the two left empty says that the other has no counterpart; the verdict "apart", that the two do not belong
    together.

    What was said of either passage in these two plans before is replaced. Raises PermissionDenied where `by` may file
    neither plan, ValidationError where the words are not those of a passage or the verdict fits no pair.
    """
    earlier, later = _locked(earlier, later, by)
    if not earlier_words and not later_words:
        raise ValidationError(_("Choose a measure first."), code="empty")
    allowed = (*OF_A_PAIR, APART) if earlier_words and later_words else ()
    if verdict and verdict not in allowed:
        raise ValidationError(_("This class does not fit: one of the two plans says nothing of it."), code="verdict")
    sides = load([earlier, later], [None, 0])
    for words, side in zip((earlier_words, later_words), sides, strict=True):
        if words and words not in {one.words for one in side.passages}:
            raise ValidationError(
                _("This measure no longer stands in %(plan)s. Load the page anew.") % {"plan": side.name}, code="gone"
            )
    there = Pairing.objects.filter(earlier=earlier, later=later)
    replaced = [one for one in there if _speaks_of(one, earlier_words, later_words, verdict)]
    Pairing.objects.filter(pk__in=[one.pk for one in replaced]).delete()
    said = Pairing.objects.create(
        earlier=earlier, later=later, earlier_words=earlier_words, later_words=later_words, verdict=verdict, by=by
    )
    before = [_as_json(one) for one in replaced]
    record(
        "pair passages",
        later,
        by=by,
        organization=later.article.owner,
        before={"said": before} if before else None,
        after=_as_json(said),
    )
    return said


@transaction.atomic
def take_back(said: Pairing, by) -> None:
    """Take back what somebody said; the class and the partner are computed again. Raises as `say` does."""
    earlier, later = _locked(said.earlier, said.later, by)
    found = Pairing.objects.select_for_update().filter(pk=said.pk, earlier=earlier, later=later).first()
    if found is None:
        raise ValidationError(_("This correction has been taken back already."), code="gone")
    before = _as_json(found)
    found.delete()
    record("unpair passages", later, by=by, organization=later.article.owner, before=before)


def _locked(earlier: WorkPlan, later: WorkPlan, by) -> tuple[WorkPlan, WorkPlan]:
    rows = WorkPlan.objects.select_for_update(of=("self",)).select_related("article__owner", "organization")
    plans = {plan.pk: plan for plan in rows.filter(pk__in=(earlier.pk, later.pk)).order_by("pk")}
    if len(plans) != 2:
        raise ValidationError(_("Two plans are compared; choose two."), code="plans")
    if by is not None and not may_say(by, *plans.values()):
        raise PermissionDenied("file_plan")
    return plans[earlier.pk], plans[later.pk]


def _speaks_of(one: Pairing, earlier: str, later: str, verdict: str) -> bool:
    """Whether an older statement cannot stand beside the new one. That two do not belong together contradicts only
    that they do."""
    if APART in (one.verdict, verdict):
        return (one.earlier_words, one.later_words) == (earlier, later)
    return bool((earlier and one.earlier_words == earlier) or (later and one.later_words == later))


def _as_json(one: Pairing) -> dict:
    return {
        "earlier": one.earlier_id,
        "later": one.later_id,
        "earlier_words": one.earlier_words,
        "later_words": one.later_words,
        "verdict": one.verdict,
    }

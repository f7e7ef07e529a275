"""Which plans are compared: those named by an address, those found by a search, those that suggest themselves."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import paths
from organizations.models import Organization
from plans.models import WorkPlan

LEAST, MOST = 2, 5
FOUND, SUGGESTED = 20, 60


@dataclass
class Choice:
    """The plans chosen, in the order asked for, and a sentence for each wish that could not be met."""

    plans: list[WorkPlan]
    complaints: list[str] = field(default_factory=list)


def shown(user) -> QuerySet[WorkPlan]:
    """Plans the user may see with what their names need; no text is read."""
    return WorkPlan.objects.visible_to(user).select_related("article__owner", "organization__parent", "level_then")


def chosen(written: list[str], user) -> Choice:
    """The plans that the parameters `written` name. Numbers of no plan, or of one that the user may not see, and what
    goes beyond five are named in the complaints; one query."""
    wanted = list(dict.fromkeys(int(one) for one in written if one.isascii() and one.isdigit() and len(one) < 18))
    odd = [one for one in written if one and not (one.isascii() and one.isdigit() and len(one) < 18)]
    there = {plan.pk: plan for plan in shown(user).filter(pk__in=wanted[:50])}
    found = [there[pk] for pk in wanted if pk in there]
    unknown = [str(pk) for pk in wanted if pk not in there] + [
        "".join(filter(str.isprintable, one))[:20] for one in odd
    ]
    choice = Choice(found[:MOST])
    if unknown:
        choice.complaints.append(
            _("There is no plan numbered %(numbers)s that you may see; it was left out.")
            % {"numbers": "、".join(unknown[:5])}
        )
    if len(found) > MOST:
        choice.complaints.append(_("At most five plans stand side by side; the first five are shown."))
    return choice


def address(plans: list[int], **more: str) -> str:
    """The address of the comparison of `plans`."""
    return f"{reverse('plan-compare')}?{urlencode([('plan', pk) for pk in plans] + list(more.items()))}"


def search(name: str, year: int | None, user, without: list[int]) -> list[WorkPlan]:
    """Plans of the bodies found by `name`, or of a year, or both, the newest first; at most FOUND."""
    rows = shown(user).exclude(pk__in=without)
    if name:
        rows = rows.filter(organization__in=Organization.objects.named(name).order_by().values("pk"))
    if year:
        rows = rows.in_years(year, year)
    return list(rows.order_by("-starts_on", "organization__path", "pk")[:FOUND]) if name or year else []


@dataclass(frozen=True)
class Suggestion:
    plan: WorkPlan
    why: str


def suggestions(plans: list[WorkPlan], user) -> list[Suggestion]:
    """What may be set beside the last plan chosen, by one query: the same body's years beside it, the upper and the
    lower bodies' plans of its year."""
    if not plans or len(plans) >= MOST:
        return []
    plan = plans[-1]
    body = plan.organization
    if body is None or plan.starts_on is None:
        return []
    year = plan.starts_on.year
    above = paths.ancestor_paths(body.path)
    near = Q(organization=body) | Q(organization__path__in=above) | Q(organization__parent=body)
    rows = shown(user).filter(near, role=plan.role, subject=plan.subject, period=plan.period)
    rows = rows.in_years(year - 1, year + 1).exclude(pk__in=[one.pk for one in plans])
    found: dict[str, list[WorkPlan]] = {"before": [], "upper": [], "after": [], "lower": []}
    for one in rows.order_by("-organization__depth", "organization__path", "pk")[:SUGGESTED]:
        kind = _kind(one, plan, year)
        if kind:
            found[kind].append(one)
    words = {
        "before": _("the year before"),
        "upper": _("the upper body, the same year"),
        "after": _("the year after"),
        "lower": _("a lower body, the same year"),
    }
    most = {"before": 1, "upper": 2, "after": 1, "lower": 6}
    return [Suggestion(one, words[kind]) for kind in found for one in found[kind][: most[kind]]]


def _kind(one: WorkPlan, plan: WorkPlan, year: int) -> str:
    own = one.starts_on.year if one.starts_on else None
    if one.organization_id == plan.organization_id:
        return {year - 1: "before", year + 1: "after"}.get(own, "")
    if own != year:
        return ""
    return "lower" if one.organization.parent_id == plan.organization_id else "upper"

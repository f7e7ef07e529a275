"""Indicators that outlive a year's wording, and targets that are part of an upper one."""

import json
from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from organizations.models import Organization
from plans.models import Indicator, Measure, Target, WorkPlan

from .likeness import likeness, telling
from .reporting import own_measure, require_report
from .units import comparable, convert

rights.register_verbs(assign_indicator=rights.WRITERS, make_indicator=rights.EDITORS)

LOOKED_AT = 200
OFFERED = 6
ALIKE = 0.3
_SUMMED = (Measure.TOTAL, Measure.EACH)


def suggested(target: Target) -> list[Indicator]:
    """Indicators whose name or wordings share words with what `target` counts, the likeliest first; one query."""
    words = telling(target.object)
    if not words:
        return []
    named = Q()
    for word in words:
        # SQLite keeps JSON with Chinese escaped, PostgreSQL as written: look for both spellings
        named |= Q(name__contains=word) | Q(texts__contains=word) | Q(texts__contains=json.dumps(word)[1:-1])
    found = Indicator.objects.annotate(texts=Cast("wordings", TextField())).filter(named)[:LOOKED_AT]
    rows = [row for row in found if comparable(row.unit, target.unit)]
    scored = [(max(likeness(target.object, text) for text in (row.name, *row.wordings)), row) for row in rows]
    return [row for score, row in sorted(scored, key=lambda one: (-one[0], one[1].name)) if score >= ALIKE][:OFFERED]


def alike_targets(indicator: Indicator, organization: Organization, user) -> list[Target]:
    """Targets and figures of a body that have no indicator and seem to speak of this one; one query.

    Only of plans in which `user` may assign it.
    """
    wordings = [text for text in (indicator.name, *indicator.wordings) if text][:10]
    named = Q()
    for text in wordings:
        named |= Q(object__contains=text)
    inside = rights.reach(user, "assign_indicator", "plan__article__owner", limited="plan__article__channel")
    kinds = (*Target.FORWARD, Target.Kind.ACHIEVED)
    rows = Target.objects.filter(named, inside, plan__organization=organization, indicator=None, kind__in=kinds)
    rows = rows.select_related("plan__organization").order_by("-plan__starts_on", "pk")[:LOOKED_AT]
    return [row for row in rows if comparable(row.unit, indicator.unit)][:30]


@transaction.atomic
def assign(targets: Collection[Target], indicator: Indicator | None, by) -> int:
    """Say that `targets` are measured by `indicator` (None: by none); how many that changed.

    Wordings that are new are kept with the indicator. Raises ValidationError where a unit measures something else.
    """
    rows = Target.objects.select_for_update(of=("self",)).order_by("pk").select_related("plan__article__owner")
    changed = [row for row in rows.filter(pk__in=[one.pk for one in targets]) if row.indicator_id != _pk(indicator)]
    for row in changed:
        if by is not None:
            rights.require(by, "assign_indicator", row)
        if indicator and not comparable(row.unit, indicator.unit):
            said = {"unit": row.unit, "own": indicator.unit, "name": indicator.name}
            raise ValidationError(
                _("“%(name)s” is measured in %(own)s; %(unit)s cannot be reckoned in that.") % said, code="unit"
            )
        row.indicator = indicator
        record(
            "assign indicator",
            row,
            by=by,
            organization=row.plan.article.owner,
            note=indicator.name if indicator else _("none"),
        )
    Target.objects.bulk_update(changed, ["indicator"])
    if indicator and (new := {row.object for row in changed if row.object} - {indicator.name, *indicator.wordings}):
        kept = Indicator.objects.select_for_update().get(pk=indicator.pk)
        kept.wordings = [*kept.wordings, *sorted(new - set(kept.wordings))]
        kept.save(update_fields=["wordings"])
    return len(changed)


@transaction.atomic
def make(target: Target, name: str, by) -> Indicator:
    """A new indicator in the unit of `target`, which it is assigned to. Raises ValidationError for a name in use."""
    if by is not None:
        rights.require(by, "make_indicator", target)
    name = name.strip()
    if not name or len(name) > 120:
        raise ValidationError(_("Name the indicator, in 120 characters at most."), code="name")
    if Indicator.objects.filter(name=name).exists():
        raise ValidationError(_("There is an indicator of this name already. Choose it from the list."), code="twice")
    made = Indicator.objects.create(name=name, unit=target.unit, measure=target.measure)
    record("create", made, by=by)
    assign([target], made, by)
    return made


def upper_candidates(target: Target, user) -> list[Target]:
    """Targets of the upper body's plans of that time which `target` may be part of, the likeliest first; one query."""
    plan = target.plan
    if plan.organization is None or plan.organization.parent_id is None or plan.starts_on is None:
        return []
    plans = WorkPlan.objects.visible_to(user).filter(
        organization=plan.organization.parent_id,
        role=WorkPlan.Role.PLAN,
        state=WorkPlan.State.IN_FORCE,
        starts_on__lte=plan.ends_on,
        ends_on__gte=plan.starts_on,
    )
    rows = Target.objects.visible_to(user).filter(plan__in=plans.order_by().values("pk"), kind__in=Target.FORWARD)
    rows = [row for row in rows.select_related("plan")[:LOOKED_AT] if comparable(row.unit, target.unit)]
    scored = [(likeness(target.object, row.object), row) for row in rows]
    return [row for score, row in sorted(scored, key=lambda one: (-one[0], one[1].pk)) if score >= ALIKE][:OFFERED]


@transaction.atomic
def set_upper(target: Target, upper: Target | None, by) -> Target:
    """Say that `target` is part of `upper` (None: of none), so that it is added up there.

    Raises ValidationError where it would be part of itself, or cannot be added up with it, or is promised neither by
    the same body nor by one above it: nobody adds to the sums of others.
    """
    rows = Target.objects.select_for_update(of=("self",)).order_by("pk")
    target = rows.select_related("plan__article__owner", "plan__organization", "indicator").get(pk=target.pk)
    require_report(by, target.plan)
    if upper is not None:
        _require_above(target.plan, upper.plan)
        if convert(Decimal(0), target.unit, upper.unit) is None:
            said = {"unit": target.unit, "own": upper.unit}
            raise ValidationError(_("%(unit)s and %(own)s do not add up.") % said, code="unit")
        if upper.kind not in Target.FORWARD:
            raise ValidationError(_("This figure promises nothing, so there is no progress to report."), code="kind")
        if not all(own_measure(one) in _SUMMED for one in (target, upper)):
            raise ValidationError(_("Rates, and what is only done or not, are not added up."), code="rate")
        above, seen = upper.pk, set()
        while above is not None and above not in seen:
            if above == target.pk:
                raise ValidationError(_("A target cannot be part of itself."), code="circle")
            seen.add(above)
            above = Target.objects.values_list("parent", flat=True).get(pk=above)
    target.parent = upper
    target.save(update_fields=["parent"])
    note = str(upper) if upper else _("none")
    record("set upper target", target, by=by, organization=target.plan.article.owner, note=note)
    return target


def _require_above(plan: WorkPlan, upper: WorkPlan) -> None:
    """Raise ValidationError unless `upper` is the same plan, or one that is no draft of its body or of one above it."""
    own = plan.organization
    above = upper.organization is not None and own is not None and upper.organization.covers(own)
    if upper.pk != plan.pk and (not above or upper.state == WorkPlan.State.DRAFT):
        raise ValidationError(
            _("Choose a target that the same body or one above it has promised in a plan in force."), code="above"
        )


def _pk(indicator: Indicator | None) -> int | None:
    return indicator.pk if indicator else None

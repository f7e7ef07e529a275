"""The verbs of a work plan: propose, read its text, put in force, back to draft, re-anchor after a change of text."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.canonical import canonical
from articles.html import plain_text
from articles.models import Article, Revision
from organizations import rights
from organizations.audit import record
from organizations.audit_search import register_names

from .models import Clause, Target, WorkPlan
from .proposals import Proposal, propose_all, read, store, text_revision

rights.register_verbs(file_plan=rights.WRITERS, put_in_force=rights.EDITORS)
rights.register_owner(WorkPlan, lambda plan: plan.article.owner)
rights.register_limited(WorkPlan, lambda plan: plan.article.channel_id)
register_names(WorkPlan, "article__title")


_PLACE = ("organization_id", "role", "subject", "starts_on", "ends_on")  # which one plan in force may hold


def _require(by, verb: str, obj) -> None:
    if by is not None:
        rights.require(by, verb, obj)


def propose(article: Article, by, **about) -> WorkPlan:
    """File a draft plan for `article`, `about` being what proposals.Proposal is made of, and read its text.

    Raises ValidationError where the article already carries a plan or the dates are out of order.
    """
    return propose_all([Proposal(article=article, **about)], by)[0]


@transaction.atomic
def read_text(plan: WorkPlan, by) -> WorkPlan:
    """Read clauses and targets anew from the text; targets that somebody confirmed or reported on are kept.

    Raises ValidationError where the plan is no draft.
    """
    _require(by, "file_plan", plan)
    plan = _lock(plan)
    if plan.state != WorkPlan.State.DRAFT:
        raise ValidationError(_("Only a draft can be read anew. Put the plan back to draft first."), code="state")
    plan.text_revision = text_revision(plan.article)
    plan.save()
    kept = plan.targets.exclude(confirmed_by=None, reports=None)
    plan.targets.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    plan.clauses.all().delete()
    store([(plan, read(plan))], kept=plan.targets.all())
    reanchor(plan, plan.text_revision)
    record("read plan", plan, by=by, organization=plan.article.owner)
    return plan


@transaction.atomic
def put_in_force(plan: WorkPlan, by, *, replaces: WorkPlan | None = None) -> WorkPlan:
    """Put a draft in force; with `replaces`, the plan it follows is marked replaced in the same step.

    Raises ValidationError where organisation or dates are missing, or (code "clash") where the organisation already
    has a plan in force for that time and it is not the one replaced.
    """
    _require(by, "put_in_force", plan)
    plan = _lock(plan)
    _require_whole_draft(plan)
    clash = clashing(plan)
    if clash and (replaces is None or clash.pk != replaces.pk):
        raise _clash(plan)
    if replaces:
        if clash is None or clash.pk != replaces.pk:
            raise ValidationError(_("Only the plan in force for the same time can be replaced."), code="replaces")
        replaces = _lock(replaces)
        _require(by, "put_in_force", replaces)
        replaces.state = WorkPlan.State.REPLACED
        replaces.save()
        plan.replaces = replaces
    _begin(plan)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:  # another plan came into force between the look and the save
        raise ValidationError(_("This organization already has a plan in force for this time."), code="clash") from None
    record("put in force", plan, by=by, organization=plan.article.owner)
    return plan


@transaction.atomic
def put_all_in_force(plans: Collection[WorkPlan], by) -> list[ValidationError | None]:
    """Put drafts in force by few statements, in their order, none of which replaces another; say which was refused."""
    for plan in plans:
        _require(by, "put_in_force", plan)
    locked = _locked().select_related("organization").in_bulk([plan.pk for plan in plans])
    held = WorkPlan.objects.in_force().filter(organization__in={plan.organization_id for plan in locked.values()})
    taken = set(held.order_by().values_list(*_PLACE))
    refused: list[ValidationError | None] = []
    begun = []
    for plan in (locked[plan.pk] for plan in plans):
        place = tuple(getattr(plan, name) for name in _PLACE)
        try:
            _require_whole_draft(plan)
            if place in taken:
                raise _clash(plan)
        except ValidationError as refusal:
            refused.append(refusal)
            continue
        _begin(plan)
        taken.add(place)
        begun.append(plan)
        refused.append(None)
    try:
        with transaction.atomic():
            WorkPlan.objects.bulk_update(begun, ["state", "in_force_at", "name_then", "level_then"])
    except IntegrityError:  # another plan came into force between the look and the save
        return [_refusal(plan, by) for plan in plans]
    for plan in begun:
        record("put in force", plan, by=by, organization=plan.article.owner)
    return refused


def _refusal(plan: WorkPlan, by) -> ValidationError | None:
    try:
        put_in_force(plan, by)
    except ValidationError as refusal:
        return refusal
    return None


def _require_whole_draft(plan: WorkPlan) -> None:
    if plan.state != WorkPlan.State.DRAFT:
        raise ValidationError(_("Only a draft can be put in force."), code="state")
    if plan.organization_id is None or plan.starts_on is None or plan.ends_on is None:
        raise ValidationError(_("A plan in force needs an organization, a first day and a last day."), code="whole")


def _clash(plan: WorkPlan) -> ValidationError:
    return ValidationError(
        _(
            "%(name)s already has a plan in force for %(years)s. "
            "Does this one replace it? Then choose it under “replaces”."
        )
        % {"name": plan.organization.name, "years": plan.years},
        code="clash",
    )


def _begin(plan: WorkPlan) -> None:
    plan.state = WorkPlan.State.IN_FORCE
    plan.in_force_at = timezone.now()
    plan.name_then = plan.name_then or plan.organization.name
    if plan.level_then_id is None:
        plan.level_then = plan.organization.level


@transaction.atomic
def back_to_draft(plan: WorkPlan, by) -> WorkPlan:
    """Take a plan out of force again, to be corrected; a plan that it replaced is in force again."""
    _require(by, "put_in_force", plan)
    plan = _lock(plan)
    if plan.state not in (WorkPlan.State.IN_FORCE, WorkPlan.State.CLOSED):
        raise ValidationError(_("Only a plan in force can go back to draft."), code="state")
    before, plan.replaces = plan.replaces, None
    plan.state = WorkPlan.State.DRAFT
    plan.in_force_at = None
    plan.save()
    if before and before.state == WorkPlan.State.REPLACED:
        before.state = WorkPlan.State.IN_FORCE
        before.save()
        record("put in force", before, by=by, organization=before.article.owner)
    record("back to draft", plan, by=by, organization=plan.article.owner)
    return plan


def clashing(plan: WorkPlan) -> WorkPlan | None:
    """The plan in force that `plan` would stand beside, if there is one."""
    place = {name: getattr(plan, name) for name in _PLACE}
    return WorkPlan.objects.in_force().filter(**place).exclude(pk=plan.pk).first()


@transaction.atomic
def reanchor(plan: WorkPlan, revision: Revision) -> list[Target]:
    """Find every clause and target again in `revision` by its words; return the targets whose sentence is gone.

    A quote that stands more than once is taken at the place nearest to the old one. A target whose sentence is gone
    is marked broken, never moved and never dropped.
    """
    text = canonical(plain_text(revision.body))
    broken, targets, clauses = [], list(plan.targets.all()), list(plan.clauses.all())
    for target in targets:
        quote = canonical(target.quote)
        start = nearest(text, quote, target.start)
        target.broken = start is None
        if start is None:
            broken.append(target)
        else:
            target.start, target.end = start, start + len(quote)
    Target.objects.bulk_update(targets, ["start", "end", "broken"])
    for clause in clauses:
        heading = canonical(clause.number + clause.heading)
        start = nearest(text, heading, clause.start)
        if start is not None:
            clause.start, clause.end = start, start + len(heading)
    Clause.objects.bulk_update(clauses, ["start", "end"])
    plan.text_revision = revision
    plan.save(update_fields=["text_revision"])
    return broken


def nearest(text: str, quote: str, start: int) -> int | None:
    """Where `quote` stands in `text`, nearest to `start`; None where it does not."""
    if not quote:
        return None
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda place: abs(place - start)) if places else None


def _lock(plan: WorkPlan) -> WorkPlan:
    return _locked().get(pk=plan.pk)


def _locked() -> QuerySet:
    return WorkPlan.objects.order_by("pk").select_for_update(of=("self",)).select_related("article__owner")

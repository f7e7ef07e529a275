"""The verbs of a work plan: propose, read its text, put in force, back to draft."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article
from organizations import rights
from organizations.audit import record
from organizations.audit_search import register_names
from organizations.models import Organization, SiteSettings

from .anchoring import reanchor
from .models import Clause, WorkPlan
from .proposals import Proposal, propose_all, read, text_revision
from .rereading import renew

rights.register_verbs(file_plan=rights.WRITERS, put_in_force=rights.EDITORS)
rights.register_owner(WorkPlan, lambda plan: plan.article.owner)
rights.register_limited(WorkPlan, lambda plan: plan.article.channel_id)
rights.register_owner(Clause, lambda clause: clause.plan.article.owner)
rights.register_limited(Clause, lambda clause: clause.plan.article.channel_id)
register_names(WorkPlan, "article__title")


_PLACE = ("organization_id", "role", "subject", "starts_on", "ends_on")  # which one plan in force may hold


def may_file_for(user, organization: Organization) -> bool:
    """Whether `user` may file plans about `organization`: in it or above it, or in the site's own, for everybody."""
    own_site = SiteSettings.load().organization
    return rights.may(user, "file_plan", organization) or (
        own_site is not None and rights.may(user, "file_plan", own_site)
    )


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
    """Read clauses and targets anew from the text; targets that somebody worked on are kept (rereading.renew).

    Raises ValidationError where the plan is no draft.
    """
    _require(by, "file_plan", plan)
    plan = _lock(plan)
    if plan.state != WorkPlan.State.DRAFT:
        raise ValidationError(_("Only a draft can be read anew. Put the plan back to draft first."), code="state")
    reanchor(plan, text_revision(plan.article), by)
    renew(plan, read(plan))
    plan.reanchored = None
    plan.save(update_fields=["reanchored"])
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
    """Take a plan that is or was in force to be corrected; a plan that it replaced is in force again.

    What was reported of its targets, the figures of the year's end too, stays. Raises ValidationError where the plan
    is a draft or was replaced, or (code "clash") where a third one has taken the place of the one it replaced.
    """
    _require(by, "put_in_force", plan)
    plan = _lock(plan)
    if plan.state not in (WorkPlan.State.IN_FORCE, WorkPlan.State.CLOSED):
        raise ValidationError(_("Only a plan in force can go back to draft."), code="state")
    before, plan.replaces = plan.replaces and _lock(plan.replaces), None
    plan.state = WorkPlan.State.DRAFT
    plan.in_force_at = None
    plan.save()
    if before and before.state == WorkPlan.State.REPLACED:
        if clashing(before):
            raise _clash(before)
        before.state = WorkPlan.State.IN_FORCE
        before.save()
        record("put in force", before, by=by, organization=before.article.owner)
    record("back to draft", plan, by=by, organization=plan.article.owner)
    return plan


def clashing(plan: WorkPlan) -> WorkPlan | None:
    """The plan in force that `plan` would stand beside, if there is one."""
    place = {name: getattr(plan, name) for name in _PLACE}
    return WorkPlan.objects.in_force().filter(**place).exclude(pk=plan.pk).first()


def _lock(plan: WorkPlan) -> WorkPlan:
    return _locked().get(pk=plan.pk)


def _locked() -> QuerySet:
    return WorkPlan.objects.order_by("pk").select_for_update(of=("self",)).select_related("article__owner")

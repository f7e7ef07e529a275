"""Plans of records: filed with the outline that the record has, and put in force where it says nothing else."""

from collections.abc import Sequence

from articles.models import Article
from organizations.audit import record
from organizations.models import Level
from plans.filing import put_all_in_force
from plans.grammar.reading import PlanRead
from plans.models import Clause, ClauseTheme, Indicator, Target, WorkPlan
from plans.proposals import GAP, Proposal, propose_all, store, store_rows

from .sections import Outline
from .shape import gettext_noop

State = WorkPlan.State
NOT_IN_FORCE = gettext_noop("Its plan stays a draft: %(why)s")
_PROPOSED = ("role", "subject", "period", "doc_number", "year_stated", "year_evidence")


def file_plans(pairs: Sequence[tuple]) -> None:
    """File the plans of entries (filing.Entry), each with its article, by few statements.

    Raises ValidationError where one of them cannot be a plan.
    """
    if not pairs:
        return
    plans = propose_all([_proposal(entry.record.plan, article) for entry, article in pairs], None)
    filed = [(entry, plan) for (entry, _article), plan in zip(pairs, plans, strict=True)]
    _name(filed)
    outlines = [(plan, entry.ready.outline) for entry, plan in filed]
    store([(plan, found) for plan, found in outlines if isinstance(found, PlanRead)])
    _store([(plan, found) for plan, found in outlines if isinstance(found, Outline)])
    _begin(filed)


def _proposal(given, article: Article) -> Proposal:
    about = {name: given.about[name] for name in _PROPOSED if name in given.about}
    return Proposal(
        article=article,
        organization=article.organization,
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        read=False,
        **about,
    )


def _name(filed: Sequence[tuple]) -> None:
    """The name and the level that a body had at the time, where a record says so."""
    changed = []
    for entry, plan in filed:
        about = entry.record.plan.about
        if "name_then" in about or "level_then" in about:
            plan.name_then = str(about.get("name_then") or plan.name_then)[:120]
            if "level_then" in about:
                plan.level_then = Level.objects.filter(pk=about["level_then"]).first() or plan.level_then
            changed.append(plan)
    if changed:
        WorkPlan.objects.bulk_update(changed, ["name_then", "level_then"])


def _store(outlines: Sequence[tuple[WorkPlan, Outline]]) -> None:
    clauses: list[Clause] = []
    ranks: list[ClauseTheme] = []
    targets: list[Target] = []
    indicators = _indicators([target for _plan, found in outlines for target in found.targets])
    for plan, found in outlines:
        own: list[Clause] = []
        for at, one in enumerate(found.clauses):
            parent = own[one.parent] if one.parent is not None else None
            own.append(Clause(plan=plan, parent=parent, position=(at + 1) * GAP, **one.values))
            ranks += (ClauseTheme(clause=own[-1], theme_id=code, rank=rank) for rank, code in enumerate(one.themes))
        clauses += own
        targets += (
            Target(
                plan=plan,
                clause=own[one.clause] if one.clause is not None else None,
                indicator=indicators.get(one.indicator),
                position=(at + 1) * GAP,
                **one.values,
            )
            for at, one in enumerate(found.targets)
        )
    store_rows(clauses, ranks, targets)


def _indicators(targets: list) -> dict[str, Indicator]:
    """The indicators named, made where none has the name."""
    wanted = {one.indicator: one.values["unit"] for one in targets if one.indicator}
    found = {one.name: one for one in Indicator.objects.filter(name__in=wanted)} if wanted else {}
    for name, unit in wanted.items():
        if name not in found:
            found[name] = Indicator.objects.create(name=name, unit=unit)
            record("add", found[name])
    return found


def _begin(filed: Sequence[tuple]) -> None:
    """Put plans in force, or into the state that the record says."""
    begin, past = [], []
    for entry, plan in filed:
        state = entry.record.plan.about.get("state", "")
        whole = plan.organization_id and plan.starts_on and plan.ends_on
        if state == State.REPLACED and whole:
            past.append((entry, plan))
        elif state in (State.IN_FORCE, State.CLOSED) or (
            state != State.DRAFT and whole and plan.year_stated and plan.article.state == Article.State.PUBLIC
        ):
            begin.append((entry, plan))
    if begin:
        for (entry, plan), refused in zip(begin, put_all_in_force([plan for _entry, plan in begin], None), strict=True):
            if refused:
                entry.note(NOT_IN_FORCE, why=" ".join(refused.messages))
            elif entry.record.plan.about.get("state") == State.CLOSED:
                past.append((entry, plan))
    for entry, plan in past:
        state = entry.record.plan.about["state"]
        WorkPlan.objects.filter(pk=plan.pk).update(state=state)
        record("close plan" if state == State.CLOSED else "put in force", plan, organization=plan.article.owner)

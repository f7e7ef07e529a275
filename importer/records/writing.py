"""Records given out: public articles, or all that are not in the trash, each as import_records takes it in again."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from articles.models import Article, Redirect, Revision
from organizations import paths
from organizations.models import Organization
from plans.models import Clause, Target, WorkPlan

from .identity import own_site
from .rows import ForeignRecord
from .shape import ARTICLE, MORE_LINES, PLAN

TOGETHER = 200
REMEMBERED = 5000
_RELATED = ("channel", "organization__level", "level")


def records(*, everything: bool = False) -> Iterator[dict]:
    """Every record, in the order of the articles' numbers; few are held at a time."""
    last, above = 0, _Above()
    while rows := list(_articles(everything).filter(pk__gt=last)[:TOGETHER]):
        last = rows[-1].pk
        yield from _chunk(rows, above, everything=everything)


def count(*, everything: bool = False) -> int:
    return _articles(everything).count()


def _articles(everything: bool):
    rows = Article.objects.exclude(state=Article.State.TRASHED) if everything else Article.objects.published()
    return rows.order_by("pk").select_related(*_RELATED, "live_revision__channel", "latest_revision__channel")


def _chunk(rows: list[Article], above: "_Above", *, everything: bool) -> Iterator[dict]:
    numbers = [row.pk for row in rows]
    foreign: dict[int, ForeignRecord] = {}
    for one in ForeignRecord.objects.filter(article__in=numbers).order_by("-pk"):
        foreign[one.article_id] = one
    old = defaultdict(list)
    for path, pk in Redirect.objects.filter(article__in=numbers).order_by("pk").values_list("old_path", "article_id"):
        old[pk].append(path)
    plans = _plans(numbers, everything=everything)
    above.learn({row.organization for row in rows if row.organization})
    for row in rows:
        known = foreign.get(row.pk)
        record = _record(row, known, above, is_plan=row.pk in plans)
        if everything:
            record |= _state(row)
        if paths_there := [path for path in old[row.pk] if not (known and _of_slug(path, known.slug))]:
            record["old_addresses"] = paths_there
        yield record | ({"kind": PLAN} | plans[row.pk] if row.pk in plans else {})


def _of_slug(path: str, slug: str) -> bool:
    """Whether an old path follows from the slug that is given out, too."""
    return bool(slug) and slug.strip("/").rpartition("/")[2] in path


def _record(row: Article, known: ForeignRecord | None, above: "_Above", *, is_plan: bool) -> dict:
    text: Revision = row.live_revision or row.latest_revision
    whose = row.organization
    record = {
        "id": known.foreign_id if known else str(row.pk),
        "site": known.origin if known else own_site(),
        "kind": ARTICLE,
        "title": text.title,
        "slug": known.slug if known else row.get_absolute_url(),
        "channel": text.channel.slug,
        "channel_name": text.channel.name,
        "organization": whose.name if whose else None,
        "organization_level": (whose.level_id if whose else row.level_id) or None,
        "published_at": _moment(row.published_at, row.published_precision),
        "source": text.source,
        "author": text.author,
        "tags": text.tags,
        "body_html": text.body,
    }
    if whose:
        record["organization_above"] = above.of(whose)
        record["organization_address"] = whose.slug
        if row.level_id and row.level_id != whose.level_id:
            record["level"] = row.level_id
    usual = Article.Kind.PLAN if is_plan else Article.Kind.NEWS
    rarer = {name: getattr(text, name) for name in MORE_LINES}
    rarer |= {
        "article_kind": row.kind if row.kind != usual else "",
        "organization_as_written": row.organization_as_written,
        "written_on": text.written_on.isoformat() if text.written_on else "",
        "withdraw_at": _moment(row.withdraw_at, Article.Precision.SECOND),
    }
    if row.published_at and _usual_precision(record["published_at"]) != row.published_precision:
        rarer["published_precision"] = row.published_precision
    return (
        record
        | {name: value for name, value in rarer.items() if value}
        | ({} if text.complete else {"complete": False})
    )


def _moment(moment, precision: str) -> str | None:
    """A day, or a time in the site's own zone; what is midnight without being a day is said by its precision."""
    if moment is None:
        return None
    local = timezone.localtime(moment)
    midnight = (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    return local.date().isoformat() if precision == Article.Precision.DAY and midnight else local.isoformat()


def _usual_precision(written: str) -> str:
    """What a date is read as that says nothing of its precision."""
    return Article.Precision.DAY if len(written) == 10 or "T00:00:00" in written else Article.Precision.SECOND


def _state(row: Article) -> dict:
    """Of an article that is not public: why."""
    if row.state == Article.State.WITHDRAWN:
        return {
            "state": "withdrawn",
            "withdrawal_kind": row.withdrawal_kind,
            "withdrawal_reason": row.withdrawal_reason,
        }
    scheduled = row.publish_at and row.publish_at > timezone.now()
    return {"state": "draft"} if row.state == Article.State.DRAFT or scheduled else {}


class _Above:
    """The bodies above an organisation, by its path; few are held."""

    def __init__(self) -> None:
        self.rows: dict[str, dict] = {}

    def learn(self, bodies: set[Organization]) -> None:
        if len(self.rows) > REMEMBERED:
            self.rows.clear()
        wanted = {path for body in bodies for path in paths.ancestor_paths(body.path)} - set(self.rows)
        for path, name, level in Organization.objects.filter(path__in=wanted).values_list("path", "name", "level"):
            self.rows[path] = {"name": name, "level": level} if level else {"name": name}

    def of(self, body: Organization) -> list[dict] | None:
        """None where its place is not known."""
        over = [self.rows[path] for path in paths.ancestor_paths(body.path)]
        return over if body.placed else None


def _plans(numbers: list[int], *, everything: bool) -> dict[int, dict]:
    """The keys that make records plans, by their articles' numbers; a draft plan is no reader's business."""
    plans = list(WorkPlan.objects.filter(article__in=numbers).order_by("pk").select_related("organization"))
    if not everything:
        plans = [plan for plan in plans if plan.state != WorkPlan.State.DRAFT]
    clauses, targets = defaultdict(list), defaultdict(list)
    for clause in Clause.objects.filter(plan__in=plans).order_by("position").prefetch_related("theme_ranks"):
        clauses[clause.plan_id].append(clause)
    for target in Target.objects.filter(plan__in=plans).order_by("position", "pk").select_related("indicator"):
        targets[target.plan_id].append(target)
    return {plan.article_id: _plan(plan, clauses[plan.pk], targets[plan.pk]) for plan in plans}


def _plan(plan: WorkPlan, clauses: list[Clause], targets: list[Target]) -> dict:
    year = plan.starts_on.year if plan.starts_on else None
    days = [day.isoformat() if day else "" for day in (plan.starts_on, plan.ends_on)]
    about = {
        "role": plan.role if plan.role != WorkPlan.Role.PLAN else "",
        "subject": plan.subject if plan.subject != WorkPlan.DEFAULT_SUBJECT else "",
        "period": plan.period if plan.period != WorkPlan.Period.YEAR else "",
        "doc_number": plan.doc_number,
        "year_evidence": plan.year_evidence,
        "state": plan.state,
        "name_then": plan.name_then if not plan.organization or plan.name_then != plan.organization.name else "",
        "level_then": plan.level_then_id
        if not plan.organization or plan.level_then_id != plan.organization.level_id
        else "",
    }
    if year and days != [f"{year}-01-01", f"{year}-12-31"]:
        about |= {"starts_on": days[0], "ends_on": days[1]}
    about = {name: value for name, value in about.items() if value}
    if not plan.year_stated:
        about["year_stated"] = False
    by_clause, below = defaultdict(list), defaultdict(list)
    for target in targets:
        by_clause[target.clause_id].append(_target(target))
    for clause in clauses:
        below[clause.parent_id].append(clause)

    def sections(parent: int | None) -> list[dict]:
        return [_section(one, by_clause[one.pk], sections(one.pk)) for one in below[parent]]

    return {"year": year, "plan": about, "sections": sections(None), "targets": by_clause[None]}


def _section(clause: Clause, targets: list[dict], sections: list[dict]) -> dict:
    section = {"number": clause.number, "heading": clause.heading, "level": clause.depth, "text": clause.text}
    section |= {"themes": [rank.theme_id for rank in clause.theme_ranks.all()], "targets": targets}
    if clause.style != Clause.Style.STANDALONE:
        section["style"] = clause.style
    section |= _at(clause)
    return section | ({"sections": sections} if sections else {})


def _target(target: Target) -> dict:
    found = {
        "quote": target.quote,
        "number": _number(target.number),
        "unit": target.unit,
        "comparator": target.comparator if target.comparator != "=" else "",
        "kind": target.kind if target.kind != Target.Kind.TARGET else "",
        "measure": target.measure,
        "modality": target.modality,
        "period": target.period,
        "deadline": target.deadline.isoformat() if target.deadline else "",
        "duty_holder": target.duty_holder,
        "object": target.object,
        "indicator": target.indicator.name if target.indicator else "",
    }
    return {name: value for name, value in found.items() if value} | _at(target)


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _at(row: Clause | Target) -> dict:
    return {"at": [row.start, row.end]} | ({"broken": True} if row.broken else {})

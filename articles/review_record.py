"""What there is to say about a text's review: its steps, the decisions so far, who may act next. It changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import rights
from organizations.models import AuditEntry, User

from . import impartiality, reviewing
from .models import Article, Channel, Review, Revision

Stage = Revision.Stage
MADE_PUBLIC = ("publish", "schedule", "correct")
"""The verbs of the audit trail by which a revision comes before readers."""
STANDING = {
    Stage.FIRST: gettext_lazy("in first review"),
    Stage.SECOND: gettext_lazy("in second review"),
    Stage.FINAL: gettext_lazy("in final review"),
    Stage.APPROVED: gettext_lazy("passed, not yet public"),
    Stage.RETURNED: gettext_lazy("returned to be changed"),
}
"""Where an article's latest text stands while it is on its way."""
_LIGHT = ("stage", "person_name", "decision", "opinion", "at", "link_id", "person_id", "revision__number")


@dataclass(frozen=True)
class Step:
    """A step on the way to the public; `state` is done, now, returned or open, `who` and `at` of one that is over."""

    name: str
    state: str
    who: str = ""
    at: datetime | None = None

    @property
    def said(self) -> str:
        return {"done": _("done"), "now": _("now"), "returned": _("returned"), "open": _("to come")}[self.state]


def decisions(article: Article, *, after: int, upto: int) -> list[Review]:
    """The decisions on the revisions numbered after `after`, up to `upto`, the oldest first; no body is read."""
    rows = Review.objects.filter(
        revision__article=article, revision__number__gt=after, revision__number__lte=upto
    ).select_related("revision")
    return list(rows.only(*_LIGHT).order_by("at", "pk"))


def steps(article: Article, reviews: list[Review]) -> list[Step]:
    """The way of the latest revision: submission, each stage its channel asks for, publication."""
    revision = article.latest_revision
    passed = {one.stage: one for one in reviews if one.revision_id == revision.pk and one.decision == "pass"}
    returned = next((one for one in reviews if one.revision_id == revision.pk and one.decision == "return"), None)
    stage = article.review_stage
    asked = list(reviewing.stages_asked(revision))
    asked += [other for other in reviewing.AWAITING if (other in passed or other == stage) and other not in asked]
    way = [_submission(revision, stage)]
    for each in sorted(asked, key=reviewing.AWAITING.index):
        name = str(Stage(each).label)
        if each in passed:
            way.append(Step(name, "done", passed[each].person_name, passed[each].at))
        elif returned and returned.stage == each:
            way.append(Step(name, "returned", returned.person_name, returned.at))
        else:
            way.append(Step(name, "now" if each == stage else "open"))
    if returned and returned.stage == Stage.APPROVED:
        return [*way, Step(_("publication"), "returned", returned.person_name, returned.at)]
    return [*way, Step(_("publication"), "now" if stage == Stage.APPROVED else "open")]


def _submission(revision: Revision, stage: str) -> Step:
    if not stage:
        return Step(_("submission"), "now")
    return Step(_("submission"), "done", revision.submitted_by_name, revision.submitted_at)


def next_people(article: Article, known: impartiality.Parts | None = None) -> list[User]:
    """Who may act on the text at the stage it waits for, those of the nearest body first; nobody who had a part in it.

    Service accounts do not act. Administrators, who may act too, are not among them.
    """
    if article.review_stage not in reviewing.RIGHTS:
        return []
    if article.review_stage not in reviewing.AWAITING:
        known = impartiality.NOBODY  # whoever took part in the text may publish it
    known = known or impartiality.parts(article)
    wanted = {article.channel_id, article.latest_revision.channel_id}
    above = _with_those_above(wanted)
    found: dict[int, User] = {}
    covered: dict[int, set[int]] = {}
    rows = rights.holders(reviewing.RIGHTS[article.review_stage], article.owner)
    for membership in rows.exclude(user__is_service=True).prefetch_related("channel_limits"):
        found.setdefault(membership.user_id, membership.user)
        limits = {limit.channel_id for limit in membership.channel_limits.all()}
        inside = {pk for pk in wanted if not limits or limits & above[pk]}
        covered.setdefault(membership.user_id, set()).update(inside)
    barred = known.barred()
    free = (user for pk, user in found.items() if covered[pk] == wanted and pk not in barred)
    return [user for user in free if not known.by_link(user)]


def _with_those_above(channels: set[int]) -> dict[int, set[int]]:
    """Each of these channels with itself and all channels above it."""
    parents = dict(Channel.objects.values_list("pk", "parent"))
    found = {}
    for pk in channels:
        line, above = {pk}, parents.get(pk)
        while above is not None and above not in line:
            line.add(above)
            above = parents.get(above)
        found[pk] = line
    return found


def publications(article: Article) -> dict[int, AuditEntry]:
    """By revision number, who last made it public (or set its time) and when, from the audit trail."""
    rows = AuditEntry.objects.filter(
        object_type=Article._meta.label_lower, object_id=str(article.pk), verb__in=MADE_PUBLIC, revision__isnull=False
    )
    return {entry.revision: entry for entry in rows.order_by("pk")}

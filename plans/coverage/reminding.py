"""Reminding bodies of plans they have not filed (催报), and who has been reminded."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from organizations.models import Membership, Organization, User
from plans.models import Reminder, WorkPlan

from . import mail
from .cells import Cell, Mark
from .matrix import cells_of

AGAIN_AFTER = datetime.timedelta(days=7)
SHOWN_FOR = datetime.timedelta(days=366)
MOST = 2000


@dataclass
class Reminded:
    """What came of it: the rows made, the bodies left out because they were reminded lately or lack nothing, and how
    many people are written to."""

    reminders: list[Reminder] = field(default_factory=list)
    lately: list[Organization] = field(default_factory=list)
    lacking_nothing: list[Organization] = field(default_factory=list)
    people: int = 0


@transaction.atomic
def remind(
    organizations: Collection[Organization],
    year: int,
    by,
    note: str = "",
    *,
    subject: str = WorkPlan.DEFAULT_SUBJECT,
    try_only: bool = False,
) -> Reminded:
    """Remind those of `organizations` whose plan of `year` is missing, each not more often than once in seven days,
    and have the worker write to their members. `by` None is the command line; `try_only` only says what would come.

    Whether a plan is missing is asked of all plans, those too that `by` may not see: nobody is to be reminded of what
    they have filed. Raises PermissionDenied where `by` may not remind one of them, ValidationError where there are
    too many or the note is too long; then nobody is.
    """
    if len(organizations) > MOST:
        raise ValidationError(_("At most %d organizations can be reminded at once.") % MOST, code="many")
    if by is not None:
        for organization in organizations:
            rights.require(by, "remind", organization)
    found = Organization.objects.filter(pk__in=[organization.pk for organization in organizations])
    bodies = list(found.select_for_update().order_by("pk"))
    cells = cells_of(bodies, [year], subject, timezone.localdate())
    since = timezone.now() - AGAIN_AFTER
    lately = Reminder.objects.filter(organization__in=bodies, year=year, subject=subject, at__gt=since)
    lately = set(lately.order_by().values_list("organization", flat=True))
    done = Reminded()
    for body in bodies:
        if cells[body.pk, year].mark != Mark.MISSING:
            done.lacking_nothing.append(body)
        elif body.pk in lately:
            done.lately.append(body)
        else:
            done.reminders.append(Reminder(organization=body, year=year, subject=subject, note=note, by=by))
    for reminder in done.reminders[:1]:  # they differ in the organisation alone
        reminder.clean_fields(exclude=["organization", "by"])
    people = _people(done.reminders)
    done.people = len(people)
    if try_only:
        return done
    Reminder.objects.bulk_create(done.reminders)
    for reminder in done.reminders:
        record("remind", reminder, by=by, organization=reminder.organization, after={"year": year, "note": note})
    for person, bodies in people.items():
        numbers = [reminder.pk for reminder in done.reminders if reminder.organization_id in bodies]
        transaction.on_commit(lambda person=person, numbers=numbers: mail.write.enqueue(person, numbers))
    return done


def _people(reminders: list[Reminder]) -> dict[int, set[int]]:
    """Who is written to, and about which bodies: those with an address who may file plans there themselves."""
    found: dict[int, set[int]] = {}
    members = Membership.objects.filter(
        organization__in=[reminder.organization_id for reminder in reminders],
        role__in=rights.roles_for("file_plan"),
        user__is_active=True,
        user__is_service=False,
    ).exclude(user__email="")
    for person, body in members.order_by("user").values_list("user", "organization"):
        found.setdefault(person, set()).add(body)
    return found


def reminders_of(user: User) -> list[Reminder]:
    """The newest reminder of each plan that is still missing, to bodies in which `user` has a role and may file plans.

    One query, and two for each subject somebody was reminded of. Shown by plans/coverage/reminded.html as `reminders`.
    """
    if not user.is_authenticated:
        return []
    roles = rights.roles_for("file_plan")
    rows = (
        Reminder.objects.filter(
            organization__memberships__user=user,
            organization__memberships__role__in=roles,
            at__gt=timezone.now() - SHOWN_FOR,
        )
        .select_related("organization")
        .distinct()
        .order_by("-pk")[:200]
    )
    newest: dict[tuple, Reminder] = {}
    for reminder in rows:
        newest.setdefault((reminder.subject, reminder.organization_id, reminder.year), reminder)
    cells = _cells(newest)
    return [reminder for key, reminder in newest.items() if cells[key].mark == Mark.MISSING]


def _cells(reminders: dict[tuple, Reminder]) -> dict[tuple, Cell]:
    found = {}
    for subject in {reminder.subject for reminder in reminders.values()}:
        about = [reminder for reminder in reminders.values() if reminder.subject == subject]
        bodies = {reminder.organization_id: reminder.organization for reminder in about}.values()
        years = sorted({reminder.year for reminder in about})
        cells = cells_of(bodies, years, subject, timezone.localdate())
        found |= {(subject, *key): cell for key, cell in cells.items()}
    return found

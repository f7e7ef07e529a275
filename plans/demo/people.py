"""The accounts of a demonstration, from whom plans are expected, who was reminded, and views kept by one of them."""

from organizations import memberships
from organizations.models import Level, Membership, Organization, User
from plans.models import Expectation, Reminder, SavedView, WorkPlan

Role = Membership.Role
ACCOUNTS = (  # user name, name, role, rank of the body it is at
    ("demo-manager", "演示管理员", Role.MANAGER, "c"),
    ("demo-editor", "演示编辑", Role.EDITOR, "c"),
    ("demo-auditor", "演示审计", Role.AUDITOR, "c"),
    ("demo-district", "演示区县编辑", Role.EDITOR, "d"),
    ("demo-township", "演示通讯员", Role.CONTRIBUTOR, "t"),
)


def accounts(stage) -> list[User]:
    """Accounts that nobody can sign in to until somebody gives them a password; names that are taken are left alone."""
    made = []
    taken = set(User.objects.filter(username__startswith="demo-").values_list("username", flat=True))
    for username, name, role, rank in ACCOUNTS:
        body = next((one for one in stage.story.bodies if one.rank == rank), None)
        if body is None or username in taken:
            continue
        user = User.objects.create_user(username, password=None, name=name, must_change_password=True)
        membership = Membership(user=user, organization=stage.organizations[body.key], role=role)
        memberships.give(membership, None)
        stage.ledger.add([user, membership])
        made.append(user)
    return made


def calendar(stage, made: list[User]) -> None:
    """Who is to file by when, two bodies that need not, reminders of what is missing, and three views."""
    story = stage.story
    top = stage.organizations[story.bodies[0].key]
    levels = Level.objects.in_bulk()
    rows = [
        Expectation(organization=top, first_year=story.first, due_month=2, due_day=28, note="演示：本级"),
        Expectation(organization=top, level=levels.get("district"), first_year=story.first, note="演示：各区（市）"),
        Expectation(
            organization=top,
            level=levels.get("township"),
            first_year=story.first + 1,
            due_month=4,
            due_day=30,
            note="演示：镇街自次年起报送",
        ),
    ]
    towns = [body for body in story.bodies if body.rank == "t"]
    for body in towns[7::60]:
        rows.append(
            Expectation(
                organization=stage.organizations[body.key],
                first_year=story.latest - 1,
                expected=False,
                note="演示：并入园区工会开展工作，不单独报送",
            )
        )
    stage.ledger.add(Expectation.objects.bulk_create(row for row in rows if row.organization_id))
    stage.ledger.add(Reminder.objects.bulk_create(_reminders(stage, made)))
    _views(stage, made, top)


def _reminders(stage, made: list[User]) -> list[Reminder]:
    """Two of three that lack the plan of one of the last two years were reminded."""
    story = stage.story
    filed = set(
        WorkPlan.objects.filter(role="plan").exclude(state="draft").values_list("organization", "starts_on__year")
    )
    return [
        Reminder(
            organization=stage.organizations[body.key],
            year=year,
            note=f"请于近日报送{year}年工作计划。",
            by=made[0] if made else None,
        )
        for year in (story.latest, story.latest + 1)
        if year in story.years
        for body in story.bodies
        if (body.key, year) not in filed and body.chance("reminder", year).random() < 0.66
    ]


def _views(stage, made: list[User], top: Organization) -> None:
    if len(made) < 2:
        return
    year = stage.story.latest
    views = (
        ("plans", f"{year}年各区市工作要点", f"level=district&year={year}"),
        ("plan-targets", "新就业形态劳动者入会", "q=新就业形态"),
        ("plan-coverage", "镇街报送情况", "level=township"),
    )
    stage.ledger.add(
        SavedView.objects.bulk_create(
            SavedView(page=page, name=name, query=query, owner=made[1], shared_with=top) for page, name, query in views
        )
    )

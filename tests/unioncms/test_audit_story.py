"""A day as the audit trail tells it: sign-ins, rights, content, review, export and import, each in its order."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles import publishing, reviewing
from organizations.models import AuditEntry
from tests.articles.review_people import decide, make_office
from tests.factories import PASSWORD, make_channel

SEEDS = Path(__file__).resolve().parents[2] / "fixtures/seeds"
STORY = [
    ("sign in", "manager", "manager"),
    ("open account", "manager", "李通讯员"),
    ("give role", "manager", "李通讯员"),
    ("take role", "manager", "李通讯员"),
    ("create", "writer", "春送岗位"),
    ("save", "writer", "春送岗位进乡镇"),
    ("submit", "writer", "春送岗位进乡镇"),
    ("return", "reviewer", "春送岗位进乡镇"),
    ("save", "writer", "春送岗位到里岔"),
    ("submit", "writer", "春送岗位到里岔"),
    ("pass", "reviewer", "春送岗位到里岔"),
    ("pass", "second", "春送岗位到里岔"),
    ("pass", "signer", "春送岗位到里岔"),
    ("publish", "editor", "春送岗位到里岔"),
    ("withdraw", "editor", "春送岗位到里岔"),
    ("import", "", "*"),
    ("export", "manager", ""),
    ("sign out", "manager", "manager"),
]


@pytest.fixture
def office(db):
    return make_office(stages=3)


def live_through(client, office):
    """One of each, at the desk where it has a page, else by the verb."""
    client.post(reverse("login"), {"username": "manager", "password": PASSWORD})
    account = {"username": "li", "name": "李通讯员", "organization": office.township.pk, "role": "contributor"}
    client.post(reverse("admin:organizations_user_add"), account)
    new = office.township.memberships.get(user__username="li")
    page = reverse("admin:organizations_user_change", args=[new.user_id])
    rows = {"username": "li", "name": "李通讯员", "memberships-TOTAL_FORMS": 2, "memberships-INITIAL_FORMS": 1}
    first = {"id": new.pk, "user": new.user_id, "organization": office.township.pk, "role": "contributor"}
    second = {"user": new.user_id, "organization": office.city.pk, "role": "editor"}
    rows |= {f"memberships-0-{name}": value for name, value in first.items()}
    assert (
        client.post(page, rows | {f"memberships-1-{name}": value for name, value in second.items()}).status_code == 302
    )
    second["id"] = office.city.memberships.get(user__username="li").pk
    inner = {"id", "user", "organization", "role"}
    rows |= {f"memberships-0-{name}": second[name] for name in inner} | {"memberships-0-DELETE": "on"}
    rows |= {f"memberships-1-{name}": first[name] for name in inner} | {"memberships-INITIAL_FORMS": 2}
    assert client.post(page, rows).status_code == 302

    article = office.article()
    for title in ("春送岗位进乡镇", "春送岗位到里岔"):
        publishing.save_revision(article, office.writer, {"title": title})
        reviewing.submit(article, office.writer)
        if title.endswith("乡镇"):
            decide(article, office.reviewer, passed=False, opinion="写明地点。")
    for person in (office.reviewer, office.second, office.signer):
        decide(article, person)
    article.refresh_from_db()
    publishing.publish(article, office.editor)
    publishing.withdraw(article, office.editor, "数字有误。")
    seed = next(path for path in sorted(SEEDS.rglob("*")) if path.is_file())
    call_command("import_pages", str(seed), verbosity=0, owner=office.city.slug)
    taken = client.post(f"{reverse('admin:organizations_auditentry_export')}?organization={office.city.name}")
    body = b"".join(taken.streaming_content).decode("utf-8-sig")
    client.post(reverse("logout"))
    return article, list(csv.reader(io.StringIO(body)))


def test_the_trail_tells_the_day_in_order(client, office):
    make_channel("工作动态")
    article, taken = live_through(client, office)
    told = list(AuditEntry.objects.order_by("pk").values_list("verb", "actor_name", "object_name"))
    place = 0
    for verb, who, what in STORY:  # other entries may stand between them
        places = [
            number
            for number, (v, w, o) in enumerate(told)
            if number >= place and (v, w) == (verb, who) and what in ("*", o)
        ]
        assert places, (verb, who, what, told)
        place = places[0] + 1
    assert len(taken) > len(STORY)
    opinion = AuditEntry.objects.get(verb="return")
    assert (opinion.note, opinion.object_id, opinion.revision) == ("写明地点。", str(article.pk), 2)

    client.force_login(office.manager)
    page = client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "写明地点。" in page
    assert page.index("数字有误。") < page.index("写明地点。")  # newest first
    listed = client.get(reverse("admin:organizations_auditentry_changelist"), {"object": "春送岗位", "who": "signer"})
    assert [entry.verb for entry in listed.context["cl"].result_list] == ["pass"]


def test_who_was_given_and_lost_which_role_where(client, office):
    live_through(client, office)
    words = {"role": "editor", "organization": "胶州市总工会"}
    given, taken = AuditEntry.objects.get(verb="give role"), AuditEntry.objects.get(verb="take role")
    assert (given.before, given.after) == (None, words)
    assert (taken.before, taken.after) == (words, None)
    assert {entry.organization_id for entry in (given, taken)} == {office.city.pk}

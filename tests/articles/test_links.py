"""Preview links: who may make and end them, what opens, and the page of a leader without an account."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import links, publishing, reviewing
from articles.models import ChannelLimit, PreviewLink, Review
from organizations.models import Membership
from tests.articles.leader import LEADER, another_text, entries, press, ticket_in
from tests.factories import make_article, make_channel, make_organization, make_user

DAY = datetime.timedelta(days=1)


# Making and revoking


def test_a_link_is_valid_for_a_week_and_recorded(waiting, editor):
    link = links.make(waiting, editor, recipient="  王  主席 ")
    assert link.recipient == "王 主席"
    assert abs(link.expires_at - timezone.now() - 7 * DAY) < DAY / 24
    assert (link.revision, link.decides, link.made_by) == (None, False, editor)
    entry = entries("make link").get()
    assert (entry.object_id, entry.actor_name, entry.note) == (str(waiting.pk), str(editor), "王 主席")
    assert entry.organization_id == waiting.owner_id
    assert links.find(links.token(link)) == link


@pytest.mark.parametrize(
    ("wrong", "wrong_at"),
    [
        ({"recipient": " "}, "recipient"),
        ({"recipient": "王" * 61}, "recipient"),
        ({"expires_at": timezone.now() - DAY}, "days"),
        ({"expires_at": timezone.now() + 32 * DAY}, "days"),
        ({"revision": 9}, "revision"),
    ],
)
def test_what_a_link_must_not_be(waiting, editor, wrong, wrong_at):
    with pytest.raises(ValidationError) as refusal:
        links.make(waiting, editor, **{"recipient": LEADER, **wrong})
    assert wrong_at in getattr(refusal.value, "error_dict", [getattr(refusal.value, "code", None)])
    assert not PreviewLink.objects.exists()
    assert not entries("make link").exists()


@pytest.mark.parametrize(
    ("role", "decides", "allowed"),
    [
        ("contributor", False, False),
        ("auditor", False, False),
        ("editor", False, True),
        ("reviewer", False, True),
        ("editor", True, False),
        ("reviewer", True, False),
        ("signer", True, True),
        ("manager", True, True),
    ],
)
def test_who_may_make_a_link(waiting, owner, role, decides, allowed):
    person = make_user(role=role, organization=owner)
    if allowed:
        assert links.make(waiting, person, recipient=LEADER, decides=decides).pk
    else:
        with pytest.raises(PermissionDenied):
            links.make(waiting, person, recipient=LEADER, decides=decides)


def test_a_foreign_signer_makes_and_revokes_nothing(waiting, link):
    stranger = make_user(role="signer", organization=make_organization())
    for attempt in (lambda: links.make(waiting, stranger, recipient=LEADER), lambda: links.revoke(link, stranger)):
        with pytest.raises(PermissionDenied):
            attempt()
    link.refresh_from_db()
    assert link.revoked_at is None


def test_a_link_that_decides_needs_something_to_decide(waiting, signer, owner):
    draft = make_article("草稿", owner=owner, public=False)
    with pytest.raises(ValidationError):
        links.make(draft, signer, recipient=LEADER, decides=True)
    another_text(waiting)
    reviewing.submit(waiting, None)
    with pytest.raises(ValidationError):
        links.make(waiting, signer, recipient=LEADER, revision=1, decides=True)
    assert links.make(waiting, signer, recipient=LEADER, revision=2, decides=True).revision.number == 2


def test_whoever_had_a_part_in_the_text_makes_no_link_that_decides(waiting, owner, signer):
    publishing.save_revision(waiting, signer, {"title": "改过的"})
    reviewing.submit(waiting, None)
    with pytest.raises(ValidationError):
        links.make(waiting, signer, recipient=LEADER, decides=True)
    assert links.make(waiting, signer, recipient=LEADER).decides is False

    three = make_article(owner=owner, channel=make_channel(review_stages=3), public=False)
    reviewing.submit(three, None)
    other = make_user(role="signer", organization=owner)
    reviewing.decide(three, other, passed=True, revision=1)
    with pytest.raises(ValidationError):
        links.make(three, other, recipient=LEADER, decides=True)


def test_no_link_to_the_trash(owner, editor):
    article = make_article(owner=owner, public=False)
    link = links.make(article, editor, recipient=LEADER)
    publishing.trash(article, None)
    with pytest.raises(ValidationError):
        links.make(article, editor, recipient=LEADER)
    assert not links.opens(links.find(links.token(link)))


def test_a_link_is_revoked_once(link, editor):
    links.revoke(link, editor)
    assert link.revoked_at
    assert entries("revoke link").get().note == LEADER
    with pytest.raises(ValidationError):
        links.revoke(link, editor)


# Opening


def lose_role(link, signer):
    Membership.objects.filter(user=signer).update(role="editor")


def close_account(link, signer):
    signer.is_active = False
    signer.save()


def narrow(link, signer):
    ChannelLimit.objects.create(membership=signer.memberships.get(), channel=make_channel())


def move_away(link, signer):
    link.article.owner = make_organization()
    link.article.save()


def forget_maker(link, signer):
    PreviewLink.objects.filter(pk=link.pk).update(made_by=None)


def run_out(link, signer):
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())


def take_back(link, signer):
    links.revoke(link, signer)


def into_the_trash(link, signer):
    publishing.trash(link.article, None)


ENDS = [lose_role, close_account, narrow, move_away, forget_maker, run_out, take_back, into_the_trash]


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_ended_says_so_and_shows_nothing(client, link, signer, end):
    ticket = ticket_in(client.get(links.address(link)))
    end(link, signer)
    for response in (client.get(links.address(link)), press(client, link, ticket), client.head(links.address(link))):
        assert response.status_code == 410
        for word in ("送温暖", "全年新建", LEADER, "张部长"):
            assert word not in response.content.decode()
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert entries("open link").count() == 1
    assert not Review.objects.exists()
    with pytest.raises(ValidationError):
        links.decide(PreviewLink.objects.get(pk=link.pk), None, ticket=ticket, passed=True)


def test_an_address_with_a_letter_changed_is_no_page(client, link):
    right = links.token(link)
    number, signature = right.split(".")
    wrong = [
        right[:-1] + ("A" if right[-1] != "A" else "B"),
        f"{link.pk + 1}.{signature}",
        f"0{number}.{signature}",
        number,
        f"{number}.",
        "x",
        f"{number}:{signature}",
        "王.主席",
    ]
    for word in wrong:
        assert links.find(word) is None
        for method in (client.get, client.head, client.post):
            assert method(f"/preview/{word}/").status_code == 404, word
    assert not entries("open link").exists()


def test_the_page_of_a_link_is_private_and_leaves_nothing_behind(client, owner, editor):
    article = make_article("帮扶", owner=owner, public=False)
    link = links.make(article, editor, recipient=LEADER)
    response = client.get(links.address(link))
    html = response.content.decode()
    assert response.status_code == 200
    assert response.templates[0].name == "articles/preview_link.html"
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "views.js" not in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "<form method=" not in html
    assert LEADER in html
    assert not response.cookies
    assert not Session.objects.exists()
    assert client.get("/robots.txt").content.decode().count("Disallow: /preview/\n") == 1
    assert client.post(links.address(link)).status_code == 405
    for method in (client.put, client.delete, client.patch, client.options):
        assert method(links.address(link)).status_code == 405
    another_text(article)
    assert "送清凉" in client.get(links.address(link)).content.decode()


def test_each_opening_is_logged_with_who_opened(client, link, signer):
    client.head(links.address(link))
    assert not entries("open link").exists()
    client.get(links.address(link), REMOTE_ADDR="192.0.2.7")
    client.get(links.address(link))
    client.force_login(signer)
    client.get(links.address(link))
    link.refresh_from_db()
    assert link.opened_count == 2
    assert timezone.now() - link.last_opened_at < DAY / 24
    assert list(entries("open link").values_list("actor_name", "actor_id", "revision")) == [
        (LEADER, None, 1),
        (LEADER, None, 1),
        ("张部长", signer.pk, 1),
    ]
    assert entries("open link").first().address == "192.0.2.7"


def test_a_pinned_link_keeps_its_text_and_says_that_there_is_a_newer_one(client, waiting, signer):
    link = links.make(waiting, signer, recipient=LEADER, revision=1, decides=True)
    assert client.get(links.address(link)).context["newer"] is None
    another_text(waiting)
    reviewing.submit(waiting, None)
    response = client.get(links.address(link))
    assert (response.context["revision"].number, response.context["newer"]) == (1, 2)
    assert response.context["asks"] is False
    assert "送清凉" not in response.content.decode()

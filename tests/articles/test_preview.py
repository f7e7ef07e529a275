"""Previews at the desk: the article's own page of any revision, in frames of true widths; the list of preview links."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import links, publishing
from articles.models import ChannelLimit, PreviewLink, ViewCount
from organizations.models import AuditEntry
from tests.articles.desk_form import typed
from tests.articles.leader import LEADER
from tests.factories import make_article, make_channel, make_organization, make_plan, make_user
from tests.html_validation import html_faults


@pytest.fixture
def article(owner):
    """A public article with a newer text for another channel."""
    found = make_article("旧标题", owner=owner, channel=make_channel("旧栏目"))
    text = {
        "title": "新标题",
        "channel": make_channel("新栏目"),
        "author": "李干事",
        "tags": ["职工之家"],
        "summary": "摘要",
    }
    publishing.save_revision(found, None, text, major=True, public_note="更正了时间。")
    found.refresh_from_db()
    return found


def page(client, article, query=""):
    return client.get(f"/articles/{article.pk}/preview/{query}")


def at_desk(article, place, query="") -> str:
    return f"/admin/articles/article/{article.pk}/{place}/{query}"


def visible(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<wbr>", "", html))


# The page


def test_a_preview_is_the_page_that_publishing_makes(desk, client, article, editor):
    shown = page(desk, article, "?bare=1")
    assert shown.templates[1].name == "articles/article.html"
    publishing.publish(article, editor)
    public = client.get(article.get_absolute_url())
    main = [re.search(r"<main.*</main>", visible(found.content.decode()))[0] for found in (shown, public)]
    main = [re.sub(r'href="\?[^"]*"', "", one) for one in main]  # links that set the type size keep the query
    assert main[0] == main[1]
    for word in ("新标题", "新栏目", "李干事", "职工之家", "更正了时间。"):
        assert word in main[1]
    assert shown.context["article"].summary == "摘要"


def test_a_draft_is_dated_as_if_it_were_published_now_or_at_its_time(desk, owner):
    draft = make_article(owner=owner, public=False)
    today = f"{timezone.localtime():%Y-%m-%d}"
    assert f'<time datetime="{today}T' in page(desk, draft).content.decode()
    later = timezone.now() + datetime.timedelta(days=3)
    publishing.publish(draft, None, at=later)
    assert f'<time datetime="{timezone.localtime(later):%Y-%m-%dT%H:%M}' in page(desk, draft).content.decode()
    draft.refresh_from_db()
    imported = make_article(owner=owner, public=False, imported=True)
    assert '<span class="nodate">' in page(desk, imported).content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "新标题"),
        ("?revision=latest", "新标题"),
        ("?revision=2", "新标题"),
        ("?revision=1", "旧标题"),
        ("?revision=live", "旧标题"),
    ],
)
def test_the_revision_asked_for_is_shown(desk, article, query, title):
    response = page(desk, article, query)
    assert (response.context["revision"].title, response.context["article"].title) == (title, title)
    assert response.context["channel"].name == title.replace("标题", "栏目")


@pytest.mark.parametrize("word", ["3", "0", "-1", "x", "１", "9" * 30, "live"])
def test_a_revision_that_is_not_there_is_no_page(desk, owner, word):
    draft = make_article(owner=owner, public=False)
    assert page(desk, draft, f"?revision={word}").status_code == 404
    assert desk.get(at_desk(draft, "preview", f"?revision={word}")).status_code == 404


def test_a_preview_is_private_and_counts_nobody(desk, article):
    response = page(desk, article)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "views.js" not in response.content.decode()
    assert "banner preview" in response.content.decode()
    assert ViewCount.objects.get(article=article).count == 0


def test_only_the_bare_page_lets_itself_be_framed_and_only_by_the_site(desk, client, article):
    for query in ("", "?revision=1", "?bare=0"):
        response = page(desk, article, query)
        assert response.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    bare = page(desk, article, "?bare=1")
    assert bare.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = bare.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'self'" in policy
    assert "banner preview" not in bare.content.decode()
    assert desk.get(at_desk(article, "preview")).headers["X-Frame-Options"] == "DENY"
    desk.logout()
    assert page(desk, article, "?bare=1").headers["X-Frame-Options"] == "DENY"


def test_a_channel_limit_holds_for_previews(client, owner, article):
    person = make_user(role="editor", organization=owner, is_staff=True)
    client.force_login(person)
    assert page(client, article).status_code == 200
    ChannelLimit.objects.create(membership=person.memberships.get(), channel=make_channel())
    assert page(client, article).status_code == 403
    for place in ("preview", "links"):
        assert client.get(at_desk(article, place)).status_code == 403


def test_marks_of_the_plan_stand_where_the_text_still_has_their_words(desk, owner):
    plan = make_plan(organization=owner)
    target = plan.targets.first()
    publishing.save_revision(plan.article, None, {"body": "<p>新加的一段。</p>" + plan.article.latest_revision.body})
    html = page(desk, plan.article).content.decode()
    marked = html.split(f'<span class="mark" id="{target.anchor}">')[1]
    assert re.sub("<[^>]+>", "", marked).startswith(target.quote)
    publishing.save_revision(plan.article, None, {"body": "<p>全文改写了。</p>"})
    html = page(desk, plan.article).content.decode()
    assert 'class="mark"' not in html
    target.refresh_from_db()
    assert target.broken is False


# The frames


def test_the_frames_show_the_bare_page_at_the_width_chosen(desk, article):
    found = {}
    for name in ("", "computer", "phone", "computer-elder", "phone-elder", "nonsense"):
        html = desk.get(at_desk(article, "preview", f"?frame={name}&revision=1")).content.decode()
        found[name] = re.search(r'<iframe class="union-page (w\d+)" src="([^"]+)"', html).groups()
    address = f"/articles/{article.pk}/preview/?revision=1&amp;bare=1&amp;view="
    assert found == {
        "": ("w1280", address),
        "computer": ("w1280", address),
        "phone": ("w390", address),
        "computer-elder": ("w1280", address + "elder"),
        "phone-elder": ("w390", address + "elder"),
        "nonsense": ("w1280", address),
    }


def test_the_frame_page_offers_every_revision_and_keeps_the_choice(desk, article):
    response = desk.get(at_desk(article, "preview", "?frame=phone&revision=live"))
    html = response.content.decode()
    assert re.findall(r'<option value="(\w+)"( selected)?>', html) == [
        ("latest", ""),
        ("live", " selected"),
        ("2", ""),
        ("1", ""),
    ]
    assert 'href="?frame=computer&amp;revision=live"' in html
    assert '<input type="hidden" name="frame" value="phone">' in html
    assert "style=" not in re.search(r'<div id="content-main".*', html, re.S)[0]
    assert desk.post(at_desk(article, "preview")).status_code == 405


def test_saving_with_preview_leads_to_the_frames(desk, article):
    response = desk.post(at_desk(article, "change"), typed(article, title="再改", _preview="1"))
    assert response.url == at_desk(article, "preview")
    assert "再改" in page(desk, article).content.decode()


@pytest.mark.parametrize("place", ["preview", "links"])
def test_the_pages_at_the_desk_ask_as_much_for_thirty_rows_as_for_one(desk, article, owner, place):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(at_desk(article, place)).status_code == 200
        return len(captured)

    def another(number):
        maker = make_user(role="editor", organization=owner)
        publishing.save_revision(article, None, {"title": f"第{number}稿"})
        links.make(article, maker, recipient=f"主席{number}", revision=number % 2 + 1)

    another(1)
    queries()
    one = queries()
    for number in range(2, 31):
        another(number)
    assert queries() == one
    assert one <= 15


def test_the_pages_are_valid_html(desk, article, editor, tmp_path, link, waiting, client):
    made = links.make(article, editor, recipient=LEADER)
    pages = {
        "frames": desk.get(at_desk(article, "preview")).content.decode(),
        "links": desk.get(at_desk(article, "links", f"?link={made.pk}")).content.decode(),
        "preview": page(desk, article).content.decode(),
        "leader": client.get(links.address(link)).content.decode(),
    }
    assert html_faults(pages, tmp_path) == []


# The list of links


def make(client, article, **data):
    return client.post(at_desk(article, "links"), {"recipient": LEADER, "shows": "latest", "days": "7", **data})


def test_a_link_is_made_and_its_address_shown_then_and_later(desk, article):
    response = make(desk, article, days="3")
    link = PreviewLink.objects.get()
    assert response.url == at_desk(article, "links", f"?link={link.pk}")
    assert abs(link.expires_at - timezone.now() - datetime.timedelta(days=3)) < datetime.timedelta(minutes=5)
    for _ in range(2):
        html = desk.get(response.url).content.decode()
        assert f'value="http://testserver{links.address(link)}"' in html
        assert '<svg viewBox="0 0' in html
        assert "style=" not in html[html.index("<svg viewBox") :]
    assert links.token(link) not in desk.get(at_desk(article, "links")).content.decode()


def test_a_link_may_be_pinned_to_the_text_in_hand(desk, article):
    make(desk, article, shows="2")
    assert PreviewLink.objects.get().revision.number == 2
    assert make(desk, article, shows="1").status_code == 200
    assert PreviewLink.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"recipient": " "}, {"days": "32"}, {"days": "0"}, {"days": "x"}, {"shows": ""}])
def test_a_link_that_is_not_in_order_is_not_made(desk, article, wrong):
    response = make(desk, article, **wrong)
    assert response.status_code == 200
    assert next(iter(wrong)) in response.context["form"].errors
    assert not PreviewLink.objects.exists()


def test_only_whoever_may_delegate_is_asked_whether_the_reader_decides(client, desk, waiting, owner, signer):
    assert "decides" not in desk.get(at_desk(waiting, "links")).context["form"].fields
    make(desk, waiting, decides="on")
    assert PreviewLink.objects.get().decides is False
    signer.is_staff = True
    signer.save()
    client.force_login(signer)
    make(client, waiting, decides="on")
    assert PreviewLink.objects.filter(decides=True, made_by=signer).count() == 1


def test_the_verb_s_refusal_stands_at_its_field(client, owner, signer):
    signer.is_staff = True
    signer.save()
    client.force_login(signer)
    draft = make_article(owner=owner, public=False)
    assert make(client, draft, decides="on").context["form"].errors["decides"]


def test_the_address_of_a_link_that_decides_is_its_maker_s_secret(desk, link, waiting, signer):
    html = desk.get(at_desk(waiting, "links", f"?link={link.pk}")).content.decode()
    assert LEADER in html
    assert links.token(link) not in html
    signer.is_staff = True
    signer.save()
    desk.force_login(signer)
    assert links.token(link) in desk.get(at_desk(waiting, "links", f"?link={link.pk}")).content.decode()


def test_a_link_is_revoked_from_the_list(desk, article, editor):
    link = links.make(article, editor, recipient=LEADER)
    address = at_desk(article, f"links/{link.pk}/revoke")
    assert desk.get(address).status_code == 405
    assert desk.post(address).url == at_desk(article, "links")
    link.refresh_from_db()
    assert link.revoked_at
    html = desk.get(at_desk(article, "links", f"?link={link.pk}")).content.decode()
    assert links.token(link) not in html
    assert address not in html
    other = make_article(owner=article.owner)
    assert desk.post(at_desk(other, f"links/{link.pk}/revoke")).status_code == 404


@pytest.mark.parametrize("role", ["contributor", "auditor"])
def test_whoever_only_reads_sees_no_links(client, owner, article, editor, role):
    link = links.make(article, editor, recipient=LEADER)
    client.force_login(make_user(role=role, organization=owner, is_staff=True))
    for answer in (
        client.get(at_desk(article, "links")),
        make(client, article),
        client.post(at_desk(article, f"links/{link.pk}/revoke")),
    ):
        assert answer.status_code == 403
        assert LEADER not in answer.content.decode()
    assert client.get(at_desk(article, "preview")).status_code == 200
    assert page(client, article).status_code == 200
    assert PreviewLink.objects.get().revoked_at is None


def test_nothing_of_it_is_for_outsiders_or_for_editors_elsewhere(client, owner, editor):
    draft = make_article("尚未发布", owner=owner, public=False)
    link = links.make(draft, editor, recipient=LEADER)
    places = [
        f"/articles/{draft.pk}/preview/",
        f"/articles/{draft.pk}/preview/?bare=1",
        *(at_desk(draft, place) for place in ("preview", "links", f"links/{link.pk}/revoke")),
    ]
    before = AuditEntry.objects.count()
    elsewhere = make_user(role="manager", organization=make_organization(), is_staff=True)
    for person in (None, make_user(), elsewhere):
        if person:
            client.force_login(person)
        for address in places:
            for method in (client.get, client.head, client.post, client.put, client.delete):
                response = method(address)
                assert response.status_code in ((403, 405) if person == elsewhere else (302, 403, 405)), address
                assert "尚未发布" not in response.content.decode()
                assert LEADER not in response.content.decode()
    assert PreviewLink.objects.get().revoked_at is None
    assert AuditEntry.objects.exclude(verb__startswith="sign").count() == before

"""Revisions at the desk: listed, read, compared, taken up again, named; by whom."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from articles import publishing, revisions
from articles.models import Review, Revision
from organizations.models import AuditEntry
from tests.factories import make_article, make_channel, make_organization, make_user

PAGES = {
    "revisions": "revisions/",
    "revision": "revisions/1/",
    "compare": "compare/?from=1&to=2",
    "restore_revision": "revisions/1/restore/",
    "name_revision": "revisions/1/name/",
}


def address(article, page: str) -> str:
    return f"/admin/articles/article/{article.pk}/{PAGES[page]}"


@pytest.fixture
def article(owner):
    """Live with its first revision, changed in a second one."""
    article = make_article("劳动竞赛通知", owner=owner, body="<p>发展会员1000名。</p>")
    publishing.save_revision(article, None, {"body": "<p>发展会员1200名。</p>"}, change_note="数字更正")
    article.refresh_from_db()
    return article


# Verbs


def test_taking_up_an_earlier_text_makes_a_new_revision_and_leaves_the_live_one(article, editor):
    saved = revisions.restore_revision(article, editor, 1)
    assert (saved.number, saved.body) == (3, "<p>发展会员1000名。</p>")
    assert "1" in saved.change_note
    assert (article.latest_revision_id, article.live_revision.number) == (saved.pk, 1)
    entry = AuditEntry.objects.get(verb="restore revision")
    assert (entry.revision, entry.after, entry.actor_id) == (3, {"from": 1}, editor.pk)


def test_every_field_of_the_text_comes_back(owner, editor):
    first, second = make_channel(), make_channel()
    article = make_article(owner=owner, public=False, channel=first, text={"tags": ["建会"], "complete": False})
    publishing.save_revision(article, None, {"tags": [], "complete": True, "channel": second, "title": "另一题"})
    saved = revisions.restore_revision(article, editor, 1)
    assert (saved.tags, saved.complete, saved.channel, saved.title) == (["建会"], False, first, article.title)


@pytest.mark.parametrize(("number", "code"), [(9, "number"), (2, "same")])
def test_what_is_not_there_or_says_the_same_is_refused(article, editor, number, code):
    with pytest.raises(ValidationError) as refusal:
        revisions.restore_revision(article, editor, number)
    assert refusal.value.code == code
    assert article.revisions.count() == 2


def test_nothing_is_taken_up_in_the_trash(owner, editor):
    article = make_article(owner=owner, public=False)
    publishing.save_revision(article, None, {"title": "第二版"})
    publishing.trash(article, None)
    with pytest.raises(ValidationError) as refusal:
        revisions.restore_revision(article, editor, 1)
    assert refusal.value.code == "state"


def test_taking_up_needs_the_rights_of_saving(article, owner):
    contributor = make_user(role="contributor", organization=owner)
    with pytest.raises(PermissionDenied):
        revisions.restore_revision(article, contributor, 1)
    draft = make_article(owner=owner, public=False)
    publishing.save_revision(draft, None, {"title": "第二版"})
    assert revisions.restore_revision(draft, contributor, 1).number == 3


def test_a_revision_on_its_way_is_superseded_by_the_text_taken_up(owner, editor):
    article = make_article(owner=owner, public=False, channel=make_channel(review_stages=3))
    publishing.save_revision(article, None, {"title": "第二版"})
    Revision.objects.filter(pk=article.latest_revision_id).update(stage="first")
    article.review_stage = "first"
    article.save()
    revisions.restore_revision(article, editor, 1)
    assert article.review_stage == ""
    assert article.revisions.get(number=2).stage == "superseded"


def test_a_name_is_given_changed_and_taken_away(article, editor):
    revision = article.revisions.get(number=1)
    for name in (" 会上\n讨论稿 ", "会上讨论稿", ""):
        revisions.name_revision(revision, editor, name)
    names = [(entry.before["name"], entry.after["name"]) for entry in AuditEntry.objects.filter(verb="name revision")]
    assert sorted(names) == sorted([("", "会上 讨论稿"), ("会上 讨论稿", "会上讨论稿"), ("会上讨论稿", "")])
    revision.refresh_from_db()
    assert revision.name == ""


def test_a_name_that_is_too_long_or_given_by_a_stranger_is_refused(article, editor):
    revision = article.revisions.get(number=1)
    revisions.name_revision(revision, editor, "长" * 60)
    with pytest.raises(ValidationError):
        revisions.name_revision(revision, editor, "长" * 61)
    with pytest.raises(PermissionDenied):
        revisions.name_revision(revision, make_user(role="manager"), "改")
    revision.refresh_from_db()
    assert revision.name == "长" * 60


# Pages


def test_the_list_says_which_is_live_and_which_the_latest(desk, article):
    page = desk.get(address(article, "revisions"))
    assert [row.number for row in page.context["page"]] == [2, 1]
    assert [row.number_before for row in page.context["page"]] == [1, None]
    assert page.context["live"] == 1
    text = page.content.decode()
    assert "数字更正" in text
    assert text.count(" checked") == 2
    assert address(article, "restore_revision") in text


def test_the_list_is_paged(desk, article):
    first = article.latest_revision
    rows = [
        Revision(article=article, number=number, title=f"第{number}版", body="<p>文</p>", channel=first.channel)
        for number in range(3, 60)
    ]
    Revision.objects.bulk_create(rows)
    assert next(row.number for row in desk.get(f"{address(article, 'revisions')}?page=2").context["page"]) == 9
    assert desk.get(f"{address(article, 'revisions')}?page=3").status_code == 404


def test_a_revision_is_read_with_its_particulars_and_opinions_and_shown_clean(desk, owner, article):
    Revision.objects.filter(article=article, number=1).update(
        body="<p>好</p><script>alert(1)</script>", tags=["建会", "竞赛"], author="王工"
    )
    reviewer = make_user("shenhe", role="reviewer", organization=owner)
    Review.objects.create(
        revision=article.revisions.get(number=1),
        stage="first",
        person=reviewer,
        person_name="张审核",
        decision="return",
        opinion="日期请核对",
    )
    text = desk.get(address(article, "revision")).content.decode()
    assert "<p>好</p>" in text
    assert "alert(1)" not in text
    for word in ("建会，竞赛", "王工", "张审核", "日期请核对", f"/articles/{article.pk}/preview/?revision=1"):
        assert word in text
    assert desk.get(address(article, "revision").replace("s/1/", "s/9/")).status_code == 404
    assert desk.post(address(article, "revision"), {"title": "x"}).status_code in (200, 405)
    assert article.revisions.get(number=1).author == "王工"


def test_two_revisions_are_compared_the_live_one_and_the_latest_unless_told(desk, article):
    for query in ("", "?from=1", "?to=2", "?from=1&to=2"):
        page = desk.get(address(article, "compare").split("?")[0] + query)
        assert (page.context["compared"].old.number, page.context["compared"].new.number) == (1, 2), query
        assert "发展会员<del>1000</del><ins>1200</ins>名。" in page.content.decode()
    sides = desk.get(f"{address(article, 'compare')}&view=sides").content.decode()
    assert "发展会员<del>1000</del>名。" in sides
    assert "发展会员<ins>1200</ins>名。" in sides


def test_without_anything_unpublished_the_last_two_are_compared(desk, article):
    publishing.publish(article, None)
    page = desk.get(address(article, "compare").split("?")[0])
    assert (page.context["compared"].old.number, page.context["compared"].new.number) == (1, 2)


def test_one_revision_alone_is_compared_with_itself(desk, owner):
    only = make_article(owner=owner, public=False)
    page = desk.get(address(only, "compare").split("?")[0])
    assert page.status_code == 200
    assert not page.context["compared"].comparison.changed


@pytest.mark.parametrize("query", ["?from=9", "?to=x", "?from=²", "?from=-1", "?to=" + "9" * 30])
def test_a_number_that_is_none_is_not_found(desk, article, query):
    assert desk.get(address(article, "compare").split("?")[0] + query).status_code == 404


def test_particulars_that_differ_are_shown_in_words(desk, article):
    publishing.save_revision(article, None, {"tags": ["建会"], "complete": False, "channel": make_channel("通知公告")})
    page = desk.get(address(article, "compare").replace("to=2", "to=3"))
    assert {line.name for _label, line in page.context["compared"].lines} == {"tags", "complete", "channel"}
    assert "通知公告" in page.content.decode()


def test_what_readers_will_be_told_stands_above_the_two_texts(desk, article):
    publishing.save_revision(article, None, {"title": "改题"}, major=True, public_note="更正了时间。")
    assert "更正了时间。" in desk.get(f"/admin/articles/article/{article.pk}/compare/").content.decode()


def test_words_of_a_text_never_become_marks_of_the_page(desk, article):
    publishing.save_revision(
        article, None, {"title": "<script>alert(2)</script>", "body": "<p>&lt;b&gt;x&lt;/b&gt;</p>"}
    )
    text = desk.get(address(article, "compare").replace("to=2", "to=3")).content.decode()
    assert "<script>alert(2)" not in text
    assert "<b>x</b>" not in text


def test_moved_paragraphs_point_at_one_another(desk, owner):
    parts = [
        "<p>全年新建工会组织二十家，发展会员一千名。</p>",
        "<p>集体合同签订率达到九成以上。</p>",
        "<p>组织技能比武。</p>",
    ]
    article = make_article(owner=owner, public=False, body="".join(parts))
    publishing.save_revision(article, None, {"body": "".join(parts[1:] + parts[:1])})
    text = desk.get(address(article, "compare")).content.decode()
    for part in ('id="left-1"', 'id="moved-1"', 'href="#left-1"', 'href="#moved-1"'):
        assert text.count(part) == 1


def test_taking_up_and_naming_at_the_desk(desk, article):
    for page, data in (("restore_revision", {}), ("name_revision", {"name": "送审稿"})):
        assert desk.get(address(article, page)).status_code == 200
        assert desk.post(address(article, page), data).url == address(article, "revisions")
    article.refresh_from_db()
    assert article.latest_revision.number == 3
    assert article.revisions.get(number=1).name == "送审稿"
    assert "送审稿" in desk.get(address(article, "revisions")).content.decode()
    assert desk.get(address(article, "revision")).status_code == 200


def test_asking_changes_nothing(desk, article):
    for page in PAGES:
        desk.get(address(article, page))
    assert article.revisions.count() == 2
    assert not AuditEntry.objects.filter(verb__in=("restore revision", "name revision")).exists()


# Who


def test_outsiders_sign_in_first_and_others_are_refused(client, article):
    for page in PAGES:
        response = client.get(address(article, page))
        assert (response.status_code, "login" in response.url) == (302, True)
    strangers = {
        302: make_user(is_staff=True),  # without a role the desk is closed
        403: make_user(role="manager", organization=make_organization("建湖县总工会"), is_staff=True),
    }
    for status, stranger in strangers.items():
        client.force_login(stranger)
        for page in PAGES:
            for response in (client.get(address(article, page)), client.post(address(article, page), {"name": "改"})):
                assert response.status_code == status, page
                assert "劳动竞赛通知" not in response.content.decode()
    article.refresh_from_db()
    assert article.latest_revision.number == 2
    assert not article.revisions.exclude(name="").exists()


@pytest.mark.parametrize(("role", "restores"), [("auditor", False), ("contributor", False), ("reviewer", True)])
def test_members_read_and_compare_and_the_role_decides_who_changes(client, owner, article, role, restores):
    client.force_login(make_user(role=role, organization=owner, is_staff=True))
    for page in ("revisions", "revision", "compare"):
        text = client.get(address(article, page)).content.decode()
        assert (address(article, "restore_revision") in text) is restores, page
    assert (client.post(address(article, "restore_revision")).status_code == 302) is restores
    assert (article.revisions.count() == 3) is restores


def test_the_form_leads_to_the_revisions(desk, article):
    text = desk.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert address(article, "revisions") in text
    assert address(article, "compare").split("?")[0] in text


# Queries


def test_pages_ask_as_often_for_thirty_revisions_as_for_one(desk, owner, django_assert_max_num_queries):
    article = make_article(owner=owner, public=False)

    def asked(page: str) -> int:
        with django_assert_max_num_queries(15) as queries:
            assert desk.get(page).status_code == 200
        bodies = [query["sql"] for query in queries.captured_queries if '"articles_revision"."body"' in query["sql"]]
        assert page != listing or len(bodies) <= 1  # that of the latest, which every page of an article has at hand
        return len(queries)

    listing = address(article, "revisions")
    pages = (listing, address(article, "revision"), address(article, "compare").split("?")[0])
    publishing.save_revision(article, None, {"title": "第二版"})
    few = [asked(page) for page in pages]
    for number in range(29):
        publishing.save_revision(article, None, {"title": f"又一版{number}"})
    assert [asked(page) for page in pages] == few

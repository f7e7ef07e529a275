"""The article form while somebody writes: what is kept, offered, said of others; two texts brought together."""

import json
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import drafts, particulars, publishing
from articles.models import Article, EditingSession
from tests.articles.desk_form import LIST, change, said, typed
from tests.articles.pictures import picture
from tests.factories import make_article, make_channel, make_organization, make_user

NEW = f"{LIST}autosave/"


def page(name: str, article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


@pytest.fixture
def article(owner):
    return make_article("原题", owner=owner, public=False, body="<p>甲</p><p>乙</p><p>丙</p>")


@pytest.fixture
def colleague(owner):
    return make_user("王芳", role="editor", organization=owner, is_staff=True)


@pytest.fixture
def keep(desk, editor):
    """Post to the autosave page as the script does."""

    def post(article, doing="keep", **changes):
        return desk.post(page("autosave", article), typed(article, **changes) | {"doing": doing, "writer": editor.pk})

    return post


def shown(response):
    return response.context["adminform"].form


def test_what_is_typed_is_kept_and_offered_and_continued_with(desk, article, keep, editor):
    answer = keep(
        article, title="未存的题目", tags="就业，欠薪", published_at_0="2019-03-11", published_at_1="08:00:00"
    )
    kept_at = drafts.kept(article, editor).text_at
    assert answer.json()["kept_at"] == f"{timezone.localtime(kept_at):%H:%M}"
    assert (article.revisions.count(), drafts.kept(article, editor).base) == (1, 1)
    opened = desk.get(change(article))
    assert opened.context["editing"]["offered"]
    assert shown(opened)["title"].value() == "原题"
    assert 'name="kept" value=""' in opened.content.decode()
    begun = desk.get(f"{change(article)}?draft=1")
    html = begun.content.decode()
    assert begun.context["editing"]["offered"] is None
    assert f'name="kept" value="{answer.json()["kept"]}"' in html
    assert 'value="未存的题目"' in html
    assert 'value="就业，欠薪"' in html
    assert 'value="2019-03-11"' in html
    assert f'name="base" value="{article.latest_revision.number}"' in html


def test_what_does_not_differ_is_not_offered_and_goes(desk, article, keep, editor):
    keep(article, change_note="只有备注", title=" 原题 ")
    assert drafts.kept(article, editor)
    assert desk.get(change(article)).context["editing"]["offered"] is None
    assert drafts.kept(article, editor) is None


def test_a_new_articles_text_is_kept_offered_and_saved(desk, owner, editor):
    data = {"owner": owner, "channel": make_channel()}
    typed_text = typed(**data) | {"title": "新稿"}
    answer = desk.post(NEW, typed_text | {"doing": "keep", "writer": editor.pk}).json()
    assert answer["others"] == []
    assert desk.get(f"{LIST}add/").context["editing"]["offered"]
    assert shown(desk.get(f"{LIST}add/?draft=1"))["title"].value() == "新稿"
    desk.post(f"{LIST}add/", typed_text | {"kept": answer["kept"]})
    assert Article.objects.get().title == "新稿"
    assert drafts.kept(None, editor) is None


def test_a_save_drops_the_draft_it_came_from_and_no_other(desk, article, keep, editor):
    kept = keep(article, title="未存的题目").json()["kept"]
    desk.post(change(article), typed(article, title="别的窗口"))
    assert drafts.kept(article, editor).text["title"] == "未存的题目"
    article.refresh_from_db()
    refused = desk.post(change(article), typed(article, title=" ", kept=kept))
    assert f'name="kept" value="{kept}"' in refused.content.decode()
    assert drafts.kept(article, editor)
    desk.post(change(article), typed(article, title="存下的题目", kept=kept))
    assert drafts.kept(article, editor) is None


def test_a_second_window_is_told_and_writes_over_nothing(desk, article, keep, editor):
    keep(article, title="第一窗口")
    begun = {"window": desk.get(change(article)).context["editing"]["window"]}
    answer = keep(article, title="第二窗口", **begun)
    assert (answer.status_code, bool(answer.json()["error"])) == (409, True)
    assert drafts.kept(article, editor).text["title"] == "第一窗口"


def test_a_window_whose_answer_was_lost_keeps_on(desk, article, keep, editor):
    window = desk.get(change(article)).context["editing"]["window"]
    for title in ("一", "二"):
        assert keep(article, title=title, window=window).status_code == 200
    assert drafts.kept(article, editor).text["title"] == "二"


def test_too_much_text_is_refused(article, keep, editor):
    assert keep(article, body="文" * drafts.LIMIT).status_code in (400, 413)
    assert keep(article, body="文" * (drafts.LIMIT // 3)).status_code == 413
    assert drafts.kept(article, editor) is None


def test_files_and_what_is_no_field_are_not_kept_and_numbers_that_are_none_do_no_harm(desk, article, keep, editor):
    keep(article, file=picture(), lead_image="x", organization="9" * 30, level="²", title="题", published_at_0="昨天")
    assert not {"file", "csrfmiddlewaretoken", "doing"} & {*drafts.kept(article, editor).text}
    assert desk.get(f"{change(article)}?draft=1").status_code == 200
    assert desk.get(page("merge", article)).status_code == 200


def test_throwing_away_asks_first(desk, article, keep, editor):
    keep(article, title="未存的题目")
    assert "未存的题目" in desk.get(page("discard", article)).content.decode()
    assert drafts.kept(article, editor)
    assert desk.post(page("discard", article)).url == change(article)
    assert drafts.kept(article, editor) is None
    assert desk.get(page("discard", article)).url == change(article)
    assert desk.get(f"{LIST}discard/").url == f"{LIST}add/"


def test_signed_out_is_said_and_not_redirected(client, article, editor, colleague):
    for address in (NEW, page("autosave", article)):
        assert client.post(address, {"doing": "alive"}).status_code == 401
        assert client.get(address).status_code == 401
    client.force_login(colleague)
    answer = client.post(page("autosave", article), typed(article) | {"doing": "keep", "writer": editor.pk})
    assert answer.status_code == 401  # somebody else signed in meanwhile: not theirs to keep
    assert not EditingSession.objects.exists()


@pytest.mark.parametrize("role", [None, "reader", "contributor", "editor"])
def test_nobody_else_reaches_the_draft_of_an_article(client, article, role):
    person = make_user(role=None if role in (None, "reader") else role, organization=make_organization(), is_staff=True)
    if role:
        client.force_login(person)
    for name in ("autosave", "discard", "merge"):
        for ask in (client.get, client.post):
            response = ask(page(name, article), {"doing": "alive", "writer": person.pk})
            assert response.status_code in ((302, 401) if role is None else (302, 403))
            assert "原题" not in response.content.decode()
            if role and response.status_code == 302:
                assert role == "reader"


def test_a_token_changed_by_a_new_sign_in_can_be_had(desk, article):
    assert len(desk.get(page("autosave", article)).json()["token"]) == 64


def test_others_are_named_at_opening_and_by_each_sign_of_life(desk, article, keep, colleague):
    drafts.open_form(article, colleague)
    assert "王芳" in desk.get(change(article)).content.decode()
    assert "王芳" in keep(article, "alive").json()["others"][0]
    drafts.leave(article, colleague)
    assert keep(article, "alive").json()["others"] == []


def test_leaving_takes_the_name_away_and_keeps_the_text(desk, article, keep, editor, colleague):
    desk.get(change(article))
    assert [row.user for row in drafts.others(article, colleague)] == [editor]
    keep(article, "leave", title="离开时的题目")
    assert drafts.others(article, colleague) == []
    assert drafts.kept(article, editor).text["title"] == "离开时的题目"


def test_a_form_that_only_gives_signs_of_life_does_not_stay_signed_in(desk, article, keep):
    def seen():
        return desk.session["seen"]

    session = desk.session
    session["seen"] = int(time.time()) - 1000
    session.save()
    old = seen()
    keep(article, "alive")
    desk.get(page("autosave", article))
    assert seen() == old
    keep(article, title="真的在写")
    assert seen() > old


def test_who_may_only_read_the_form_is_not_at_work_in_it(client, owner, article):
    client.force_login(make_user(role="auditor", organization=owner, is_staff=True))
    assert client.get(change(article)).status_code == 200
    assert not EditingSession.objects.exists()


def test_forms_and_signs_of_life_cost_the_same_for_one_and_many(
    desk, article, owner, keep, django_assert_max_num_queries
):
    keep(article, title="未存的题目")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            drafts.open_form(article, make_user(role="editor", organization=owner))
        count = []
        for ask in (
            lambda: desk.get(change(article)),
            lambda: keep(article, "alive"),
            lambda: desk.get(page("merge", article)),
        ):
            with django_assert_max_num_queries(20) as queries:
                ask()
            count.append(len(queries))
        counts.append(count)
    assert counts[0] == counts[1]
    assert counts[0][1] <= 8


# Two texts


@pytest.fixture
def late(desk, article):
    """The editor saves too late: somebody else has changed the title, the first paragraph and the last."""
    data = typed(article, title="我的题目", body="<p>甲</p><p>乙改</p><p>丙我</p>", source="我的来源")
    publishing.save_revision(article, None, {"title": "他的题目", "body": "<p>甲改</p><p>乙</p><p>丙他</p>"})
    response = desk.post(change(article), data)
    assert response.url == page("merge", article)
    return response


def outcome(desk, article, asked, **choices):
    return desk.post(page("merge", article), {"seen": asked.context["seen"], **choices})


def test_a_late_save_leads_to_both_texts_and_both_are_saved(desk, article, late, editor):
    asked = desk.get(page("merge", article))
    lines = {line.name: line.kind for line in asked.context["lines"]}
    assert (lines["title"], lines["source"]) == ("conflict", "mine")
    assert [part.kind for part in asked.context["body"]] == ["theirs", "mine", "conflict"]
    html = asked.content.decode()
    assert all(words in html for words in ("原题", "我的题目", "他的题目", "丙我", "丙他", "甲改", "乙改"))
    unchosen = outcome(desk, article, asked)
    assert unchosen.context["error"]
    assert outcome(desk, article, asked, title="both").context["error"]
    assert outcome(desk, article, asked, title="mine").url == f"{change(article)}?draft=1"
    assert article.revisions.count() == 2
    form = shown(desk.get(f"{change(article)}?draft=1"))
    assert form["title"].value() == "我的题目"
    assert form["body"].value() == "<p>甲改</p><p>乙改</p><p>丙他</p><p>丙我</p>"
    assert str(form["base"].value()) == "2"
    sent = typed(article, title="我的题目", source=form["source"].value(), body=form["body"].value(), base=2)
    desk.post(change(article), sent | {"kept": drafts.kept(article, editor).text_at.isoformat()})
    article.refresh_from_db()
    latest = article.latest_revision
    assert (latest.number, latest.title, latest.source) == (3, "我的题目", "我的来源")
    assert latest.body == "<p>甲改</p><p>乙改</p><p>丙他</p><p>丙我</p>"
    assert drafts.kept(article, editor) is None


@pytest.mark.parametrize(("choice", "last"), [("theirs", "<p>丙他</p>"), ("mine", "<p>丙我</p>")])
def test_one_side_can_be_chosen(desk, article, late, choice, last):
    asked = desk.get(page("merge", article))
    outcome(desk, article, asked, title=choice, part2=choice)
    form = shown(desk.get(f"{change(article)}?draft=1"))
    assert form["title"].value() == {"theirs": "他的题目", "mine": "我的题目"}[choice]
    assert form["body"].value() == f"<p>甲改</p><p>乙改</p>{last}"


def test_yet_another_revision_meanwhile_is_shown_again_and_then_refused_again(desk, article, late, editor):
    asked = desk.get(page("merge", article))
    publishing.save_revision(article, None, {"kicker": "又改了"})
    again = outcome(desk, article, asked, title="mine")
    assert again.context["error"]
    assert drafts.kept(article, editor).base == 1
    assert outcome(desk, article, again, title="mine").url
    publishing.save_revision(article, None, {"kicker": "再改"})
    kept = drafts.kept(article, editor)
    answer = desk.post(change(article), typed(article, title="我的题目", base=3, kept=kept.text_at.isoformat()))
    assert answer.url == page("merge", article)


def test_a_late_save_beside_an_undecided_draft_is_shown_again_and_loses_neither(desk, article, keep, editor):
    keep(article, title="早先未存")
    data = typed(article, title="我的题目")
    publishing.save_revision(article, None, {"title": "他的题目"})
    response = desk.post(change(article), data)
    assert (response.status_code, len(shown(response).non_field_errors())) == (200, 1)
    assert 'value="我的题目"' in response.content.decode()
    assert drafts.kept(article, editor).text["title"] == "早先未存"


def test_particulars_are_brought_together_too(desk, article, editor):
    started = shown(desk.get(change(article)))["started"].value()
    about = make_organization("青岛市总工会")
    particulars.describe(article, None, kind="notice", organization=about)
    late = typed(article, started=started, kind="speech", published_at_0="2019-03-11", published_at_1="08:00:00")
    answer = desk.post(change(article), late, headers={"accept-language": "en"})
    assert said(answer)[-1].startswith("kind: ")
    asked = desk.get(page("merge", article), headers={"accept-language": "en"})
    lines = {line.name: line for line in asked.context["lines"]}
    assert {name: line.kind for name, line in lines.items()} == {
        "kind": "conflict",
        "organization": "theirs",
        "published_at": "mine",
        **({"tags": "mine"} if "tags" in lines else {}),
    }
    assert (lines["kind"].theirs, lines["organization"].theirs) == ("notice", "青岛市总工会")
    assert lines["published_at"].mine == "2019-03-11 08:00"
    outcome(desk, article, asked, kind="mine")
    form = shown(desk.get(f"{change(article)}?draft=1"))
    sent = {name: form[name].value() for name in ("kind", "organization", "started")}
    sent |= {"kept": drafts.kept(article, editor).text_at.isoformat(), "date_reason": "来函日期"}
    desk.post(change(article), late | sent)
    article.refresh_from_db()
    assert (article.kind, article.organization, article.published_at.year) == ("speech", about, 2019)


def test_tags_of_both_are_there_and_a_base_that_never_was_asks_about_everything(desk, owner, editor):
    article = make_article("原题", owner=owner, public=False, text={"tags": ["就业", "欠薪"]})
    late = typed(article, tags="就业，欠薪，建会", base=99)
    publishing.save_revision(article, None, {"tags": ["就业", "调解"]})
    late_known = typed(article, tags="就业，欠薪，建会", base=1)
    assert desk.post(change(article), late_known).url == page("merge", article)
    outcome(desk, article, desk.get(page("merge", article)))
    assert shown(desk.get(f"{change(article)}?draft=1"))["tags"].value() == "就业，调解，建会"
    drafts.forget(article, editor, drafts.kept(article, editor).text_at)
    desk.post(change(article), late)
    assert desk.get(page("merge", article)).status_code == 200


def test_a_draft_of_the_latest_text_is_looked_at_on_the_same_page(desk, article, keep):
    keep(article, body="<p>甲</p><p>乙新</p><p>丙</p><script>alert(1)</script>")
    asked = desk.get(page("merge", article))
    assert [part.kind for part in asked.context["body"]] == ["unchanged", "mine", "unchanged"]
    assert "alert(1)" not in asked.content.decode()
    assert asked.context["conflicts"] == 0


def test_without_a_draft_there_is_nothing_to_bring_together(desk, article):
    assert desk.get(page("merge", article)).url == change(article)


def test_what_the_script_is_told_is_in_the_page(desk, article):
    html = desk.get(change(article)).content.decode()
    assert f'data-address="{page("autosave", article)}"' in html
    assert "admin/union-drafts.js" in html
    assert json.loads(desk.get(page("autosave", article)).content).keys() == {"token", "others"}

"""Review at the desk: the form's buttons and notice, the page of one text, the list, the sheet, the to-do list."""

import pytest
from django.urls import reverse

from articles import publishing, reviewing
from articles.models import Article, Review
from organizations.models import Membership
from tests.articles.desk_form import LIST, change, said, typed
from tests.articles.review_people import decide, make_office
from tests.factories import make_article, make_channel, make_organization, make_user

WAITING = "/admin/articles/article/review/"


@pytest.fixture
def office(db):
    return make_office(2)


@pytest.fixture
def at_desk(client):
    def sit(user):
        client.force_login(user)
        return client

    return sit


def page(name: str, article) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def decision(word: str, number: int = 1, stage: str = "first", **more) -> dict:
    """What the form of a text's page sends."""
    return {"decision": word, "revision": str(number), "stage": stage, **more}


def buttons(response) -> set[str]:
    html = response.content.decode()
    return {name for name in ("_continue", "_submit", "_publish") if f'name="{name}"' in html}


# The form


def test_the_form_offers_to_submit_and_to_publish_only_what_has_passed(office, at_desk):
    article = office.article()
    assert buttons(at_desk(office.writer).get(change(article))) == {"_continue", "_submit"}
    assert buttons(at_desk(office.editor).get(change(article))) == {"_continue", "_submit"}
    reviewing.submit(article, office.writer)
    for person in (office.reviewer, office.signer):
        decide(article, person)
    assert buttons(at_desk(office.editor).get(change(article))) == {"_continue", "_submit", "_publish"}
    assert buttons(at_desk(office.writer).get(change(article))) == {"_continue", "_submit"}
    free = office.article(channel=make_channel())
    assert buttons(at_desk(office.editor).get(change(free))) == {"_continue", "_publish"}
    assert buttons(at_desk(office.writer).get(change(free))) == {"_continue", "_submit"}
    assert buttons(at_desk(office.editor).get(f"{LIST}add/")) == {"_continue", "_submit", "_publish"}
    assert buttons(at_desk(office.writer).get(f"{LIST}add/")) == {"_continue", "_submit"}


def test_a_text_is_saved_and_submitted_in_one_step_or_not_at_all(office, at_desk):
    desk = at_desk(office.writer)
    new = typed(owner=office.township, channel=office.channel, _submit="1")
    response = desk.post(f"{LIST}add/", new)
    article = Article.objects.get()
    assert response.url == change(article)
    assert (article.review_stage, article.latest_revision.submitted_by) == ("first", office.writer)
    assert "reviewer" in said(response)[0]
    response = desk.post(f"{LIST}add/", new | {"body": ""})
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert Article.objects.count() == 1
    response = desk.post(change(article), typed(article, title="改题", _submit="1"))
    article.refresh_from_db()
    assert (article.review_stage, article.latest_revision.number) == ("first", 2)
    response = desk.post(change(article), typed(article, _submit="1"))  # unchanged and on its way: refused in words
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()


def test_publishing_a_changed_text_is_refused_and_keeps_what_was_typed(office, at_desk):
    article = office.submitted()
    for person in (office.reviewer, office.signer):
        decide(article, person)
    response = at_desk(office.editor).post(change(article), typed(article, title="偷改的题目", _publish="1"))
    assert response.status_code == 200
    assert 'value="偷改的题目"' in response.content.decode()
    article.refresh_from_db()
    assert (article.state, article.review_stage, article.revisions.count()) == ("draft", "approved", 1)


def test_the_notice_says_where_the_text_stands_who_acts_next_and_why_it_came_back(office, at_desk):
    article = office.submitted()
    review = at_desk(office.writer).get(change(article)).context["review"]
    assert [step.state for step in review["steps"]] == ["done", "now", "open", "open"]
    assert {str(person) for person in review["people"]} == {"reviewer", "second", "signer"}
    assert not review["may_decide"]
    assert b"union-caution" in at_desk(office.writer).get(change(article)).content
    decide(article, office.reviewer, opinion="数据已核。")
    review = at_desk(office.signer).get(change(article)).context["review"]
    assert [step.state for step in review["steps"]] == ["done", "done", "now", "open"]
    assert (review["steps"][1].who, review["may_decide"]) == ("reviewer", True)
    assert [str(person) for person in review["people"]] == ["signer"]
    decide(article, office.signer, passed=False, opinion="题目要改。")
    response = at_desk(office.writer).get(change(article))
    assert "题目要改。" in response.content.decode()
    assert response.context["review"]["returned"].person_name == "signer"
    publishing.save_revision(article, office.writer, {"title": "改好的题目"})
    assert "题目要改。" in at_desk(office.writer).get(change(article)).content.decode()


def test_next_people_are_exactly_those_whom_nothing_hinders(office):
    from articles.models import ChannelLimit
    from articles.review_record import next_people

    article = office.submitted(by=office.editor)
    other = make_channel()
    ChannelLimit.objects.create(membership=office.second.memberships.get(), channel=other)
    Membership.objects.create(user=office.editor, organization=office.city, role="reviewer")
    make_user("closed", role="reviewer", organization=office.city, is_active=False)
    make_user("program", role="reviewer", organization=office.city, is_service=True)
    make_user("above", role="signer", organization=office.township)
    make_user("elsewhere", role="signer", organization=make_organization())
    article.refresh_from_db()
    assert [str(person) for person in next_people(article)] == ["above", "reviewer", "signer"]
    for person in office.people():
        assert (person in next_people(article)) == (
            reviewing.hindrance(type(person).objects.get(pk=person.pk), article) == ""
        )


# The page of one text


def test_a_reviewer_reads_the_text_and_passes_it(office, at_desk):
    article = office.submitted(
        body="<h2>一、标题</h2><p>正文一句。</p>", text={"source": "里岔镇总工会", "tags": ["就业"]}
    )
    desk = at_desk(office.reviewer)
    html = desk.get(page("review", article)).content.decode()
    assert all(words in html for words in ("正文一句。", "里岔镇总工会", "就业", 'name="decision" value="pass"'))
    assert 'value="publish"' not in html
    response = desk.post(page("review", article), decision("pass", opinion=" 同意 "))
    assert response.url == WAITING
    assert (Review.objects.get().opinion, Review.objects.get().person) == ("同意", office.reviewer)
    html = desk.get(page("review", article)).content.decode()
    assert 'name="decision"' not in html


def test_a_refused_decision_says_why_beside_the_box_and_keeps_the_words(office, at_desk):
    article = office.submitted()
    desk = at_desk(office.reviewer)
    response = desk.post(page("review", article), decision("return", opinion=""))
    assert response.context["form"].errors["opinion"]
    publishing.save_revision(article, office.writer, {"title": "换过的题目"})
    reviewing.submit(article, office.writer)
    response = desk.post(page("review", article), decision("pass", opinion="写好的意见"))
    html = response.content.decode()
    assert response.context["form"].errors["opinion"]
    assert all(words in html for words in ("写好的意见", "换过的题目", 'name="revision" value="2"'))
    assert not Review.objects.exists()
    for wrong in (decision("delete", 2), {"decision": "pass", "revision": "2"}, {}):
        assert desk.post(page("review", article), wrong).status_code == 200
    assert not Review.objects.exists()


def test_the_last_reviewer_may_pass_and_publish_at_once_or_neither(office, at_desk):
    article = office.submitted()
    decide(article, office.reviewer)
    desk = at_desk(office.signer)
    assert 'value="publish"' in desk.get(page("review", article)).content.decode()
    desk.post(page("review", article), decision("publish", stage="final"))
    article.refresh_from_db()
    assert (article.is_public_now, article.review_stage) == (True, "")
    other = office.submitted("还差一审")
    response = desk.post(page("review", other), decision("publish"))
    assert response.context["form"].errors["opinion"]
    other.refresh_from_db()
    assert (other.review_stage, other.latest_revision.reviews.count()) == ("first", 0)


def test_who_may_not_decide_is_told_why_and_the_server_refuses(office, at_desk):
    article = office.submitted()
    for person, status in ((office.writer, 403), (office.editor, 403), (office.manager, 403)):
        desk = at_desk(person)
        response = desk.get(page("review", article))
        assert response.context["hindrance"]
        assert 'name="decision"' not in response.content.decode()
        assert desk.post(page("review", article), decision("pass")).status_code == status
    assert not Review.objects.exists()


# The list


def test_the_list_holds_what_waits_for_me_the_oldest_first_and_is_narrowed(office, at_desk):
    first, second = office.submitted("先送的"), office.submitted("后送的", owner=office.city, by=office.editor)
    final = office.submitted("等终审的")
    decide(final, office.second)
    desk = at_desk(office.signer)
    assert [row["pk"] for row in desk.get(WAITING).context["rows"]] == [first.pk, second.pk, final.pk]
    assert [row["pk"] for row in desk.get(WAITING, {"stage": "final"}).context["rows"]] == [final.pk]
    assert [row["pk"] for row in desk.get(WAITING, {"owner": office.city.pk}).context["rows"]] == [second.pk]
    assert desk.get(WAITING, {"channel": "9" * 18}).context["rows"] == []
    for odd in ({"channel": "x"}, {"stage": "draft"}, {"owner": "9" * 40}, {"p": "x"}):
        assert len(desk.get(WAITING, odd).context["rows"]) == 3
    assert at_desk(office.writer).get(WAITING).context["rows"] == []


def test_several_are_passed_at_once_with_a_result_for_each(office, at_desk):
    passed, changed, gone = (office.submitted(title) for title in ("可过的", "改动的", "已审的"))
    pins = [f"{article.pk}:1:first" for article in (passed, changed, gone)]
    foreign = make_article(
        "外单位的秘密", owner=make_organization(), channel=make_channel(review_stages=1), public=False
    )
    desk = at_desk(office.reviewer)
    asked = desk.post(WAITING, {"chosen": [*pins, f"{foreign.pk}:1:first", "junk", f"{foreign.pk}:1"]})
    assert [row["shown_title"] for row in asked.context["rows"]] == ["可过的", "改动的", "已审的"]
    assert not Review.objects.exists()
    publishing.save_revision(changed, office.writer, {"title": "改动之后"})
    reviewing.submit(changed, office.writer)
    decide(gone, office.second)
    decide(gone, office.signer)
    response = desk.post(WAITING, {"chosen": [*pins, f"{foreign.pk}:1:first"], "confirmed": "1", "opinion": "同意"})
    results = {result["pk"]: result for result in response.context["results"]}
    assert set(results) == {passed.pk, changed.pk, gone.pk}
    assert "passed" in results[passed.pk]
    assert results[changed.pk]["refused"]
    assert results[gone.pk]["refused"]
    assert "外单位的秘密" not in response.content.decode()
    assert list(Review.objects.filter(person=office.reviewer).values_list("revision__article", "opinion")) == [
        (passed.pk, "同意")
    ]
    assert desk.post(WAITING).context["nothing_chosen"]


def test_a_text_changed_between_list_and_question_is_left_out_of_it(office, at_desk):
    article = office.submitted()
    publishing.save_revision(article, office.writer, {"title": "改动之后"})
    reviewing.submit(article, office.writer)
    response = at_desk(office.reviewer).post(WAITING, {"chosen": [f"{article.pk}:1:first"]})
    assert (response.context["rows"], len(response.context["changed"])) == ([], 1)


def test_the_pages_ask_as_often_for_thirty_as_for_one_and_lists_load_no_body(
    office, at_desk, django_assert_max_num_queries
):
    desk = at_desk(office.signer)
    articles = []

    def count(address):
        with django_assert_max_num_queries(15, info=address) as queries:
            assert desk.get(address).status_code == 200
        if address in (WAITING, "/admin/", LIST):
            assert not [one for one in queries.captured_queries if '"articles_revision"."body"' in one["sql"]]
        return len(queries)

    def fill(number):
        for _ in range(number):
            articles.append(office.submitted())
            returned = office.submitted("退回的", by=office.signer)
            decide(returned, office.reviewer, passed=False, opinion="改")
            office.article("我的草稿", by=office.signer)
            approved = office.submitted("通过的", channel=make_channel())
            make_user(role="signer", organization=office.city)
            assert approved.review_stage == "approved"
        for step in range(number):
            publishing.save_revision(articles[0], office.writer, {"title": f"第{step}稿"})
            reviewing.submit(articles[0], office.writer)
            if articles[0].review_stage == "first":
                decide(articles[0], office.reviewer, passed=False, opinion="再改")
        publishing.save_revision(articles[0], office.writer, {"title": "又一稿"})
        reviewing.submit(articles[0], office.writer)

    pages = (WAITING, "/admin/", LIST)
    fill(1)
    own = [page(name, articles[0]) for name in ("review", "review_sheet")]
    few = [count(address) for address in (*pages, *own)]
    fill(29)
    assert [count(address) for address in (*pages, *own)] == few


# The sheet, the article list, the to-do list


def test_the_sheet_tells_of_every_round_and_who_published(office, at_desk):
    article = office.submitted(
        body='<p>正文。<img src="/media/a.png" alt="图"><a href="/media/b.pdf">附件</a></p>', text={"author": "王立"}
    )
    decide(article, office.reviewer, passed=False, opinion="第一轮意见")
    publishing.save_revision(article, office.writer, {"title": "第二稿"})
    reviewing.submit(article, office.writer)
    decide(article, office.second, opinion="第二轮初审")
    decide(article, office.signer, opinion="签发")
    publishing.publish(article, office.editor)
    publishing.save_revision(article, office.editor, {"title": "第三稿"})
    response = at_desk(office.writer).get(page("review_sheet", article), {"of": "live"})
    assert [one.opinion for one in response.context["reviews"]] == ["第一轮意见", "第二轮初审", "签发"]
    assert (response.context["pictures"], response.context["attachments"]) == (1, 1)
    assert response.context["published_by"] == "editor"
    html = response.content.decode()
    assert all(words in html for words in ("第二稿", "王立", "writer", "第一轮意见"))
    latest = at_desk(office.writer).get(page("review_sheet", article)).context
    assert (latest["revision"].title, latest["reviews"], latest["published_by"]) == ("第三稿", [], "")


def test_the_article_list_shows_and_filters_by_the_stage(office, at_desk):
    office.submitted("在初审")
    office.article("还是草稿")
    live = make_article("已公开", owner=office.city, channel=make_channel())
    publishing.save_revision(live, office.editor, {"channel": office.channel})
    reviewing.submit(live, office.editor)
    desk = at_desk(office.editor)
    rows = desk.get(LIST, {"review_stage": "first"}).context["cl"].result_list
    assert {article.title for article in rows} == {"在初审", "已公开"}
    assert "st-warn" in desk.get(LIST, {"review_stage": "first"}).content.decode()
    assert len(desk.get(LIST, {"review_stage": "junk"}).context["cl"].result_list) == 3


def test_the_first_page_says_what_each_person_has_to_do(office, at_desk):
    for number in range(9):
        office.submitted(f"待审{number}")
    returned, approved = office.submitted("退回的"), office.submitted("通过的")
    decide(returned, office.signer, passed=False, opinion="改")
    for person in (office.second, office.signer):
        decide(approved, person)
    office.article("写了一半")
    to_do = at_desk(office.reviewer).get("/admin/").context["to_do"]
    assert (to_do["review"]["count"], len(to_do["review"]["rows"])) == (9, 8)
    mine = at_desk(office.writer).get("/admin/").context["to_do"]
    shown = {
        name: [row["shown_title"] for row in mine[name]["rows"]]
        for name in ("review", "returned", "approved", "drafts")
    }
    assert shown == {"review": [], "returned": ["退回的"], "approved": [], "drafts": ["写了一半"]}
    to_do = at_desk(office.editor).get("/admin/").context["to_do"]
    assert [row["shown_title"] for row in to_do["approved"]["rows"]] == ["通过的"]
    assert to_do["returned"]["rows"] == []


def test_counts_end_at_ninety_nine(office, at_desk, monkeypatch):
    monkeypatch.setattr("unioncms.desk.COUNTED", 2)
    for number in range(3):
        office.submitted(f"待审{number}")
    assert at_desk(office.reviewer).get("/admin/").context["to_do"]["review"]["count"] == "2+"


# Rights


@pytest.mark.parametrize("name", ["review", "review_sheet"])
def test_outsiders_readers_and_foreign_editors_see_nothing_of_it(office, client, name):
    article = office.submitted("不可外泄的题目")
    address = page(name, article)
    assert client.get(address).status_code == 302
    assert client.get(WAITING).status_code == 302
    client.force_login(make_user(is_staff=True))
    assert client.get(address, follow=True).status_code == 403
    assert client.get(WAITING, follow=True).status_code == 403
    for role in Membership.Role.values:
        client.force_login(make_user(role=role, organization=make_organization(), is_staff=True))
        for response in (
            client.get(address),
            client.post(address, decision("pass")),
        ):
            assert response.status_code == 403
            assert "不可外泄的题目" not in response.content.decode()
        listed = client.get(WAITING).content + client.post(WAITING, {"chosen": [f"{article.pk}:1:first"]}).content
        listed += client.post(WAITING, {"chosen": [f"{article.pk}:1:first"], "confirmed": "1"}).content
        assert "不可外泄的题目" not in listed.decode()
    assert not Review.objects.exists()

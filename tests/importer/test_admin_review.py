"""The review of one imported file at the desk: the page as read, the form, deciding, the next one, a changed file."""

import lxml.html
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles import publishing
from articles.models import Article
from importer.admin import highlights
from importer.batches import accepting, uploads
from importer.models import ImportItem
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PLAN = (
    "当前位置：首页 > 工作计划\n"
    "石桥镇总工会2021年工作要点\n"
    "发布时间：2021-02-03 来源：石桥镇总工会\n"
    "2021年，镇总工会要围绕中心工作，服务职工群众，推动工会工作再上新台阶。\n"
    "一、加强组织建设\n"
    "抓好新业态企业建会工作，全年新建基层工会20家，发展会员500名。\n"
    "分享到：微信 微博 打印本页 关闭窗口\n"
)
TWO = (
    "工会工作计划范文2篇\n"
    "【篇一】石桥镇总工会2021年工作计划\n为做好2021年工会工作，镇总工会制定如下计划，服务全镇职工群众。\n一、加强职工教育。全年组织培训4次。\n"
    "【篇二】东湖镇总工会2021年工作计划\n新的一年，镇总工会将在党委领导下认真履行职能，团结带领全镇职工努力工作。\n一、丰富文体生活。全年开展活动3次。\n"
)


@pytest.fixture
def read(owner, editor, django_capture_on_commit_callbacks):
    def take(text: str, name: str = "plan.txt") -> ImportItem:
        with django_capture_on_commit_callbacks(execute=True):
            batch = uploads.take([SimpleUploadedFile(name, text.encode())], owner=owner, by=editor)
        return batch.items.get()

    return take


def address(item) -> str:
    return reverse("admin:importer_importitem_change", args=[item.pk])


def typed(page) -> dict:
    """What the form of a page would send."""
    values = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def test_each_value_is_marked_where_it_was_found_and_furniture_is_pale(desk, read):
    page = desk.get(address(read(PLAN)))
    lines = {line.number: line for line in page.context["shown"].lines}
    title = next(part for part in lines[2].parts if "title" in part.opening)
    assert "".join(part.text for part in lines[2].parts) == "石桥镇总工会2021年工作要点"
    assert title.confidence == "high"
    assert (lines[5].headings, lines[6].targets) == ([1], [1, 2])
    assert (lines[4].role, lines[7].role) == ("own", "dropped")
    rows = {row["name"]: row for row in page.context["fields"]}
    assert rows["published_on"]["evidence"]["line"] == 3
    html = page.content.decode()
    for link in ('href="#line-2"', 'id="line-2"', 'href="#field-title"', 'id="field-title"', 'id="target-2"'):
        assert link in html


def test_words_that_do_not_stand_in_their_line_mark_all_of_it():
    line = highlights.Line(1, "东湖区总工会送清凉")
    found = highlights.parts_of(line, {"kind": {"text": "别的字", "line": 1, "confidence": "low"}})
    assert found == [highlights.Part("东湖区总工会送清凉", ("kind",), ("kind",), "low")]
    twice = {
        "title": {"text": "东湖区总工会送清凉", "line": 1, "confidence": "high"},
        "organization": {"text": "东湖区总工会", "line": 1, "confidence": "medium"},
    }
    parts = highlights.parts_of(line, twice)
    assert [(part.text, part.confidence) for part in parts] == [("东湖区总工会", "medium"), ("送清凉", "high")]
    assert parts[0].opening == ("title", "organization")


def test_corrections_are_kept_and_shown_with_what_was_read(desk, read):
    item = read(PLAN)
    values = typed(desk.get(address(item))) | {"title": "石桥镇总工会二〇二一年要点", "do": "keep"}
    assert desk.post(address(item), values).url == address(item)
    item.refresh_from_db()
    assert item.corrections["0"] == {"title": "石桥镇总工会二〇二一年要点"}
    rows = {row["name"]: row for row in desk.get(address(item)).context["fields"]}
    assert (rows["title"]["corrected"], rows["title"]["read"]) == (True, "石桥镇总工会2021年工作要点")
    refused = desk.post(address(item), values | {"published_on": "明天"})
    assert "published_on" in refused.context["form"].errors


def test_an_accepted_file_becomes_a_draft_and_the_next_one_follows(desk, read):
    first, second = read(PLAN), read(PLAN.replace("2021年工作", "2020年工作"), "other.txt")
    page = desk.get(address(first))
    assert page.context["queue"]["total"] == 2
    answer = desk.post(address(first), typed(page) | {"do": "accept"})
    assert answer.url == address(second)
    article = Article.objects.get()
    told = "".join(str(message) for message in get_messages(answer.wsgi_request))
    assert reverse("admin:plans_workplan_change", args=[article.work_plan.pk]) in told
    assert (article.state, article.title) == ("draft", "石桥镇总工会2021年工作要点")
    done = desk.get(address(first))
    assert not done.context["decides"]
    assert f"/article/{article.pk}/change/" in done.content.decode()
    last = desk.post(address(second), typed(desk.get(address(second))) | {"do": "publish"})
    assert last.url == reverse("admin:importer_importitem_changelist")
    assert Article.objects.filter(state="public").count() == 1
    late = desk.post(address(first), {"do": "accept"}, follow=True)
    assert (late.status_code, Article.objects.count()) == (200, 2)
    assert "editor" in [str(message) for message in late.context["messages"]][-1]


def test_only_who_may_publish_is_offered_to(client, owner, read):
    item = read(PLAN)
    client.force_login(make_user(role="contributor", organization=owner, is_staff=True))
    page = client.get(address(item))
    assert not page.context["may_publish"]
    assert 'value="publish"' not in page.content.decode()
    client.post(address(item), typed(page) | {"do": "publish"})
    assert not Article.objects.filter(state="public").exists()


def test_a_file_is_dismissed_with_a_reason(desk, read):
    item = read(PLAN)
    assert desk.post(address(item), {"do": "dismiss"}).context["dismissing"].errors
    desk.post(address(item), {"do": "dismiss", "reason": "重复"})
    item.refresh_from_db()
    assert (item.outcome, item.message) == ("dismissed", "重复")


def test_a_file_of_several_articles_has_a_form_for_each(desk, read):
    item = read(TWO)
    page = desk.get(address(item))
    assert len(page.context["tabs"]) == 2
    answer = desk.post(address(item), typed(page) | {"source": "范文网", "go": "1"})
    assert answer.url == f"{address(item)}?n=1"
    item.refresh_from_db()
    assert item.corrections == {"0": {"source": "范文网"}}
    second = desk.get(answer.url)
    assert "东湖镇" in second.context["form"]["title"].value()
    assert {line.role for line in second.context["shown"].lines if line.number in (3, 6)} == {"own", "other"}


def test_a_changed_file_of_an_edited_article_shows_what_it_would_change(desk, read, editor):
    item = read(PLAN)
    accepting.accept(item, editor)
    article = Article.objects.get()
    publishing.save_revision(article, editor, {"body": "<p>编辑改过的正文</p>"})
    again = read(PLAN.replace("来源：石桥镇总工会", "来源：工人日报").replace("500名", "600名"))
    page = desk.get(address(again))
    rows = {row["value"]: row for row in page.context["differences"]}
    assert {name: row["edited"] for name, row in rows.items()} == {"source": False, "body": True}
    assert (rows["body"]["now"], "600名" in rows["body"]["proposed"]) == ("编辑改过的正文", True)
    desk.post(address(again), typed(page) | {"do": "accept", "differences": "1", "fields": ["source"]})
    latest = Article.objects.get().latest_revision
    assert (latest.source, latest.body) == ("工人日报", "<p>编辑改过的正文</p>")


def test_the_article_says_where_its_values_come_from(desk, read, editor):
    accepting.accept(read(PLAN), editor)
    article = Article.objects.get()
    publishing.save_revision(article, editor, {"title": "编辑改过的标题"})
    page = desk.get(reverse("admin:articles_article_change", args=[article.pk]))
    rows = page.context["panels"][0]["context"]["rows"]
    edited = {str(row["label"]): row["edited"] for row in rows}
    assert (edited["标题"], edited["来源"]) == (True, False)
    assert 'id="provenance"' in page.content.decode()
    plain = publishing.create(
        owner=article.owner, channel=article.channel, by=editor, text={"title": "手写的", "body": "<p>正文</p>"}
    )
    assert desk.get(reverse("admin:articles_article_change", args=[plain.pk])).context["panels"] == []


def test_a_figure_that_is_reached_already_is_called_so(desk, read):
    text = PLAN.replace("2021年，镇总工会要", "2020年共新建基层工会30家，发展会员800名。\n2021年，镇总工会要")
    page = lxml.html.fromstring(desk.get(address(read(text))).content.decode())
    rows = page.xpath("//ol[@class='union-targets']/li")
    said = [(row.find("b").text, row.find("small").text_content().strip().split(" ")[0]) for row in rows]
    assert said == [("30家", "已完成"), ("800名", "已完成"), ("20家", "全年"), ("500名", "全年")]

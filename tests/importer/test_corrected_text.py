"""The text of an imported page corrected before it is filed, and its marks set full-width at the editor's wish."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import publishing
from articles.canonical import canonical
from articles.html import plain_text
from articles.models import Article, CollectionEntry
from importer.batches import accepting, corrections, provenance, running, uploads
from importer.batches.reading_anew import read_anew
from plans.models import Clause, Target, WorkPlan

pytestmark = pytest.mark.django_db

PLAN = (
    "石桥镇总工会2021年工作要点\n"
    "发布时间:2021-02-03 来源:石桥镇总工会\n"
    "2021年,镇总工会要围绕中心工作,服务职工群众,推动工会工作再上新台阶。\n"
    "一、加强组织建设\n"
    "抓好新业态企业建会工作,全年新建基层工会20家,发展会员500名。\n"
    "二、维护职工权益\n"
    "推进工资集体协商(含行业协商),建制率力争达到95%以上,切实保障职工合法权益。\n"
)
TWO = (
    "工会工作计划范文2篇\n"
    "【篇一】石桥镇总工会2021年工作计划(草案)\n"
    "为做好2021年工会工作,镇总工会制定如下计划,服务全镇职工群众。\n一、加强职工教育。全年组织培训4次。\n"
    "【篇二】东湖镇总工会2021年工作计划\n"
    "新的一年,镇总工会将在党委领导下认真履行职能,团结带领全镇职工努力工作。\n一、丰富文体生活。全年开展活动3次。\n"
)


@pytest.fixture
def read(owner, editor):
    def take(text=PLAN, **options):
        batch = uploads.take([SimpleUploadedFile("a.txt", text.encode())], owner=owner, by=editor, **options)
        running.read_batch(batch.pk)
        return batch.items.get()

    return take


def found(item):
    return corrections.corrected(item)["articles"][0]


def words(rows):
    return [(row.get("heading") or row["sentence"], row["line"]) for row in rows]


class TestTheText:
    def test_outline_and_targets_are_read_anew_from_it(self, read, editor):
        item = read()
        before = found(item)
        html = before["body_html"].replace("20家", "30家").replace("二、维护职工权益", "二、维护职工队伍")
        accepting.correct(item, editor, 0, {"body_html": html + "<h2>三、办好实事</h2><p>全年建成驿站5个。</p>"})
        after = found(item)
        assert [row["heading"] for row in after["outline"]] == ["加强组织建设", "维护职工队伍", "办好实事"]
        assert [(row["number"], row["unit"]) for row in after["targets"]] == [
            (30, "家"),
            (500, "名"),
            (95, "%"),
            (5, "个"),
        ]
        lines = {row["heading"]: row["line"] for row in after["outline"]}
        assert lines == {"加强组织建设": 4, "维护职工队伍": 0, "办好实事": 0}
        accepting.accept(item, editor)
        article = Article.objects.get()
        assert ("30家" in article.latest_revision.body, "驿站5个" in article.latest_revision.body) == (True, True)
        assert list(Clause.objects.filter(depth=1).values_list("heading", flat=True)) == list(lines)
        assert Target.objects.filter(number=5, unit="个").count() == 1

    def test_a_text_as_it_was_read_gives_what_was_read(self, read, editor):
        item = read()
        before = found(item)
        again = {**before}
        read_anew(again)
        assert (again["outline"], again["targets"]) == (before["outline"], before["targets"])
        assert again["body"] == before["body"]
        accepting.correct(item, editor, 0, {"body_html": before["body_html"].replace("\n", "\r\n")})
        assert item.corrections == {}

    def test_it_is_said_to_be_edited_by_who_corrected_it(self, read, editor):
        item = read()
        accepting.correct(item, editor, 0, {"body_html": found(item)["body_html"].replace("20家", "30家")})
        accepting.accept(item, editor)
        told = provenance.of(Article.objects.get())
        assert (told["body"].kind, told["body"].who, told["title"].kind) == ("edited", str(editor), "imported")

    def test_nothing_dangerous_and_no_foreign_picture_gets_in_and_an_empty_text_is_refused(self, read, editor):
        item = read()
        html = '<p onclick="x()">正文</p><script>x()</script><p>乙<img src="http://else.cn/a.png"></p>'
        accepting.correct(item, editor, 0, {"body_html": html})
        assert found(item)["body_html"] == "<p>正文</p><p>乙</p>"
        with pytest.raises(ValidationError) as refused:
            accepting.correct(item, editor, 0, {"body_html": " <p> </p>"})
        assert list(refused.value.message_dict) == ["body_html"]


class TestFullWidth:
    def test_one_article_is_set_full_width_and_what_was_read_stays(self, read, editor):
        item = read()
        accepting.correct(item, editor, 0, {"full_width": True})
        assert "推进工资集体协商（含行业协商），建制率" in found(item)["body_html"]
        assert "," in item.output["articles"][0]["body"]
        accepting.accept(item, editor)
        body = plain_text(Article.objects.get().latest_revision.body)
        assert ("," in body, "围绕中心工作，服务职工群众" in body) == (False, True)
        for target in Target.objects.all():
            assert canonical(body)[target.start : target.end] == canonical(target.quote)

    def test_a_batch_set_full_width_leaves_out_what_a_person_says(self, read, editor):
        first, second = read(full_width=True), read(PLAN.replace("石桥", "柳河"), full_width=True)
        accepting.correct(second, editor, 0, {"full_width": False})
        for item in (first, second):
            accepting.accept(item, editor)
        bodies = [article.latest_revision.body for article in Article.objects.order_by("pk")]
        assert [("工作，服务" in body, "工作,服务" in body) for body in bodies] == [(True, False), (False, True)]

    def test_the_entries_of_a_collection_still_lead_to_their_articles(self, read, editor):
        item = read(TWO, full_width=True)
        accepting.correct(item, editor, 1, {"title": "东湖镇总工会2021年计划"})
        accepting.accept(item, editor)
        entries = CollectionEntry.objects.order_by("position").values_list("title", "article__title")
        titles = ["石桥镇总工会2021年工作计划（草案）", "东湖镇总工会2021年计划"]
        assert list(entries) == [(title, title) for title in titles]

    def test_set_later_every_quote_of_a_plan_in_force_is_found_again(self, read, editor):
        accepting.accept(read(), editor, publish=True)
        article = Article.objects.get()
        publishing.set_full_width(article, editor)
        publishing.publish(article, editor)
        plan = WorkPlan.objects.get()
        assert (plan.state, plan.text_revision) == ("in_force", Article.objects.get().live_revision)
        text = canonical(plain_text(plan.text_revision.body))
        assert "，" in plan.text_revision.body
        targets = list(plan.targets.all())
        assert (len(targets), any(target.broken for target in targets)) == (3, False)
        for target in targets:
            assert text[target.start : target.end] == canonical(target.quote)

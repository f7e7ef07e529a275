"""What a plan adds to its article: marks at the right words, and the targets beside the text."""

import lxml.html
import pytest

from articles import extensions, publishing
from articles.canonical import canonical
from articles.html import plain_text
from plans.marks import plan_marks
from plans.models import Target
from tests.factories import make_article, make_plan

pytestmark = pytest.mark.django_db
BODY = (
    "<p>总体要求：围绕中心，服务大局。</p>"
    "<h2>一、加强组织建设</h2><p>全年新建<strong>工会组织 20 家</strong>，发展会员１０００名。</p>"
    "<h2>二、维护“职工权益”</h2><p>去年已建职代会35家。集体合同签订率达到90%以上。</p>"
)


@pytest.fixture
def plan():
    return make_plan(make_article("计划", kind="plan", body=BODY))


def marks_of(article, *, old: bool = False) -> list:
    """As a page asks: with an article object of its own; the old ids left out, or they alone."""
    article = type(article).objects.get(pk=article.pk)
    marks = extensions.marks(article, article.live_revision or article.latest_revision)
    return [mark for mark in marks if (mark.kind == "old") == old]


def test_each_mark_covers_its_words(plan):
    text = canonical(plain_text(plan.text_revision.body))
    words = {mark.id: text[mark.start : mark.end] for mark in marks_of(plan.article)}
    assert {clause.anchor: canonical(clause.heading) for clause in plan.clauses.all()} == {
        anchor: said for anchor, said in words.items() if anchor.startswith("c")
    }
    assert {target.anchor: canonical(target.quote) for target in plan.targets.all()} == {
        anchor: said for anchor, said in words.items() if anchor.startswith("t")
    }
    assert len(words) == plan.clauses.count() + plan.targets.count() == 6


def test_kinds_tell_promises_from_other_figures(plan):
    kinds = {mark.id: mark.kind for mark in marks_of(plan.article)}
    for target in plan.targets.all():
        assert kinds[target.anchor] == ("figure" if target.number == 35 else "target")
    assert {kinds[clause.anchor] for clause in plan.clauses.all()} == {"clause"}


def test_marks_follow_the_words_when_the_text_changes(plan):
    changed = "<p>新的一年到来了。</p>" + BODY.replace("集体合同签订率达到90%以上", "推行集体协商")
    publishing.save_revision(plan.article, None, {"title": "计划", "body": changed})
    before = marks_of(plan.article)
    assert len(before) == 6  # the public still reads the old text
    publishing.publish(plan.article, None)
    text = canonical(plain_text(changed))
    lost = plan.targets.get(number=90)
    after = {mark.id: text[mark.start : mark.end] for mark in marks_of(plan.article)}
    assert lost.broken
    assert lost.anchor not in after
    for target in plan.targets.filter(broken=False):
        assert after[target.anchor] == canonical(target.quote)


def test_another_revision_than_the_plans_gets_no_marks(plan):
    revision = publishing.save_revision(plan.article, None, {"title": "计划", "body": "<p>全新的文字。</p>"})
    assert plan_marks(plan.article, revision) == []


def test_an_article_without_a_plan_has_neither_marks_nor_aside():
    article = make_article("消息")
    assert marks_of(article) == []
    assert extensions.asides(article) == []


def test_marks_and_aside_take_two_queries(plan, django_assert_num_queries):
    article = type(plan.article).objects.select_related("live_revision").get(pk=plan.article_id)
    with django_assert_num_queries(2):
        extensions.marks(article, article.live_revision)
        extensions.asides(article)


def test_the_aside_lists_the_promises_of_a_plan_in_force(client, plan):
    page = lxml.html.fromstring(client.get(f"/articles/{plan.article_id}/").content)
    figures = page.xpath("//aside//a[@class='fig']")
    expected = {f"#{target.anchor}" for target in plan.targets.filter(kind__in=Target.FORWARD)}
    assert {link.get("href") for link in figures} == expected
    assert [" ".join(link.xpath("b")[0].text_content().split()) for link in figures] == ["20家", "1000名", "≥90%"]


def test_the_aside_is_silent_about_drafts():
    draft = make_plan(make_article("草稿", kind="plan", body=BODY), in_force=False)
    assert extensions.asides(draft.article) == []
    assert len(marks_of(draft.article)) == 6

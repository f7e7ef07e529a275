"""What the search finds: every word that a plain look through the texts finds, as soon as it is saved."""

import datetime
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from articles import particulars, publishing, search
from articles.keys import of_text
from articles.models import SearchDocument
from articles.reindexing import index_organization
from articles.search import Filters
from articles.words import TERMS, cut
from organizations import tree
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db

_TERMS = """
工会 职工 会员 维权 帮扶 财务 经费 劳模 工匠 班组 技能 安全 健康 就业 培训 法律 调解 协商 合同 组织
代表 民主 公开 女工 慰问 服务 企业 工资 竞赛 农民工 职代会 劳动者 女职工 经审会 先进性 工作室 送温暖 送清凉
集体合同 集体协商 民主管理 劳动竞赛 技能大赛 困难职工 职工代表 产业工人 劳动关系 劳动争议 合法权益 工会经费 厂务公开
法律援助 互助保障 三审三校 四季送 职工之家
"""


def found(query, **options) -> set[int]:
    return {one.id for one in search.search(query, **options).matches}


def sentences() -> list[str]:
    """Of the texts of plans that stand beside the tests, each once."""
    folder = Path(settings.BASE_DIR, "tests", "importer", "strangers")
    texts = [path.read_text(errors="ignore") for path in sorted(folder.glob("[de]/*.txt"))]
    held = (line.strip() for text in texts for line in re.split(r"(?<=[。；])|\n", text))
    return [line for line in dict.fromkeys(held) if 12 < len(line) < 140 and "<" not in line]


def test_nearly_all_that_plain_substring_search_finds_is_found():
    every = sentences()
    texts = ["".join(every[start : start + 8]) for start in range(0, min(len(every), 1600), 8)]
    articles = {make_article("一篇", body=f"<p>{text}</p>").pk: text for text in texts}
    held = {term: {pk for pk, text in articles.items() if term in text} for term in _TERMS.split()}
    missed = {term: len(pks - found(term)) for term, pks in held.items()}
    assert len([term for term, pks in held.items() if pks]) >= 40
    assert sum(missed.values()) <= 0.01 * sum(map(len, held.values())), {k: v for k, v in missed.items() if v}


def test_words_that_were_planted_are_found_completely_and_no_others():
    planted = {
        "寿光蔬菜": make_article("甲", body="<p>寿光蔬菜的合作社今天挂牌。</p>").pk,
        "欧阳锋卉": make_article("乙", body="<p>由欧阳锋卉明天主持。</p>").pk,
        "磁悬浮 珊瑚礁": make_article("丙", body="<p>讨论了磁悬浮，同时谈到珊瑚礁。</p>").pk,
        "三校": make_article("丁", body="<p>落实三审三校制度。</p>").pk,
    }
    for number in range(5):
        make_article(f"别的{number}", body="<p>磁悬浮的建设方案，蔬菜，欧阳修，审校。</p>")
    assert {query: found(query) for query in planted} == {query: {pk} for query, pk in planted.items()}


def test_terms_of_the_field_are_words_and_so_is_what_stands_in_them():
    assert all(cut(term) == [term] for term in TERMS)
    assert all(
        set(of_text(term[at : at + 2])[0]) <= set(of_text(term)[0]) for term in TERMS for at in range(len(term) - 1)
    )


def test_one_document_is_for_the_public_and_staff_while_they_read_the_same():
    article = make_article("甲", body="<p>旧词汇</p>")
    rows = SearchDocument.objects.filter(article=article).order_by("side").values_list("side", flat=True)
    assert list(rows) == ["both"]
    publishing.save_revision(article, None, {"body": "<p>新说法</p>"})
    assert list(rows.all()) == ["latest", "live"]
    publishing.publish(article, None)
    assert list(rows.all()) == ["both"]
    assert (found("旧词汇"), found("新说法"), found("新说法", public=False)) == (set(), {article.pk}, {article.pk})


def test_filters_follow_what_an_article_is_at_once():
    city, other = make_organization("甲市总工会", level="city"), make_organization("乙省总工会", level="province")
    article = make_article("技能", organization=city, kind="news")
    particulars.describe(article, None, organization=other, level=other.level, kind="notice")
    for narrowed, wanted in {
        Filters(organization=city): set(),
        Filters(organization=other): {article.pk},
        Filters(kind="news"): set(),
        Filters(kind="notice"): {article.pk},
        Filters(level="province"): {article.pk},
    }.items():
        assert found("技能", filters=narrowed) == wanted, narrowed


def test_articles_follow_their_organisation_when_the_worker_comes(django_capture_on_commit_callbacks):
    first, second = make_organization("甲省总工会", level="province"), make_organization("乙省总工会", level="province")
    city = make_organization("丙市总工会", level="city", parent=first)
    article = make_article("技能", organization=city)
    with django_capture_on_commit_callbacks() as waiting:
        tree.move(city, second)
        city.name = "丁市总工会"
        city.save()
    assert len(waiting) >= 2
    index_organization.func(city.pk)
    city.refresh_from_db()
    assert found("技能", filters=Filters(organization=first)) == set()
    assert found("技能", filters=Filters(organization=second)) == {article.pk}
    assert (found("丙市总工会"), found("丁市总工会")) == (set(), {article.pk})


def test_the_newest_are_found_where_there_are_more_than_are_looked_at(monkeypatch):
    monkeypatch.setattr("articles.finding.CAP", 3)
    at = timezone.now()
    ages = [400, 3, 90, 4000, 1, 30_000, 800]
    made = {days: make_article("技能", published_at=at - datetime.timedelta(days=days)).pk for days in ages}
    found_here = search.search("技能", order="date")
    assert found_here.ids == [made[days] for days in (1, 3, 90)]
    assert (found_here.count, found_here.capped) == (4, True)


def test_many_articles_of_one_moment_are_all_found():
    at, channel = timezone.now(), make_channel()
    made = {make_article("同时", published_at=at, channel=channel).pk for _number in range(40)}
    assert found("同时") == made
    assert len(set(SearchDocument.objects.values_list("pk", flat=True))) == 40


@pytest.mark.parametrize(("public", "order"), [*product((True, False), ("relevance", "date"))])
def test_a_search_costs_one_query(django_assert_num_queries, public, order):
    make_article("技能大赛")
    with django_assert_num_queries(1):
        assert search.search("技能 大赛", public=public, order=order, filters=Filters(kind="news")).count == 1

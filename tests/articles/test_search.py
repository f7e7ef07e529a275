"""Search in Chinese, the same on both databases."""

import pytest
from django.core.management import call_command

from articles import finding, publishing, search
from articles.keys import key
from articles.models import Article, SearchDocument
from tests.factories import make_article, make_organization

pytestmark = pytest.mark.django_db


def titles(query, **options):
    found = search.search(query, **options)
    rows = Article.objects.in_bulk(found.ids)
    return [rows[pk].title for pk in found.ids]


def test_words_of_one_two_three_and_four_characters_find_their_article():
    make_article("劳动竞赛启动", body="<p>新就业形态劳动者会员三十万人，维护职工权益，工资集体协商推进。</p>")
    make_article("帮扶中心挂牌", body="<p>困难职工帮扶中心今天挂牌。</p>")
    for query, found in {
        "劳": ["劳动竞赛启动"],
        "会员": ["劳动竞赛启动"],
        "劳动者": ["劳动竞赛启动"],
        "集体协商": ["劳动竞赛启动"],
        "新就业形态": ["劳动竞赛启动"],
        "帮扶 挂牌": ["帮扶中心挂牌"],
        "帮扶 竞赛": [],
        "会者": [],
    }.items():
        assert titles(query) == found, query


def test_a_hit_in_the_title_comes_first():
    make_article("普通消息", body="<p>这里提到了母婴室。</p>")
    make_article("母婴室建成", body="<p>今天建成。</p>")
    assert titles("母婴室") == ["母婴室建成", "普通消息"]
    assert titles("母婴室", order="date") == ["母婴室建成", "普通消息"]


def test_the_public_never_finds_a_draft_or_what_was_withdrawn_and_staff_do():
    article = make_article("公开标题", body="<p>旧词汇</p>")
    publishing.save_revision(article, None, {"body": "<p>新说法</p>"})
    assert (titles("旧词汇"), titles("新说法")) == (["公开标题"], [])
    assert (titles("旧词汇", public=False), titles("新说法", public=False)) == ([], ["公开标题"])
    publishing.publish(article, None)
    assert (titles("旧词汇"), titles("新说法")) == ([], ["公开标题"])
    publishing.withdraw(article, None, "过期")
    assert (titles("新说法"), titles("新说法", public=False)) == ([], ["公开标题"])


def test_width_and_case_do_not_matter():
    make_article("ＡＰＰ上线", body="<p>１２３５１热线</p>")
    assert (titles("app"), titles("12351")) == (["ＡＰＰ上线"], ["ＡＰＰ上线"])


def test_the_organisation_and_the_author_are_found():
    make_article("一篇", organization=make_organization("胶州市总工会"), text={"author": "王新慧"})
    assert (titles("胶州市总工会"), titles("王新慧")) == (["一篇"], ["一篇"])


@pytest.mark.parametrize("query", ["", "  ", "，。", "' OR 1=1 --", '"', "a' & b:*", "NEAR(", "*", "\x00"])
def test_no_query_breaks_the_search(query):
    make_article("一篇")
    assert search.search(query).count in (0, 1)


def test_counting_stops_at_the_cap(monkeypatch):
    monkeypatch.setattr(finding, "CAP", 3)
    for number in range(5):
        make_article(f"工会消息{number}")
    found = search.search("工会")
    assert (found.count, found.capped, len(found.ids)) == (4, True, 3)


def test_rebuilding_brings_back_what_an_old_tokeniser_left(capsys):
    article = make_article("母婴室建成")
    make_article("第二篇")
    SearchDocument.objects.filter(article=article).update(tokenizer=0, words=[key("旧词")])
    assert (titles("母婴室"), titles("旧词")) == ([], [])
    call_command("rebuild_search")
    assert (titles("母婴室"), titles("旧词")) == (["母婴室建成"], [])
    assert capsys.readouterr().out == "1 article(s) indexed.\n"

"""What a page states about its article is taken first, and never where it is a placeholder or a site's name."""

import pytest

from importer.proposal import output, propose

TEXT = "<p>3月2日，洪泽区总工会召开女职工工作会议，总结去年工作，表彰先进集体12个，部署今年任务。</p>" * 2


def read(head, body=f"<h1>洪泽区总工会召开女职工工作会议</h1><div class='TRS_Editor'>{TEXT}</div>"):
    page = f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    return output(propose(page.encode(), "x"))["articles"]


def meta(**tags):
    return "".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())


def test_the_tags_of_the_standard():
    head = meta(ArticleTitle="洪泽区总工会召开女职工工作会议", PubDate="2020-03-03 08:30", Author="范蕾")
    (article,) = read(head + meta(ContentSource="淮安日报", ColumnName="女工之家", SiteName="洪泽区总工会"))
    got = {name: article[name] for name in ("title", "published_at", "author", "source", "channel")}
    assert got == {
        "title": "洪泽区总工会召开女职工工作会议",
        "published_at": "2020-03-03T08:30:00+08:00",
        "author": "范蕾",
        "source": "淮安日报",
        "channel": ["女工之家"],
    }
    assert article["evidence"]["author"]["rule"] == "meta-author"


@pytest.mark.parametrize("author", ["admin", "超级管理员", "洪泽区总工会", "织梦内容管理系统", "未知", "TRS", "淮安网"])
def test_a_placeholder_or_a_site_is_no_author(author):
    assert read(meta(Author=author))[0]["author"] is None


@pytest.mark.parametrize(
    "title", ["无标题文档", "洪泽区总工会", "洪泽工会网", "新闻详情", "首页", "Untitled Document", "1.html"]
)
def test_a_placeholder_or_a_site_is_no_title(title):
    for head in (f"<title>{title}</title>", meta(ArticleTitle=title), f'<meta property="og:title" content="{title}">'):
        assert read(head)[0]["title"] == "洪泽区总工会召开女职工工作会议"


def test_a_title_cut_by_the_program_is_read_in_full():
    assert read("<title>洪泽区总工会召开女职工...</title>")[0]["title"] == "洪泽区总工会召开女职工工作会议"


def test_a_page_without_a_headline_has_the_stated_title():
    body = f"<div class='TRS_Editor'>{TEXT}</div>"
    assert read("<title>洪泽区女职工工作会议召开-洪泽区总工会</title>", body)[0]["title"] == "洪泽区女职工工作会议召开"


@pytest.mark.parametrize(("name", "author"), [("范蕾", "范蕾"), ("洪泽区总工会", None)])
def test_the_author_that_a_message_account_prints_beside_its_name(name, author):
    meta_row = f'<span class="rich_media_meta rich_media_meta_text">{name}</span><a id="js_name">洪泽工会</a>'
    body = f'<h1 id="activity-name">职工夜校开课了</h1>{meta_row}<div id="js_content">{TEXT}</div>'
    assert read("", body)[0]["author"] == author


@pytest.mark.parametrize(
    ("stated", "day"),
    [("2019-13-45", None), ("昨天", None), ("2020年3月3日", "2020-03-03"), ("1583200000", "2020-03-03")],
)
def test_dates_stated(stated, day):
    assert read(meta(PubDate=stated))[0]["published_on"] == day


def test_a_printed_day_goes_before_one_stated_in_doubt():
    body = f"<h1>洪泽区总工会召开女职工工作会议</h1><p>发布时间：2020-03-03</p><div class='TRS_Editor'>{TEXT}</div>"
    head = '<meta property="og:release_date" content="2023-09-09">'
    assert read(head, body)[0]["published_on"] == "2020-03-03"


def test_broken_json_ld_is_passed_over():
    broken = '<script type="application/ld+json">{"@type":"NewsArticle",</script>'
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    good = (
        '<script type="application/ld+json">[{"@type":["Article"],"author":[{"name":"范蕾"},{"name":"丁健"}]}]</script>'
    )
    assert read(broken + deep + good)[0]["author"] == "范蕾 丁健"

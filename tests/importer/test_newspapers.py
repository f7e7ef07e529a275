"""Whole pages of newspapers: each report is an article with its title, authors and day; a feature stays one article."""

import json
from pathlib import Path

import pytest

from importer.proposal import output, propose

PAPERS = Path(__file__).parent / "papers"
GOLD = json.loads((PAPERS / "gold_P.json").read_text())


def articles(name):
    return output(propose((PAPERS / f"{name}.txt").read_bytes(), f"{name}.txt"))["articles"]


def without_spaces(text):
    return text and "".join(text.split())


@pytest.mark.parametrize("name", GOLD)
def test_page(name):
    pages = GOLD[name].get("articles", [GOLD[name]])
    read = articles(name)
    assert len(read) == len(pages)
    for article, gold in zip(read, pages, strict=True):
        assert without_spaces(article["title"]) in [gold["title"], *gold["title_alt"]]
        assert without_spaces(article["author"]) == without_spaces(gold["author"])
        assert article["published_on"] in [gold["publish_date"], *gold.get("publish_date_alt", [])]
        assert gold["begins"] in article["body"][:70]
        if gold["organisation"]:
            assert article["organization"] == gold["organisation"]


def test_a_byline_above_and_a_credit_below_are_of_one_text():
    page = (
        "一个车间的夜晚\n通讯员 王小明\n4月3日夜里，东江县总工会的流动服务车开进了车间，为夜班职工送去热饭和药品。"
        "\n\n灯下的人\n大家围着车说话，说到孩子，说到老家的田，一直说到交班的铃声响起来。（李大海）"
    )
    assert len(output(propose(page.encode(), "page.txt"))["articles"]) == 1


HEADS = ("云岭县：山里来了理发师", "东江市总为骑手建起“港湾”", "北坪镇总工会\n让夜校走进车间")
TEXTS = (
    "“不出厂门就能理发，真方便。”昨天，一名缝纫工说。云岭县总工会的服务队当天到了12家企业。",
    "近日，在东江市新桥站点，外卖员李伟一边充电一边喝水。东江市总工会今年已建起这样的站点35个。",
    "晚上8点，北坪镇的车间里灯火通明。镇总工会请来老师教职工剪辑短视频，计划开课20堂。",
)


@pytest.mark.parametrize(
    "opening",
    [
        "通讯员毛建平报道 ",
        "记者阮小文 通讯员沈小岚报道 ",
        "本报记者 毛建平 报道:",
        "特约通讯员毛建平 摄影报道 ",
        "本报记者王小芳 通讯员李大海、陈新报道 ",
        "本报讯 记者毛建平报道 ",
        "本报讯（通讯员 毛建平）",
    ],
)
def test_a_report_opened_by_its_authors(opening):
    openings = ("本报讯 记者周小文报道 ", opening, "本报讯 ")
    reports = [f"{head}\n\n{first}{text}\n" for head, first, text in zip(HEADS, openings, TEXTS, strict=True)]
    page = "东江工人报\n2016年9月28日 星期三\n第03版：基层\n\n" + "\n".join(reports) + "        （杜一鸣）\n"
    read = output(propose(page.encode(), "page.txt"))["articles"]
    assert [article["title"] for article in read] == [*HEADS[:2], "北坪镇总工会让夜校走进车间"]


WRAPPED = (
    "灯一亮，工位上就响起了钳子声。八月六日夜里，公司三号厂房里十六名电工排成一列，第二\n届接线比武开始了。\n"
    "“线头不许外露，一处扣两分。”裁判老周拿着手电一格一格地看。最后，配电班的小林得了头\n名，大家把他抬了起来。"
)


@pytest.mark.parametrize("who", ["配电车间 周小兰", "机修分会　周小兰", "检验科 周小兰"])
def test_a_unit_and_a_name_between_headline_and_text_sign_a_report(who):
    page = (
        "动力人报\n内部资料 2016年8月25日 第8期（总第90期） 第三版 职工园地\n\n"
        f"手上有准头 心里有底气\n——动力公司工会举办接线比武侧记\n王文斌\n{WRAPPED}\n\n"
        f"我家隔壁是工会\n{who}\n{WRAPPED}\n"
    )
    read = output(propose(page.encode(), "page.txt"))["articles"]
    assert [(article["title"], article["author"]) for article in read] == [
        ("手上有准头 心里有底气", "王文斌"),
        ("我家隔壁是工会", "周小兰"),
    ]


@pytest.mark.parametrize("slogan", ["爱国 敬业 诚信 友善", "节约用水 从我做起\n讲文明 树新风"])
def test_a_papers_slogan_below_the_last_credit_is_no_text(slogan):
    reports = [
        f"{head}\n\n本报讯 {text}（{name}）\n"
        for head, text, name in zip(HEADS, TEXTS, ("毛建平", "阮小文", "沈小岚"), strict=True)
    ]
    page = "东江工人报\n2016年9月28日 星期三\n第03版：基层\n\n" + "\n".join(reports) + f"\n{slogan}\n"
    read = output(propose(page.encode(), "page.txt"))["articles"]
    assert [article["author"] for article in read] == ["毛建平", "阮小文", "沈小岚"]
    assert slogan[-4:] not in read[-1]["body"]

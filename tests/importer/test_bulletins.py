"""A union's bulletin is cut at its headlines, whatever mark they bear; a text with headings is not."""

import pytest

from importer.document import Document, lines_of
from importer.rules.page import scan
from importer.rules.splitting import split

TITLES = ["江边钓鱼赛 放生暖人心", "渔船上的夜校", "泡脚桶送到细纱车间"]
REPORTS = [
    "6月3日，平江市总工会在江边广场举办钓鱼比赛，六十名职工报名，最大的一条三斤重。比赛结束后，鱼全部放回江里。",
    "6月5日，柳河镇总工会把夜校开到渔船上，老船工讲解绳结打法。渔民陈大海说，学会了给孙子露一手。",
    "6月8日，第三纺织厂工会给夜班女工送去泡脚桶，工会主席说，站八个小时，脚最知道。女工们把桶排成一排。",
]
PLAN = """为做好工会工作，充分发挥工会组织的桥梁纽带作用，结合实际，制定计划如下：
一、加强学习
组织职工学习文化知识和业务技能，每月开展一次集中学习，提高职工综合素质。
二、做好服务
走访慰问困难职工20户，开展文体活动4次，切实为职工办实事、解难事。"""


def count(text):
    return len(split(scan(Document(lines_of(text), "utf-8", "text"))).pieces)


def pieces(form, joint="\n", reports=REPORTS):
    rows = enumerate(zip(TITLES, reports, strict=True), 1)
    return joint.join(f"{form.format(t=title, i=i, c='一二三'[i - 1])}\n　　{text}" for i, (title, text) in rows)


@pytest.mark.parametrize("form", ["●{t}", "◆ {t}", "■{t}", "★{t}", "▲ {t}", "※{t}", "◇{t}", "{t}"])
@pytest.mark.parametrize("head", ["工会简讯", "平江工会简报\n总第88期", "基层动态三则"])
def test_bulletins(head, form):
    assert count(f"{head}\n{pieces(form)}") == 3


@pytest.mark.parametrize("form", ["{i}.{t}", "{i}、{t}", "{c}、{t}"])
def test_bulletins_that_count_their_reports(form):
    assert count(f"一周工会要闻\n{pieces(form)}") == 3


@pytest.mark.parametrize("lead", ["本报讯 ", "本报平江讯 ", "【本报讯】", "本报讯（通讯员 李一）"])
def test_leads_of_newspapers(lead):
    assert count("职工周报\n第3版\n" + pieces("{t}", reports=[lead + text for text in REPORTS])) == 3


@pytest.mark.parametrize("form", ["{t}", "{i}.{t}", "●{t}"])
def test_headings_of_one_report_are_no_headlines(form):
    assert count(f"县总工会暖心事\n2021-02-03 来源：县总工会\n{pieces(form)}") == 1


@pytest.mark.parametrize("list_of_others", ["★你可能感兴趣★", "相关推荐：", "猜你喜欢"])
@pytest.mark.parametrize("form", ["【篇{c}】{t}", "篇{i}：{t}", "第{c}篇 {t}", "范文{c}：{t}"])
def test_a_list_of_other_pages_does_not_end_a_collection(form, list_of_others):
    names = ["企业工会工作计划", "商场工会工作计划", "物业工会工作计划"]
    rows = [f"{form.format(c='一二三'[i], i=i + 1, t=name)}\n{PLAN}" for i, name in enumerate(names)]
    rows.insert(2, f"{list_of_others}\n2022年班组长工作计划\n述职报告")
    text = "工会工作计划（通用3篇）\n2021-02-03\n" + "\n".join(rows)
    assert count(text) == 3
    kept = [item.line.text for item in scan(Document(lines_of(text), "utf-8", "text")).items]
    assert "述职报告" not in kept


@pytest.mark.parametrize("common", ["（2018年、2019年）", "（两份）", "2篇", "（2018和2019）"])
def test_two_years_plans_under_a_common_title(common):
    text = f"大桥中学\n工会工作计划{common}\n录入时间：2019-03-05\n"
    plans = "\n".join(f"大桥中学工会{year}年工作计划\n{PLAN}\n{year}年2月26日" for year in (2018, 2019))
    assert count(text + plans) == 2

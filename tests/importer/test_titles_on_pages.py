"""Titles as whole pages print them: over two lines, with subtitle, kicker, column, label, banner, mark or day."""

import pytest

from tests.importer.output_schema import read

TITLE, PLAN_TITLE = "青山区总工会为户外劳动者送清凉", "青山区总工会2021年工作要点"
NEWS = """7月12日，青山区总工会走进城南建筑工地，为户外劳动者送去清凉物资，现场气氛热烈。
区总工会负责人表示，今年将新建户外劳动者驿站12个，让更多职工歇歇脚、喝口水。
职工们纷纷表示，工会的关怀让大家感到了家的温暖，今后要更加努力地工作。"""
PLAN = """2021年，区总工会将坚持以职工为本，重点做好以下工作。
一、抓组织
新建工会组织20家，发展会员800名以上，基层组织建设年覆盖率达到90%。
二、抓服务
慰问困难职工300户，举办职工运动会1场，丰富职工的文化生活。"""
INFO = "时间：2021-07-13 来源：青山区总工会 阅读：33\n"


def closed_up(text):
    return "".join((text or "").split())


def check(head, title, body):
    articles = read(f"{head}{body}\n上一篇：城南街道工会换届\n".encode(), "page.txt")["articles"]
    assert [closed_up(article["title"]) for article in articles] == [closed_up(title)]
    assert articles[0]["body"].startswith(body[:12])


HEADS_OF_NEWS = [
    (f"{TITLE}\n{INFO}", TITLE),
    (f"青山区总工会\n为户外劳动者送清凉\n{INFO}", TITLE),
    (f"把清凉送到心坎上\n——青山区总工会服务户外劳动者侧记\n{INFO}", "把清凉送到心坎上"),
    (f"暑期关爱 情系一线\n{TITLE}\n{INFO}", TITLE),
    (f"引题：暑期关爱 情系一线\n标题：{TITLE}\n{INFO}", TITLE),
    (f"原标题：{TITLE}\n{INFO}", TITLE),
    (f"标 题：{TITLE}\n{INFO}", TITLE),
    (f"{TITLE}_青山工会网\n首页 > 工会动态\n{TITLE}\n{INFO}", TITLE),
    (f"{TITLE} - 基层动态 - 青山工会网\n首页 > 工会动态\n{TITLE}\n{INFO}", TITLE),
    (f"{TITLE} 青山工会网\n{INFO}", TITLE),
    (f"{TITLE} （2021-07-13）\n", TITLE),
    (f"{TITLE}　2021-07-13\n", TITLE),
    (f"{TITLE}\n2021-07-13\n", TITLE),
    (f"{TITLE}\n2021-07-13 09:22　浏览：32 次\n", TITLE),
    (f"[图文]{TITLE}\n{INFO}", TITLE),
    (f"{TITLE}（图）\n{INFO}", TITLE),
    (f"【基层动态】{TITLE}\n{INFO}", TITLE),
    (f"原创 | {TITLE}\n{INFO}", TITLE),
    (f"青山區總工會為戶外勞動者送清涼\n{INFO}", "青山區總工會為戶外勞動者送清涼"),
    (f"工地上的清凉谁来送？\n{INFO}", "工地上的清凉谁来送？"),
    (f"清凉来了！青山区总工会走进工地\n{INFO}", "清凉来了！青山区总工会走进工地"),
    (f"一瓶水，一份情，工会清凉进工地\n{INFO}", "一瓶水，一份情，工会清凉进工地"),
    (f"青山：清凉送到工地上\n{INFO}", "青山：清凉送到工地上"),
    (f"“清凉驿站”开到工地旁\n{INFO}", "“清凉驿站”开到工地旁"),
    (f"风从脚手架上来\n{INFO}", "风从脚手架上来"),
    ("风从脚手架上来\n", "风从脚手架上来"),
    ("风从脚手架上来\n李　杉\n", "风从脚手架上来"),
    ("风从脚手架上来\n——工地送清凉手记\n□ 李杉\n", "风从脚手架上来"),
    (f"青山区总工会\n首页 | 动态 | 通知\n{TITLE}\n{INFO}", TITLE),
    (f"青山区总工会\nQINGSHAN FEDERATION OF TRADE UNIONS\n{TITLE}\n{INFO}", TITLE),
    (f"青山钢铁集团有限公司\n首页 新闻 党建 工会\n公司工会开展送清凉活动\n{INFO}", "公司工会开展送清凉活动"),
    (f"青山人民医院\nQingshan People's Hospital\n院工会开展送清凉活动\n{INFO}", "院工会开展送清凉活动"),
    (f"青山实验小学\n学校首页>党群工作>工会\n教工之家的夏天\n{INFO}", "教工之家的夏天"),
    (f"{INFO}{TITLE}\n", TITLE),
    (f"{TITLE} 时间：2021-07-13 来源：青山区总工会\n", TITLE),
    (f"您当前的位置：首页 >> 工会动态 >> 正文\n{TITLE}\n{INFO}", TITLE),
    (f"{TITLE}\n——————————\n2021年07月13日 星期二 青山日报 03版\n", TITLE),
    (
        f"青山区总工会深入学习贯彻习近平总书记关于工人阶级和工会工作的重要论述扎实推进产业工人队伍建设改革走深走实\n{INFO}",
        "青山区总工会深入学习贯彻习近平总书记关于工人阶级和工会工作的重要论述扎实推进产业工人队伍建设改革走深走实",
    ),
    (f"青山区总工会打造“10分钟\n工会服务圈”温暖职工心\n{INFO}", "青山区总工会打造“10分钟工会服务圈”温暖职工心"),
    (
        f"青山区总工会召开庆祝“五一”国际劳动节\n暨劳模表彰大会\n{INFO}",
        "青山区总工会召开庆祝“五一”国际劳动节暨劳模表彰大会",
    ),
    (f"青山区总工会举办产业工人队伍建设\n改革培训班\n{INFO}", "青山区总工会举办产业工人队伍建设改革培训班"),
    (f"城南送清凉　工地有真情\n{INFO}", "城南送清凉　工地有真情"),
    (f"职工之声\n{TITLE}\n{INFO}", TITLE),
    (f"■ 工会视点\n{TITLE}\n{INFO}", TITLE),
    (f"“送清凉”系列报道之三\n{TITLE}\n{INFO}", TITLE),
    (f"来源：青山区总工会 2021-07-13\n{TITLE}\n", TITLE),
]

HEADS_OF_PLAN = [
    (f"青山区总工会\n2021年工作要点\n{INFO}", PLAN_TITLE),
    (f"青山区总工会\n\n2021年工作要点\n\n{INFO}", PLAN_TITLE),
    (f"青山区总工会关于印发\n《2021年工作要点》的\n通 知\n{INFO}", "青山区总工会关于印发《2021年工作要点》的通知"),
    (f"关于做好2021年全区\n职工维权服务工作的意见\n{INFO}", "关于做好2021年全区职工维权服务工作的意见"),
    (f"凝心聚力 再谱新篇\n——青山区总工会2021年工作计划\n{INFO}", "凝心聚力 再谱新篇——青山区总工会2021年工作计划"),
    (f"青 山 区 总 工 会 二 〇 二 一 年 工 作 要 点\n{INFO}", "青山区总工会二〇二一年工作要点"),
    (f"关 于 召 开 职 代 会 的 通 知\n{INFO}", "关于召开职代会的通知"),
    (f"青山区总工会文件\n青工发〔2021〕3号\n{PLAN_TITLE}\n{INFO}", PLAN_TITLE),
    (f"{PLAN_TITLE}\n青工发〔2021〕3号\n{INFO}", PLAN_TITLE),
    (f"{PLAN_TITLE}\n（2021年1月15日区总工会八届三次全委会通过）\n{INFO}", PLAN_TITLE),
    (f"{PLAN_TITLE}（讨论稿）\n{INFO}", "青山区总工会2021年工作要点（讨论稿）"),
    (f"{PLAN_TITLE}\n（征求意见稿）\n{INFO}", "青山区总工会2021年工作要点（征求意见稿）"),
    (
        "在青山区总工会八届三次全委会上的讲话\n青山区总工会主席 李杉\n（2021年1月15日）\n",
        "在青山区总工会八届三次全委会上的讲话",
    ),
    ("在青山区总工会八届三次全委会上的讲话\n（2021年1月15日）\n李　杉\n", "在青山区总工会八届三次全委会上的讲话"),
    (f"{PLAN_TITLE}.docx\n下载 收藏 分享\n{PLAN_TITLE}\n", PLAN_TITLE),
]


@pytest.mark.parametrize(("head", "title"), HEADS_OF_NEWS)
def test_of_news(head, title):
    check(head, title, NEWS)


@pytest.mark.parametrize(("head", "title"), HEADS_OF_PLAN)
def test_of_plans(head, title):
    check(head, title, PLAN)

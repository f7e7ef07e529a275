"""Which day a page was published on."""

import pytest

from importer.document import Line, fold
from importer.rules.dates import find_dates, publish_date
from importer.rules.labels import read_info_line


def published(*texts):
    infos = [read_info_line(Line(number, text)) for number, text in enumerate(texts, 1)]
    value = publish_date([info for info in infos if info], []).value
    return value and value.day.isoformat()


@pytest.mark.parametrize(
    ("texts", "want"),
    [
        (["发布：2016-02-01    阅：511"], "2016-02-01"),
        (["2024年1月19日", "责编：安宁　发布日期：2024-01-22 09:47"], "2024-01-22"),
        (["来源：院工会2023-02-08 10:15浏览次数：[ 415 ]"], "2023-02-08"),
        (["来源:黎平县总工会   发布人:管理员   2020-03-20 17:06"], "2020-03-20"),
        (["2019年4月30日　星期二　农历己亥年三月廿六　03"], "2019-04-30"),
        (["[来源：市总宣教部] [日期：23-05-08] [热度：732]"], "2023-05-08"),
        (["更新时间：2019-05-01 发布时间：2019-03-05"], "2019-03-05"),
        (["活动时间：2019年3月5日 活动地点：职工之家"], None),
        (["报名截止时间：2019年3月5日"], None),
        (["公示时间：2019年3月5日至3月11日"], None),
    ],
)
def test_publish_date(texts, want):
    assert published(*texts) == want


@pytest.mark.parametrize(
    ("printed", "day", "time"),
    [
        ("2019/3/5 9:05:3", "2019-03-05", "09:05:03"),
        ("2019年03月05日 09时32分", "2019-03-05", "09:32:00"),
        ("2019年03月05日10点20分", "2019-03-05", "10:20:00"),
        ("2019-03-05 下午 3:05", "2019-03-05", "15:05:00"),
        ("2019-03-05T10:02:44.000Z", "2019-03-05", "10:02:44"),
        ("Mar 5, 2019 10:02:44 PM", "2019-03-05", "22:02:44"),
        ("Mar 5, 2019 12:02:44 AM", "2019-03-05", "00:02:44"),
        ("March 5 2019", "2019-03-05", None),
        ("5 Mar 2019", "2019-03-05", None),
        ("Tue Mar 05 10:02:44 CST 2019", "2019-03-05", "10:02:44"),
        ("Tue, 05 Mar 2019 10:02:44 GMT", "2019-03-05", "10:02:44"),
        ("二〇一九年元月廿三日", "2019-01-23", None),
        ("二 ○ 一 九 年 十 二 月 卅 一 日", "2019-12-31", None),
        ("二O一九年三月五日", "2019-03-05", None),
        ("民國108年3月5日", "2019-03-05", None),
        ("23/05/2019", "2019-05-23", None),
        ("2019-13-40", None, None),
        ("May 2019", None, None),
    ],
)
def test_printed_forms(printed, day, time):
    dates = [(date.day.isoformat(), date.time and date.time.isoformat()) for date in find_dates(fold(printed))]
    assert dates == ([(day, time)] if day else [])


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("星期四, 02/16/2023 - 11:35", "2023-02-16"),
        ("星期一, 02/06/2023 - 11:35", "2023-02-06"),
        ("02/06/2023", "2023-06-02"),
        ("6月 2, 2023", "2023-06-02"),
        ("16 二月 2023", "2023-02-16"),
        ("16 2月, 2023 - 11:35", "2023-02-16"),
    ],
)
def test_days_as_site_builders_print_them(printed, day):
    assert find_dates(printed)[0].day.isoformat() == day


@pytest.mark.parametrize(
    ("head", "below", "signed", "want"),
    [
        ("2017年1月18日 星期三 农历腊月廿一", "发表时间：2017-1-16 作者：王芳", "", "2017-01-16"),
        ("欢迎光临！ 2017年09月30日 04:12:55", "更新时间：2017-9-21 8:01:46", "", "2017-09-21"),
        ("2017年9月30日 星期六", "", "2017年9月12日", "2017-09-12"),
        ("2017年9月30日 星期六", "", "", "2017-09-30"),
        ("春江日报 2017年9月30日 星期六 第3版", "", "2017年9月12日", "2017-09-30"),
        ("", "由 webadmin 提交于 星期四, 02/16/2023 - 11:35", "2023年2月1日", "2023-02-16"),
        ("", "发布时间（更新）：[2019-09-11] 阅读[ 3 ]次", "2019年9月2日", "2019-09-11"),
    ],
)
def test_the_day_of_the_visit_is_no_day_of_publication(head, below, signed, want):
    lines = [info for number, text in ((1, head), (4, below)) if text and (info := read_info_line(Line(number, text)))]
    assert publish_date(lines, [Line(9, signed)] if signed else [], 3).value.day.isoformat() == want

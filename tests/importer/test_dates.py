"""Which day a page was published on."""

import pytest

from importer.document import Line
from importer.rules.dates import publish_date
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
        (["更新时间：2019-05-01 发布时间：2019-03-05"], "2019-03-05"),
        (["活动时间：2019年3月5日 活动地点：职工之家"], None),
        (["报名截止时间：2019年3月5日"], None),
        (["公示时间：2019年3月5日至3月11日"], None),
    ],
)
def test_publish_date(texts, want):
    assert published(*texts) == want

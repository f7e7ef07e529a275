"""Information lines as portals, newspapers and accounts print them: labels without colons, mastheads, reprints."""

import pytest

from importer.document import Line, fold
from importer.rules import labels
from importer.rules.labels import read_info_line
from tests.importer.output_schema import pages


def told(text):
    """{field: value} of the labels of `text` that have a value; None where it is no information line."""
    info = read_info_line(Line(1, text))
    return info and {label.field: label.value for label in info.labels if label.value}


PEOPLE = {"author": "王芳", "editor": "李娜"}


@pytest.mark.parametrize(
    "text",
    [
        "作者：王芳 编辑：李娜",
        "作者｜王芳　编辑｜李娜",
        "作者丨王芳 编辑丨李娜",
        "作者 | 王芳  编辑 | 李娜",
        "作者/王芳　编辑/李娜",
        "作者 王芳 编辑 李娜",
        "撰稿 王芳　责任编辑 李娜",
        "[作者]王芳 [编辑]李娜",
        "【作者】王芳【编辑】李娜",
        "[作者：王芳] [责任编辑：李娜]",
        "（作者：王芳　编辑：李娜）",
        "作 者：王芳　　编 辑：李娜",
        "撰文、攝影：王芳 編輯、排版：李娜",
        "文字/摄影：王芳　编辑：李娜",
        "文/王芳 责编/李娜",
        "https://www.example.cn/a/1.html　作者：王芳　编辑：李娜",
    ],
)
def test_labels_in_every_dress(text):
    assert told(text) == PEOPLE


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("[发布日期]2019-03-05 [信息来源]县总工会 [阅读次数]", {"date": "2019-03-05", "source": "县总工会"}),
        ("来源：县总工会 2019-03-05 06:40 1.3万阅读 听新闻 A+ A-", {"date": "2019-03-05 06:40", "source": "县总工会"}),
        (
            "更新时间：2019-03-05 08:15  手机版  来源：网络  VIP免费复制",
            {"updated": "2019-03-05 08:15", "source": "网络"},
        ),
        ("【字級：大 中 小】　2019年03月05日　來源：區總工會", {"date": "2019年03月05日", "source": "區總工會"}),
        ("发布者：xgh 发布日期：05/03/2019   浏览 (1024)", {"clerk": "xgh", "date": "05/03/2019"}),
        ("成文日期 2019-03-05", {"made": "2019-03-05"}),
        ("发布机构 县总工会", {"publisher": "县总工会"}),
        ("文 号 县工发〔2019〕4号", {"doc_number": "县工发〔2019〕4号"}),
        ("来源丨县总工会", {"source": "县总工会"}),
        ("初审丨王芳　终审丨李娜", {"reviewer": "李娜"}),
        ("以下文章来源于职工之窗，作者王芳", {"source": "职工之窗", "author": "王芳"}),
        ("本文转自劳动时报", {"source": "劳动时报"}),
        ("Mar 5, 2019 10:02:44 AM    点击： 次", {"date": "Mar 5, 2019 10:02:44 AM"}),
        ("Posted on March 5, 2019 by admin", {"date": "March 5, 2019"}),
    ],
)
def test_labels_and_tools(text, want):
    assert told(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("A3　要闻·基层　　2019年3月5日　星期二", {"date": "2019年3月5日"}),
        ("上一版 下一版 2019年3月5日 星期二 第2版：各地工运", {"date": "2019年3月5日"}),
        ("2019年3月5日 星期二 返回首页 | 报纸订阅 | 往期回顾", {"date": "2019年3月5日"}),
        ("江海劳动报　2019年3月5日　星期二　第3版　县区工会", {"date": "2019年3月5日", "source": "江海劳动报"}),
        (
            "江海劳动报 2019年3月5日 星期二 第3版 县区工会 责编/王芳 版式/李娜",
            {"date": "2019年3月5日", "source": "江海劳动报", "editor": "王芳", "photo": "李娜"},
        ),
        ("江海工人报　责任编辑 王芳　美术编辑 李娜", {"source": "江海工人报", "editor": "王芳", "photo": "李娜"}),
    ],
)
def test_mastheads(text, want):
    assert told(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("原创 王芳 职工之窗 2019-03-05 17:30 发表于浙江", {"source": "职工之窗", "writer": "王芳"}),
        ("原创 县总工会 县总工会 2019-03-05 17:30", {"source": "县总工会"}),
        ("职工之窗 2019-03-05 17:30 湖南 听全文", {"source": "职工之窗"}),
        ("2019-03-05 17:30 湖南", {}),
    ],
)
def test_accounts(text, want):
    assert told(text) == {"date": "2019-03-05 17:30", **want}


@pytest.mark.parametrize(
    "text",
    [
        "来源 | 作者 | 编辑",
        "编辑 审核 发布流程",
        "[图文]秋日校园 开学第一课 职工风采录",
        "今天是2019年3月5日 星期二",
        "本报讯（通讯员 王芳 李娜）夜里七点半，教室里座无虚席",
        "工会主席 王芳",
        "https://www.example.cn/a/1.html",
        "二、审核 王芳",
        "记者来到县总工会采访",
    ],
)
def test_no_information_lines(text):
    assert told(text) is None


def test_labels_are_found_wherever_they_are_though_not_looked_for_everywhere():
    texts = [file.read_text("utf-8", errors="replace") for file in pages() if file.suffix == ".txt"]
    lines = {line[:240] for text in texts for line in fold(text).split("\n")}
    lines |= {
        "文/王芳",
        "李娜 摄影|王芳",
        "，难度:高",
        "【来源】县总工会",
        "摄影、撰文:王芳",
        "报名时间 :3月",
        "责 任 编 辑:李娜",
    }
    sought = {line: [hit.span() for hit in labels._labels(line)] for line in lines}
    assert sought == {line: [hit.span() for hit in labels._LABEL.finditer(line)] for line in lines}

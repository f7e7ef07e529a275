"""Titles printed whole, in pieces, behind a label, before the text, or not at all."""

import pytest

from importer.document import Document, lines_of
from importer.rules.page import scan
from importer.rules.titles import read_head

PROSE = "县总工会坚持以职工为中心,推进组织建设,扩大工会组织覆盖面,提升服务能力。"


def title(head):
    page = scan(Document(lines_of(f"{head}\n{PROSE}\n{PROSE}"), "utf-8", "text"))
    return read_head(page.items).title.value


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("阜宁县总工会\n2022年工作要点", "阜宁县总工会2022年工作要点"),
        ("阜宁县总工会关于拟推荐全省\n“工人先锋号”集体的公示", "阜宁县总工会关于拟推荐全省“工人先锋号”集体的公示"),
        ("县总工会举办“春风\n行动”招聘会", "县总工会举办“春风行动”招聘会"),
        (
            "一张清单解难题 一支队伍跑到底\n原标题：百名“娘家人”结对小微企业\n2019-03-05 来源：中工网",
            "百名“娘家人”结对小微企业",
        ),
        ("邻里  ·  便民热线  ·  议事厅  ·  微心愿", None),
        ("阜宁县总工会门户网站  政策文件库\n阜宁县总工会职工书屋管理办法", "阜宁县总工会职工书屋管理办法"),
        ("首页 | 教工动态 | 正文\n教育工会举办竞赛", "教育工会举办竞赛"),
    ],
)
def test_titles(head, want):
    assert title(head) == want


def test_a_title_in_front_of_the_text():
    assert title(f"首页 | 动态 | 正文\n县教育工会举办教学基本功竞赛　　{PROSE}") == "县教育工会举办教学基本功竞赛"

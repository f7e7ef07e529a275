"""Titles that break at words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.headlines import headline, pieces


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("职工技能和素质的提升", "职工|技能|和素质的|提升"),
        ("工会工作“升级版”", "工会工作|“升级版”"),
        ("以“两服务”增强工会组织的“两力”", "以“两服务”|增强|工会组织的|“两力”"),
        ('以"两服务"增强工会', '以"两服务"|增强|工会'),
        ("新征程 新目标——区工会2019工作", "新征程 |新目标\u2060——|区工会2019工作"),
        ("《关于印发〈2019年工作要点〉的通知》", "《关于|印发|〈2019年工作要点〉|的通知》"),
        ("启新程，趁势而上谋新篇", "启新程，|趁势|而上谋新篇"),
        ("工会", "工会"),
        ("", ""),
    ],
)
def test_where_a_line_may_end(title, wanted):
    assert "|".join(pieces(title)) == wanted


def test_the_page_gets_escaped_words_with_breaks():
    assert headline("工会<b>职工") == "工会<wbr>&lt;b&gt;<wbr>职工"
    assert headline("组织建设") == "组织<wbr>建设"


@given(st.text(st.sampled_from("工会职工服务的了大2019 “”‘’《》，。——()ab<&"), max_size=60))
def test_no_word_is_lost(title):
    assert "".join(pieces(title)).replace("\u2060", "") == title.replace("\u2060", "")
    assert all(pieces(title)) or not title


@given(st.text(max_size=60))
def test_any_title_is_safe(title):
    assert "<script" not in headline(title)

"""What a reader asks for, read from what they typed."""

import pytest

from articles.query import read


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("", []),
        ("，。", []),
        ("技能 大赛", ["技能", "大赛"]),
        ("技能，大赛", ["技能", "大赛"]),
        ("職工技能大賽", ["职工", "技能", "大赛"]),
        ("２０１９年工作计划", ["2019", "工作", "计划"]),  # a lone character beside words is not asked for
        ("劳", ["劳"]),
        ("“劳”", ["劳"]),
        ("王新慧", ["=王新慧"]),
        ("向王新慧学习", ["=王新慧", "学习"]),
        ("“职工之家建设”", ["=职工之家建设"]),
        ('"职工 之家" 帮扶', ["=职工之家", "帮扶"]),
        ("「職工之家」", ["职工之家"]),
        ("『职工的家』", ["=职工的家"]),
        ("《工会法》", ["=《工会法》"]),
        ("“职工", ["职工"]),
        ("职工 职工", ["职工"]),
        ("a' & b:*", ["a", "b"]),
    ],
)
def test_words_and_exact_phrases_are_read(typed, terms):
    assert ["=" * term.exact + term.text for term in read(typed).terms] == terms


def test_the_index_is_asked_for_the_words_of_a_phrase_or_for_its_characters():
    assert read("“职工之家建设”").terms[0].words == ("职工之家", "建设")
    assert read("“会者”").terms[0].words == ("会者",)


def test_a_query_has_an_end():
    words = " ".join(f"w{number}" for number in range(40))
    assert len(read(words).terms) == 12

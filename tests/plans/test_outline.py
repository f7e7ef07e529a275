"""The outline grammar: the seeds' headings, the same with other numbers and widths, and layouts of other pages."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.grammar.outline import Paragraph, read_outline
from tests.plans.gold import ARTICLES, NAMES, TO_CORNER, TO_FULL, TO_WIDE_PUNCTUATION, changed, headings

BODY = "要认真贯彻上级部署,结合工作实际,广泛组织职工开展多种形式的活动,不断提高工作水平,推动各项任务落到实处。"


def rows(found):
    return [(row.level, row.number, row.heading, row.line, row.style) for row in read_outline(found)]


def outline(text: str) -> list[str]:
    """Level, first letter of the style, number and words of each heading of a text; $ stands for a body text."""
    lines = text.replace("$", BODY).strip("\n").split("\n")
    found = read_outline([Paragraph(number, line) for number, line in enumerate(lines, 1)])
    return [f"{row.level}{row.style[0]} {row.number or '-'} {row.heading}" for row in found]


@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_outline(seed, article, found):
    assert rows(found) == headings(article)


@pytest.mark.parametrize(
    "table", [TO_WIDE_PUNCTUATION, TO_FULL, TO_CORNER], ids=["punctuation", "full-width", "corner"]
)
@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_outline_in_other_widths(seed, article, found, table):
    def swap(text):
        return text and text.translate(table)

    want = [(level, swap(number), swap(words), line, style) for level, number, words, line, style in headings(article)]
    assert rows(changed(found, swap)) == want


NUMBERINGS = {
    "一、": "一、 二、 三、 四、 五、 六、 七、",
    "(一)": "(一) (二) (三) (四) (五) (六) (七)",
    "（一）": "（一） （二） （三） （四） （五） （六） （七）",
    "1.": "1. 2. 3. 4. 5. 6. 7.",
    "1、": "1、 2、 3、 4、 5、 6、 7、",
    "1．": "1． 2． 3． 4． 5． 6． 7．",
    "（1）": "（1） （2） （3） （4） （5） （6） （7）",
    "①": "① ② ③ ④ ⑤ ⑥ ⑦",
    "第一部分": "第一部分 第二部分 第三部分 第四部分 第五部分 第六部分 第七部分",
    "第一章": "第一章 第二章 第三章 第四章 第五章 第六章 第七章",
}
INLINE = {
    "一是": "一是 二是 三是 四是",
    "第一,": "第一 第二 第三 第四",
    "①": "① ② ③ ④",
    "1.": "1. 2. 3. 4.",
    "(1)": "(1) (2) (3) (4)",
}


@pytest.mark.parametrize("numbering", NUMBERINGS)
@pytest.mark.parametrize(("seed", "article", "found"), ARTICLES, ids=NAMES)
def test_seed_outline_in_other_numbers(seed, article, found, numbering):
    numbers = NUMBERINGS[numbering].split()
    old = {row["number"]: numbers[at] for at, row in enumerate(article["outline"]) if row["number"]}
    space = " " if numbering.startswith("第") else ""

    def renumber(text):
        for number, new in old.items():
            if text.lstrip().startswith(number):
                return text.replace(number, new + space, 1)
        return text

    want = [(row[0], old.get(row[1], row[1]), *row[2:]) for row in headings(article)]
    assert rows(changed(found, renumber)) == want


@pytest.mark.parametrize("numbering", INLINE)
def test_inline_items_in_other_numbers(numbering):
    _, article, found = ARTICLES[1]
    new = dict(zip("一二三四", INLINE[numbering].split(), strict=True))
    comma = "," if numbering == "第一," else ""

    def renumber(text):
        return re.sub("(?<=[。 ])([一二三四])是", lambda match: new[match[1]] + comma, text)

    want = [(*row[:1], new[row[1][0]] if row[4] == "inline" else row[1], *row[2:]) for row in headings(article)]
    assert rows(changed(found, renumber)) == want


LAYOUTS = {
    "nested": (
        "一、强化引领\n(一)抓学习。$\n(二)抓宣传。$\n1.做好一。$\n2.做好二。$\n二、依法维权\n(一)集体协商。$\n(二)民主管理。$",
        [
            "1s 一、 强化引领",
            "2r (一) 抓学习",
            "2r (二) 抓宣传",
            "3r 1. 做好一",
            "3r 2. 做好二",
            "1s 二、 依法维权",
            "2r (一) 集体协商",
            "2r (二) 民主管理",
        ],
    ),
    "a space between title and text": (
        "一、强化思想引领 $\n二、推动建功立业 $",
        ["1r 一、 强化思想引领", "1r 二、 推动建功立业"],
    ),
    "a colon between title and text": ("一、指导思想:$\n二、工作目标:$", ["1r 一、 指导思想", "1r 二、 工作目标"]),
    "parts": (
        "第一部分 去年工作总结\n$\n一、强化引领\n$\n二、依法维权\n$\n"
        "第二部分 今年工作计划\n$\n一、强化引领\n$\n二、依法维权\n$",
        [
            "1s 第一部分 去年工作总结",
            "2s 一、 强化引领",
            "2s 二、 依法维权",
            "1s 第二部分 今年工作计划",
            "2s 一、 强化引领",
            "2s 二、 依法维权",
        ],
    ),
    "unnumbered lines over each restart": (
        "2022年工作总结\n一、强化引领\n$\n二、依法维权\n$\n2023年工作计划\n一、强化引领\n$\n二、依法维权\n$",
        [
            "1s - 2022年工作总结",
            "2s 一、 强化引领",
            "2s 二、 依法维权",
            "1s - 2023年工作计划",
            "2s 一、 强化引领",
            "2s 二、 依法维权",
        ],
    ),
    "salutation, signature and date are no headings": (
        "同志们:\n$\n一、强化引领\n$\n二、依法维权\n$\n市总工会\n2023年1月5日",
        ["1s 一、 强化引领", "1s 二、 依法维权"],
    ),
    "一是 in a report": (
        "近日,市总工会召开会议。会议要求:一是要加强学习,提高认识;二是要抓好落实;三是强化督查。",
        ["2i 一是 要加强学习", "2i 二是 要抓好落实", "2i 三是 强化督查"],
    ),
    "a lone 一是": ("一是加强学习。$", []),
    "一是 over several paragraphs": (
        "主要做法如下:\n一是加强学习。$\n二是依法维权。$\n三是做好帮扶。$",
        ["2i 一是 加强学习", "2i 二是 依法维权", "2i 三是 做好帮扶"],
    ),
    "a whole outline in one paragraph": (
        "一、强化引领。(一)抓学习,$(二)抓宣传,$二、依法维权。$",
        ["1i 一、 强化引领", "2i (一) 抓学习", "2i (二) 抓宣传", "1i 二、 依法维权"],
    ),
    "a counter that skips": (
        "一、加强学习\n$\n二、做好维权\n$\n四、做好帮扶\n$",
        ["1s 一、 加强学习", "1s 二、 做好维权", "1s 四、 做好帮扶"],
    ),
    "a counter that repeats": (
        "一、加强学习\n$\n二、做好维权\n$\n二、做好帮扶\n$\n四、做好自身\n$",
        ["1s 一、 加强学习", "1s 二、 做好维权", "1s 二、 做好帮扶", "1s 四、 做好自身"],
    ),
    "a start that is lost": ("二、做好维权\n$\n三、做好帮扶\n$", ["1s 二、 做好维权", "1s 三、 做好帮扶"]),
    "a list before the outline": (
        "主要目标:\n1.新建工会20家。\n2.发展会员500人。\n一、加强学习\n$\n二、做好帮扶\n$",
        ["2s 1. 新建工会20家。", "2s 2. 发展会员500人。", "1s 一、 加强学习", "1s 二、 做好帮扶"],
    ),
    "figures at the start of a line": ("2023年是关键一年。$\n3.15活动。$\n1.5万名职工参加。$", []),
    "unnumbered lines": (
        "前言部分。$\n聚焦思想引领 凝聚奋进力量\n$\n聚焦建功立业,展现职工风采\n$\n"
        "聚焦服务职工 提升幸福指数\n$\n(通讯员 张三)",
        ["1s - 聚焦思想引领 凝聚奋进力量", "1s - 聚焦建功立业,展现职工风采", "1s - 聚焦服务职工 提升幸福指数"],
    ),
    "captions and names": ("近日,工会开展活动。$\n图为活动现场\n$\n李明 王小红\n$", []),
    "first sentences alone": (
        "突出政治引领。$\n突出建功立业。$\n突出维权服务。$",
        ["1r - 突出政治引领", "1r - 突出建功立业", "1r - 突出维权服务"],
    ),
    "a dash typed for 一": (
        "—、强化引领\n$\n二、 依法维权\n$\n三 、做好帮扶\n$",
        ["1s —、 强化引领", "1s 二、 依法维权", "1s 三 、 做好帮扶"],
    ),
    "titles in brackets": (
        "【思想引领】$\n【建功立业】$\n【维权服务】$",
        ["1r - 思想引领", "1r - 建功立业", "1r - 维权服务"],
    ),
    "首先 inside 二是": (
        "一、推进维权工作\n一是完善合同制度,$二是扩大协商,首先做到规模企业都签订,$三是推进民主管理。\n二、抓好落实\n$",
        [
            "1s 一、 推进维权工作",
            "2i 一是 完善合同制度",
            "2i 二是 扩大协商",
            "2i 三是 推进民主管理",
            "1s 二、 抓好落实",
        ],
    ),
    "an appendix list": (
        "一、加强学习\n$\n二、做好帮扶\n$\n附件:1.任务分解表\n2.名额分配表",
        ["1s 一、 加强学习", "1s 二、 做好帮扶"],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout(layout):
    text, want = LAYOUTS[layout]
    assert outline(text) == want


def test_blank_paragraphs_change_nothing_but_places():
    lines = ["一、强化引领", "", BODY, "", "二、依法维权", "", BODY]
    found = read_outline([Paragraph(number, line) for number, line in enumerate(lines, 1)])
    assert [(row.heading, row.line, row.paragraph) for row in found] == [("强化引领", 1, 0), ("依法维权", 5, 4)]


MARKS = "一、 二、 (一) (二) 1. 2. ① ② 一是 二是 首先 其次 。 , ; : “ ” 加强学习 第一部分 2023年 附件:"
PIECES = st.sampled_from([*MARKS.split(), '"', " ", "做好帮扶工作", "图为活动", BODY])
TEXTS = st.lists(st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40)), max_size=12)


@given(TEXTS)
def test_spans_stand_in_the_text(lines):
    found = [Paragraph(number, line) for number, line in enumerate(lines, 1)]
    read = read_outline(found)
    assert read == read_outline(found)
    for row in read:
        assert found[row.paragraph].text[row.start : row.end] == row.heading
        assert (row.line, bool(row.heading)) == (found[row.paragraph].line, True)
        assert row.level >= 1


@pytest.mark.parametrize("piece", ["一是加强,", "(一)", "“", '"', "1.", "①②", BODY])
def test_long_paragraphs_are_read_quickly(piece):
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    read_outline([Paragraph(1, text)])
    assert time.process_time() - started < 5


def test_ordinals_that_open_lines_are_numbers_and_in_running_text_are_inline():
    lines = ["第一、加强组织建设", "推进工会组建工作,扩大覆盖。", "第二、维护职工权益", "推进集体协商,健全机制。"]
    assert [
        (h.level, h.number, h.heading, h.style)
        for h in read_outline([Paragraph(at, line) for at, line in enumerate(lines, 1)])
    ] == [
        (1, "第一、", "加强组织建设", "standalone"),
        (1, "第二、", "维护职工权益", "standalone"),
    ]
    lines = ["第一,加强组织建设。推进组建工作。", "第二,维护职工权益。推进集体协商。"]
    assert [
        (h.level, h.number, h.style) for h in read_outline([Paragraph(at, line) for at, line in enumerate(lines, 1)])
    ] == [(1, "第一,", "run_in"), (1, "第二,", "run_in")]
    assert [(h.level, h.style) for h in read_outline([Paragraph(1, "".join(lines))])] == [(2, "inline"), (2, "inline")]


def test_a_space_beside_a_figure_ends_no_heading():
    first, second = (
        "一、新建工会 100 家，发展会员 5000 名，建会率达到 90% 以上。",
        "二、培训工会干部 200 人次，举办培训班 4 期。",
    )
    assert outline(f"{first}\n{second}") == [
        "1s 一、 新建工会 100 家，发展会员 5000 名，建会率达到 90% 以上。",
        "1s 二、 培训工会干部 200 人次，举办培训班 4 期。",
    ]
    assert outline(f"一、抓好组建 {BODY}\n二、抓好维权 {BODY}") == ["1r 一、 抓好组建", "1r 二、 抓好维权"]

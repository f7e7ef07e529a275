"""Lines to paragraphs: hard-wrapped pages are put together, headings between whole paragraphs stay lines."""

from lxml import html

from importer.document import Line
from importer.proposal import propose
from importer.rules.paragraphs import join_lines

TEXT = "广泛开展群众性劳动竞赛,激发职工的劳动热情和创造潜能,在工业园区和重点工程工地深入开展各类创建活动。" * 2


def joined(*lines):
    return [block.text for block in join_lines([Line(at, text) for at, text in enumerate(lines, 1)])]


def test_headings_of_one_width_between_whole_paragraphs():
    heads = [
        "发挥工人阶级主力军作用,在推动发展中有新的作为",
        "履行维权服务的基本职责,在和谐关系上有新的突破",
        "倾心服务全体职工群众,在改善民生上有新的成效",
        "夯实基层工会组织基础,在增强活力上有新的进步",
    ]
    lines = [line for head in heads for line in (head, TEXT)]
    assert joined(*lines) == lines


def test_hard_wrapped_lines_are_one_paragraph():
    wrapped = [TEXT[at : at + 26] for at in range(0, len(TEXT), 26)]
    assert joined(*wrapped) == [TEXT]


def test_a_caption_ends_with_its_photographers_name():
    lines = ["图为职工在新食堂里排队打饭。 张小军 摄", "办出特色", TEXT]
    assert joined(*lines) == lines


def test_a_numbered_sentence_is_text_and_a_numbered_title_a_heading():
    page = (
        "石桥镇总工会2026年工作要点\n一、加强组织建设，夯实基层基础。\n1.新建职工书屋8家。\n"
        "二、规范换届，健全制度。\n2.指导企业工会按期换届，规范选举程序，配齐配强工会干部，健全工作制度，落实经费保障。\n"
    )
    found = propose(page.encode(), "要点.txt").articles[0]
    assert [(row["heading"], row["style"]) for row in found.outline][1] == ("新建职工书屋8家。", "standalone")
    tags = [html.fromstring(row).tag for row in found.body_html.splitlines()]
    assert tags == ["h2", "p", "h2", "p"]

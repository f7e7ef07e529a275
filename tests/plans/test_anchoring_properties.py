"""Any edit of a text: a quote stands at its own words or is marked broken, and never at a twin's place."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.canonical import canonical
from plans.anchoring import find_again, words_of
from plans.models import Clause, Target
from plans.same_words import Change, Printed

LETTERS = ["新建工会。", "会员入会。", "签订合同。", "慰问职工。"]
few = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6)


def edits(old: list[str], inserted: list[str]):
    """Every text that one edit of `old` makes, as lists of (sentence, where it stood or None)."""
    rows = list(zip(old, range(len(old)), strict=True))
    new = [(sentence, None) for sentence in inserted]
    size = len(rows)
    blocks = [(first, last) for first in range(size) for last in range(first + 1, size + 1)]
    for first, last in blocks:
        block, rest = rows[first:last], rows[:first] + rows[last:]
        yield rest
        for at in range(len(rest) + 1):
            yield rest[:at] + block + rest[at:]
        for at in range(size + 1):
            yield rows[:at] + [(sentence, None) for sentence, _ in block] + rows[at:]
    for at in range(size + 1):
        yield rows[:at] + new + rows[at:]


def insertions(old: list[str], new: list[str]):
    """What went where, for each place at which something may have been put in to make `new` of `old`."""
    more = len(new) - len(old)
    for at in range(len(old) + 1):
        if more > 0 and new[:at] == old[:at] and new[at + more :] == old[at:]:
            yield [*range(at), *[None] * more, *range(at, len(old))]


def in_order(old: list[str], stood: list[int | None]) -> bool:
    """Whether sentences with the same words kept their order."""
    return all(
        [was for was in stood if was is not None and old[was] == one]
        == sorted(was for was in stood if was is not None and old[was] == one)
        for one in set(old)
    )


@settings(max_examples=250)
@given(few, st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2), st.data())
def test_a_place_is_followed_only_where_every_single_edit_that_makes_the_text_says_so(old, inserted, data):
    options = list(edits(old, inserted))
    chosen = data.draw(st.sampled_from(options))
    new = [sentence for sentence, _ in chosen]
    told = [[was for _, was in one] for one in options if [sentence for sentence, _ in one] == new]
    told += insertions(old, new)
    told = [stood for stood in told if in_order(old, stood)] or told  # no twins change places without need
    before, after = Printed.of("".join(old)), Printed.of("".join(new))
    for sentence in set(old):
        size = len(sentence)
        went = Change(before, after).follow(size, before.places(sentence), after.places(sentence))
        if old == new:
            assert went.places == {at: at for at in before.places(sentence)}
            continue
        for here, there in went.places.items():
            assert {stood[there // size] for stood in told} <= {here // size, None}
        assert len(set(went.places.values())) == len(went.places)


# Whole plans: random paragraphs, some sentences several times, edited several times over

SENTENCES = [
    *("全年新建工会20家。", "发展会员1000名；", "完成率达到100%。", "集体合同签订率达到90％以上。", "完成率达到100%。"),
    *("慰问“困难职工”500户。", "推进各项工作", "认真抓好落实！", "加强组织建设"),
]
HEADINGS = ["一、加强组织建设", "二、维护职工权益", "（一）推进各项工作", "加强组织建设", "三、维护职工权益"]
sentence = st.sampled_from(SENTENCES) | st.text(alphabet="工会建设20家，。；“”", min_size=1, max_size=8)
paragraph = st.sampled_from(HEADINGS) | st.lists(sentence, min_size=1, max_size=4).map("".join)
texts = st.lists(paragraph, min_size=1, max_size=8)
WIDE = str.maketrans("0123456789%;!", "０１２３４５６７８９％；！")
NARROW = str.maketrans("０１２３４５６７８９％；！“”", '0123456789%;!""')


@st.composite
def edited(draw, lines: list[str]) -> list[str]:
    """`lines` with one edit: put in, taken out, replaced, moved, doubled, typed in another width, cut or joined."""
    lines = list(lines)
    at = draw(st.integers(0, len(lines)))
    end = draw(st.integers(at, len(lines)))
    block, rest = lines[at:end], lines[:at] + lines[end:]
    how = draw(st.sampled_from(["insert", "delete", "replace", "move", "double", "wide", "narrow", "words", "join"]))
    if how == "insert":
        return lines[:at] + draw(st.lists(paragraph, min_size=1, max_size=2)) + lines[at:]
    if how == "delete":
        return rest
    if how == "replace":
        return lines[:at] + draw(st.lists(paragraph, max_size=2)) + lines[end:]
    if how in ("move", "double"):
        to = draw(st.integers(0, len(rest)))
        rest = lines if how == "double" else rest
        return rest[:to] + block + rest[to:]
    if how in ("wide", "narrow"):
        return [line.translate(WIDE if how == "wide" else NARROW) for line in lines]
    if how == "words" and lines:
        line = lines[at % len(lines)]
        cut = draw(st.integers(0, len(line)))
        lines[at % len(lines)] = line[:cut] + draw(sentence) + line[cut + draw(st.integers(0, 4)) :]
        return [line for line in lines if line]
    return lines[:at] + (["".join(block)] if block else []) + lines[end:]


def rows_of(draw, text: str) -> tuple[list[Clause], list[Target]]:
    """Targets at any words of the text, clauses at its lines."""
    printed = Printed.of(text)
    clauses, targets = [], []
    for number, start in enumerate(printed.starts, 1):
        end = printed.starts[number] if number < len(printed.starts) else len(printed.text)
        words = printed.text[start:end]
        if draw(st.booleans()):
            targets.append(Target(pk=number, quote=words, start=start, end=end))
        if draw(st.booleans()):
            style = draw(st.sampled_from(Clause.Style.values))
            clauses.append(Clause(pk=number, heading=words, style=style, start=start, end=end))
    return clauses, targets


@settings(max_examples=100)
@given(texts, st.data())
def test_after_any_edits_each_row_stands_at_its_words_or_is_broken(lines, data):
    text = "\n".join(lines)
    clauses, targets = rows_of(data.draw, text)
    rows = [*clauses, *targets]
    for _ in range(data.draw(st.integers(1, 4))):
        lines = data.draw(edited(lines))
        new = "\n".join(lines)
        printed = Printed.of(new)
        stood = {row: (row.start, row.end) for row in rows if not row.broken}
        found = find_again(clauses, targets, text, new).places
        for row in rows:
            row.broken = row not in found
            row.start, row.end = found.get(row, (row.start, row.end))
            if not row.broken:
                assert printed.text[row.start : row.end] == words_of(row)
        for one in targets:  # equal words that stood apart stand apart, those that stood together stand together
            for other in targets:
                if one in stood and other in stood and words_of(one) == words_of(other):
                    assert one.broken or other.broken or (stood[one] == stood[other]) == (one.start == other.start)
        for target in targets:  # words that stood once and stand once are found
            if target in stood and len(printed.places(words_of(target))) == 1 == canonical(text).count(
                words_of(target)
            ):
                assert not target.broken
        text = new


@settings(max_examples=100)
@given(texts, st.data())
def test_a_text_put_back_after_one_edit_heals_or_stays_broken_and_never_swaps(lines, data):
    text = "\n".join(lines)
    clauses, targets = rows_of(data.draw, text)
    rows = [*clauses, *targets]
    began = {row: (row.start, row.end) for row in rows}
    other = "\n".join(data.draw(edited(lines)))
    for old, new in ((text, other), (other, text)):
        found = find_again(clauses, targets, old, new).places
        for row in rows:
            row.broken = row not in found
            row.start, row.end = found.get(row, (row.start, row.end))
    for row in targets:
        once = canonical(text).count(words_of(row)) == 1 >= canonical(other).count(words_of(row))
        assert not (once and row.broken)
        if once:
            assert (row.start, row.end) == began[row]


@settings(max_examples=50)
@given(texts, st.sampled_from(["wide", "narrow"]), st.data())
def test_another_width_moves_and_breaks_nothing(lines, width, data):
    text = "\n".join(lines)
    clauses, targets = rows_of(data.draw, text)
    changed = text.translate(WIDE if width == "wide" else NARROW)
    found = find_again(clauses, targets, text, changed)
    stand = [row for row in (*clauses, *targets) if words_of(row)]
    assert found.places == {row: (row.start, row.end) for row in stand}
    assert found.reworded == []

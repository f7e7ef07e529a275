"""Which measures belong together."""

import random
import time
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from plans.comparison.alignment import Pair, align, best, scores
from plans.comparison.passages import Passage, known_by


def passages(*texts: str, theme: str | None = None) -> list[Passage]:
    return [Passage(text, known_by(text), theme) for text in texts]


def pairs(earlier, later, **said) -> list[tuple[tuple, tuple]]:
    return [(pair.earlier, pair.later) for pair in align(earlier, later, **said)]


def test_each_passage_is_in_one_pair_with_the_one_most_alike():
    earlier = passages("开展职工技能比武12项。", "慰问困难职工300户。", "收缴工会经费80万元。")
    later = passages("走访慰问困难职工350户。", "举办职工技能比武15项。", "建成职工书屋3家。")
    assert pairs(earlier, later) == [((1,), (0,)), ((2,), ()), ((0,), (1,)), ((), (2,))]


def test_an_equal_frame_does_not_make_two_measures_one():
    earlier = passages("把好事办到职工身边，命名企业暖心食堂20家。")
    later = passages("把好事办到职工身边，命名司机暖心驿站20家。")
    assert set(pairs(earlier, later)) == {((0,), ()), ((), (0,))}


def test_the_same_theme_scores_more_than_another():
    one, other = "深化职工文化阵地建设。", "抓好职工文化阵地管理。"
    score = {
        theme: scores(passages(one, theme="ideology"), passages(other, theme=theme))[0, 0]
        for theme in ("ideology", "support")
    }
    assert score["ideology"] > score["support"]


def test_two_passages_that_one_took_in_stand_in_one_pair():
    earlier = passages("开展冬送温暖活动，走访特困职工家庭。", "开展夏送清凉活动，走近露天作业工地。")
    later = passages("做好冬送温暖、夏送清凉，走进特困职工家庭和露天作业工地。")
    assert pairs(earlier, later) == [((0, 1), (0,))]


def test_what_a_person_says_is_kept():
    earlier, later = passages("开展职工技能比武。", "慰问困难职工。"), passages("举办职工技能比武。", "收缴经费。")
    alone = {((0,), ()), ((1,), ()), ((), (0,)), ((), (1,))}
    assert set(pairs(earlier, later)) == {((0,), (0,)), ((1,), ()), ((), (1,))}
    assert set(pairs(earlier, later, together=[(0, 1)])) == {((0,), (1,)), ((1,), ()), ((), (0,))}
    assert set(pairs(earlier, later, apart=[(0, 0)])) == alone
    assert set(pairs(earlier, later, together=[(0, -1)])) == alone
    assert set(pairs(earlier, later, together=[(-1, 0)])) == alone


def test_nothing_beside_something():
    assert align([], []) == []
    assert align(passages("开展比武。"), []) == [Pair((0,), ())]
    assert align([], passages("开展比武。")) == [Pair((), (0,))]


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 99).map(lambda one: one / 100)))
def test_the_best_choice_has_the_greatest_sum(found):
    chosen = best(found)
    assert len({i for i, _ in chosen}) == len({j for _, j in chosen}) == len(chosen)
    most = max(sum(found.get((i, j), 0) for i, j in enumerate(order)) for order in permutations(range(4)))
    assert abs(sum(found[pair] for pair in chosen) - most) < 1e-9


def test_the_same_comes_out_each_time_and_either_way_round():
    texts = ["举办职工技能比武。", "开展技能比武竞赛。", "慰问困难职工。", "走访困难职工家庭。", "建会10家。"]
    shuffled = random.Random(7).sample(texts, 5)
    assert align(passages(*texts), passages(*shuffled)) == align(passages(*texts), passages(*shuffled))
    one = {(pair.earlier, pair.later) for pair in align(passages(*texts), passages(*shuffled))}
    assert one == {(pair.later, pair.earlier) for pair in align(passages(*shuffled), passages(*texts))}


def test_long_plans_are_aligned_at_once():
    chance = random.Random(1)
    words = "比武 慰问 困难 建会 经费 审计 女职工 疗休养 驿站 书屋 协商 仲裁 劳模 工匠 安全 宣讲 换届"
    sides = [
        passages(
            *{f"开展{'、'.join(chance.sample(words.split(), 5))}工作{chance.randrange(9)}项。" for _ in range(120)}
        )
        for _ in range(2)
    ]
    align(*sides)
    start = time.process_time()
    found = align(*sides)
    assert time.process_time() - start < 1
    assert sum(len(pair.later) for pair in found) == len(sides[1])

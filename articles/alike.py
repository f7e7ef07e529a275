"""Articles like another one by the words of its title, found through the search index."""

from collections.abc import Sequence
from itertools import combinations

from django.db.models.expressions import RawSQL

from .asking import sharing, what_is_shared
from .keys import title_key
from .words import index_words

WORDS = 5
"""So many words of a title are looked for, the longest first."""
NEWEST = 20
"""So many of the articles found are looked at."""
_COMMON = """
工会 总工会 工会组织 工作 职工 活动 开展 举办 召开 会议 全国 全省 全市 全区 全县 我省 我市 我区 我县 加强 推进 组织
进一步 做好 关于 通知 计划 要点 工作要点 工作计划 总结 工作总结 年度 报告 意见 印发 实施 方案 深入 积极 努力 建设 服务
发展 学习 主席 委员会 单位 公司 有限公司 一个 为了 我们 以及 进行
"""
COMMON = frozenset(_COMMON.split())
"""Words that stand in most titles of unions and tell no two of them apart."""


def telling_words(title: str) -> list[str]:
    """The words of `title` that tell it from others, the longest first; none that is part of another one."""
    words = {word for word in index_words(title) if len(word) > 1 and not word.isascii()} - COMMON
    longest = sorted(words, key=lambda word: (-len(word), title.find(word)))
    return [word for place, word in enumerate(longest) if not any(word in other for other in longest[:place])][:WORDS]


def like_titles(title: str) -> tuple[str, ...]:
    """What the index is asked for titles that share two telling words with `title` (one where it has but one); empty
    where it has none.

    Two words are rare enough together that the index has little to go through, however many articles there are.
    """
    words = telling_words(title)
    groups = list(combinations(words, 2)) or [words] * bool(words)
    return what_is_shared([[title_key(word) for word in group] for group in groups])


def with_like_titles(articles, asked: Sequence[str]):
    """Those of `articles` that the index gives for what like_titles says, among the newest of them."""
    return articles.filter(pk__in=RawSQL(sharing(len(asked), NEWEST), asked))  # noqa: S611  values are given

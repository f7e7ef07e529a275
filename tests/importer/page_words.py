"""Words of which generated pages are made: those the rules look for, so that they meet in every order."""

from hypothesis import strategies as st

from tests.importer.test_hostile import PARTS

WORDS = [
    *PARTS,
    "2019总结及2020计划",
    "二〇一九年三月五日",
    "2019-03-05 08:44:07",
    "星期三",
    "第 1 页 共 9 页",
    "【字号:大 中 小】",
    "点击数:",
    "责任编辑:",
    "(通讯员 李四)",
    "(青岛市总工会)",
    "来源:未知",
    "作者:admin",
    "原标题:",
    "《人民日报》",
    "〔2019〕5号",
    "各区、市总工会,",
    "序号",
    "完成时限",
    "一月份:",
    "第一章",
    "①",
    "力争发展会员8.5万名;",
    "百分之九十",
    "九成",
    "首家",
    "范文(精选5篇)",
    "篇1",
    "1.2019年工会计划",
    "市妇联",
    "經(jīng)理",
    "此处隐藏1234字",
    "相关新闻",
    "版权所有",
    "<br>",
    "&nbsp;",
    "２０１９年",
    "\u2028",
    "\x0b",
    "\x85",
    "𠮷",
]


def page_text():
    """Texts of these words, of any characters between, and of long runs of one word."""
    word = st.sampled_from(WORDS)
    run = st.tuples(word, st.integers(2, 30)).map(lambda pair: pair[0] * pair[1])
    return st.lists(word | word | run | st.text(max_size=8), max_size=80).map("".join)

"""Menus and lists of links around a page's text, and lists of links that are the text's own."""

from importer.readers.html.building import Markup
from importer.readers.html.link_lists import fold
from importer.readers.html.reader import HtmlReader

MENU = "<ul class='nav'>" + "".join(f"<li><a href='/{at}'>工会动态栏目第{at}号</a></li>" for at in range(40)) + "</ul>"
TEXT = "<p>5月6日，县总工会组织职工开展劳动竞赛，参赛职工达3000人，评出标兵20名，比赛在县职工文化中心举行。</p>"
FILES = (
    "<ul>"
    + "".join(f"<li><a href='/f{at}.docx'>县总工会职工劳动竞赛报名表第{at}号.docx</a></li>" for at in range(12))
    + "</ul>"
)


def read(page):
    return HtmlReader().read(page.encode(), "page.html")


def test_a_menu_is_counted_and_its_links_are_not_looked_at():
    markup = Markup(f"<body>{MENU}<div>{TEXT * 3}</div>{MENU}")
    brief, whole = markup.tree(brief=True), markup.tree()
    assert len(brief.lists) == 2 and not whole.lists
    assert [brief.count(0, which) for which in range(4)] == [whole.count(0, which) for which in range(4)]
    assert len(brief.tags) == len(whole.tags) - 2 * 80


def test_a_list_with_other_words_or_hidden_items_is_looked_at():
    for item in ("<li>工会</li>", "<li style='display:none'><a>乐</a></li>", "<li><a><p>工会</p></a></li>"):
        page = f"<body><style>.gone{{display:none}}</style>{TEXT * 3}{MENU.replace('</ul>', item + '</ul>')}"
        assert not Markup(page).tree(brief=True).lists
    hidden = MENU.replace("<li><a href='/1'>", "<li class='gone'><a href='/1'>")
    assert not Markup(f"<style>.gone{{display:none}}</style>{TEXT}{hidden}").tree(brief=True).lists


def test_the_texts_own_list_of_links_stays():
    document = read(f"<body>{MENU}<div class='TRS_Editor'>{TEXT * 2}{FILES}</div>{MENU}")
    assert len(document.attachments) == 12
    assert [line.text for line in document.lines if line.text.endswith(".docx")][-1] == (
        "县总工会职工劳动竞赛报名表第11号.docx"
    )
    assert not any("栏目" in line.text for line in document.lines)


def test_elements_too_deep_for_a_tree_are_read_one_by_one():
    deep = "<div>" * 3000 + "<script>var a = 1;</script><style>.gone{display:none}</style>"
    document = read(f"<html><title>劳动竞赛开赛</title>{MENU}{deep}{TEXT}{TEXT}")
    words = "".join(line.text for line in document.lines)
    assert words.count("评出标兵20名") == 2
    assert "var" not in words and "gone" not in words


def test_a_plain_menu_is_taken_out_before_parsing_and_put_back_where_it_is_read():
    menu = MENU.replace("'", '"')
    folded = fold(f"<p>{TEXT}</p>{menu}<ol>{menu}</ol>")
    assert len(folded.lists) == 2 and len(folded.text) < 400
    assert folded.whole(folded.text) == f"<p>{TEXT}</p>{menu}<ol>{menu}</ol>"
    for markup in ("<li><a href=x>工会</a></li>", "<li>工会</li>", "<li hidden='hidden'></li>", "<li><a>工会</li>"):
        assert not fold(menu.replace("</ul>", f"{markup}</ul>")).lists
    assert not fold(f"<i _0_=7>{menu}").lists  # no page may name a list
    script = f"<script type='application/ld+json'>{menu}</script>"
    tree = Markup(f"{TEXT * 9}<a href='/'>{menu}</a><div style='display:none'>{menu}</div>{script}").tree(brief=True)
    assert tree.tags.count("li") == 80 and tree.statements == [menu] and not tree.lists
    assert [words for *_way, words in tree.hidden] == [f"工会动态栏目第{at}号" for at in range(40)]

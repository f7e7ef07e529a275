"""The article on pages of portals and programs of many makes, in words of these tests' own, and nothing around it."""

import pytest

from importer.proposal import output, propose
from importer.readers.unreadable import UnreadableFile

BODY = [
    "5月6日，云岭县总工会在职工文化中心举办职工技能竞赛，来自全县28家企业的130名职工参加比赛。",
    "竞赛设焊工、电工、护理三个项目，经过两天角逐，12名选手获得“云岭工匠”称号，县总工会为他们颁发了证书和奖金。",
    "县总工会主席赵立新表示，今年还将举办竞赛8场，带动3000名职工学技术、练本领，为县域经济发展贡献力量。",
]
TITLE = "云岭县总工会举办职工技能竞赛"
MENU = "".join(f"<li><a href='/c{at}.htm'>工会栏目{at}</a></li>" for at in range(30))
P = "".join(f"<p style='text-indent:2em'>{line}</p>" for line in BODY)
FOOT = "<div class='foot'>版权所有：云岭县总工会 技术支持：某某公司 ICP备12345678号</div>"


def page(inside, head="", title=TITLE):
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><ul>{MENU}</ul>{inside}{FOOT}</body>"


PAGES = {
    # 博达: the visits are counted by a script in the line of information
    "visits by script": (
        page(
            f"<div class='winstyle'>当前位置: <a href=/>首页</a>&gt;&gt;<a href=/a>工会要闻</a>&gt;&gt;正文</div>"
            f"<form name='_newscontent_fromname'><h1>{TITLE}</h1><div>发布日期：2024-05-07&nbsp;&nbsp;作者：李小燕"
            "&nbsp;&nbsp;来源：云岭工会&nbsp;&nbsp;点击："
            "<script>_showDynClickBatch(['dynclicks_u12_1'],[1],'wbnews', 1)</script>"
            "[<span id='dynclicks_u12_1'></span>]</div>"
            f"<div id='vsb_content_2'><div class='v_news_content'>{P}</div></div>"
            "<p>上一条：<a href=1.htm>县总工会走访慰问劳动模范</a></p>"
            "<p>下一条：<a href=2.htm>关于征集金点子的通知</a></p>"
            "<p>【<a href='javascript:window.close();'>关闭</a>】</p></form>"
        ),
        {
            "published_on": "2024-05-07",
            "source": "云岭工会",
            "author": "李小燕",
            "channel": ["首页", "工会要闻"],
            "prev_title": "县总工会走访慰问劳动模范",
            "next_title": "关于征集金点子的通知",
        },
    ),
    "neighbours side by side": (
        page(
            f"<div class='content'><div class='title'>{TITLE}</div><div class='sub'>2024年05月07日 &nbsp; "
            "信息来源：县总工会组宣部 &nbsp; 作者：李小燕 &nbsp;审核：赵立新 &nbsp; 浏览：<span>102</span></div>"
            f"<div class='txt'>{P}<p style='text-align:right'>（李小燕）</p></div><div class='turn'>"
            "<a href=1><span>上一篇</span><em>县总工会走访慰问劳动模范</em></a>"
            "<a href=2><span>下一篇</span><em>关于征集金点子的通知</em></a></div></div>"
        ),
        {
            "published_on": "2024-05-07",
            "source": "县总工会组宣部",
            "author": "李小燕",
            "prev_title": "县总工会走访慰问劳动模范",
            "next_title": "关于征集金点子的通知",
        },
    ),
    # blocks instead of paragraphs, an empty mark at the end of each
    "exported online document": (
        f"<html><head><title>{TITLE} - 云文档</title></head><body><div class='page-block'><h1>{TITLE}\u200b</h1>"
        + "".join(f"<div class='block'><div><span>{line}</span><span>\u200b</span></div></div>" for line in BODY)
        + "</div><div class='comment'>评论（0）</div></body></html>",
        {},
    ),
    # 大汉: meta tags between comments inside the body
    "statements inside the body": (
        page(
            "<table><tr><td><!--<$[信息名称]>begin--><meta name='ArticleTitle' content='" + TITLE + "'>"
            "<meta name='PubDate' content='2024-05-07 10:20'><meta name='ContentSource' content='县总工会办公室'>"
            f"<p class='con-title'>{TITLE}</p><!--<$[信息名称]>end-->"
            "<td>发布日期：2024-05-07 10:20</td><td>浏览次数：<script>document.write(1)</script></td>"
            "<td>字体：[ 大 中 小 ]</td>"
            f"<tr><td colspan=3><div id='zoom'>{P}</div></td></tr></table>",
            title="云岭县总工会 工作动态 " + TITLE,
        ),
        {"published_on": "2024-05-07", "published_at": "2024-05-07T10:20:00+08:00", "source": "县总工会办公室"},
    ),
    # a government's site: sharing and reading aloud beside the text
    "government": (
        page(
            f"<div class='article'><h1 class='title'>{TITLE}</h1><div class='info'><span>来源：云岭县总工会</span>"
            "<span>发布日期：2024-05-07 09:30</span><span>浏览次数：<i>33</i>次</span>"
            "<div class='share'>分享到：<a>微信</a><a>微博</a></div>"
            f"</div><div class='article-content'>{P}</div><div class='tools'><a>打印本页</a><a>关闭窗口</a></div></div>"
        ),
        {"published_on": "2024-05-07", "source": "云岭县总工会"},
    ),
    "news agency": (
        page(
            "<div class='header'><div class='header-time'><span class='year'><em>2024</em></span>"
            "<span class='day'><em>05</em>/<em>07</em></span><span class='time'>09:46:12</span></div>"
            f"<div class='source'>来源：云岭日报</div></div><h1><span class='title'>{TITLE}</span></h1>"
            f"<div id='detail'><div id='p-detail'><span id='detailContent'>{P}</span>"
            "<div class='zan-wap'>点赞</div></div></div><div id='articleEdit'>【责任编辑:陈思 】</div>",
            "<meta name='publishdate' content='2024-05-07'>",
            TITLE + "-云岭网",
        ),
        {"published_on": "2024-05-07", "source": "云岭日报", "editor": "陈思"},
    ),
    "newspaper's site": (
        page(
            f"<div class='rm_txt'><div class='col-1'><h1>{TITLE}</h1><div class='author cf'>本报记者　周明远</div>"
            "<div class='channel cf'><div class='col-1-1'>2024年05月07日08:31 | 来源：<a>云岭日报</a></div>"
            "<div class='bza'><i>小字号</i></div></div>"
            f"<div class='rm_txt_con cf'>{P}<p class='paper_num'>《 云岭日报 》（ 2024年05月07日 06 版）</p>"
            "<div class='edit cf'>(责编：王宁、刘佳)</div></div></div></div>"
            f"<div class='rm_relevant'><h2>相关新闻</h2><ul>{MENU}</ul></div>"
        ),
        {"published_on": "2024-05-07", "source": "云岭日报", "author": "周明远", "editor": "王宁 刘佳"},
    ),
    "workers' paper": (
        page(
            "<div class='bread'><a>首页</a> &gt; <a>工会新闻</a> &gt; 正文</div>"
            f"<h1 class='detail-title'>{TITLE}</h1><p class='detail-info'><span>来源：云岭工人报</span>"
            f"<span>2024-05-07 09:14</span></p><div class='ccontent'>{P}</div><div class='editor'>责任编辑：何雨</div>"
            "<div class='declare'><p>云岭工人报社所有自采新闻（含图片）独家授权本网发布，"
            "未经允许不得转载或镜像；授权转载应在授权范围内使用，并注明来源。</p></div>"
        ),
        {"published_on": "2024-05-07", "source": "云岭工人报", "editor": "何雨", "channel": ["首页", "工会新闻"]},
    ),
    "account": (
        page(
            f"<div class='text-title'><h1>{TITLE}</h1><div class='article-info'><span id='news-time'>2024-05-07 17:20"
            "</span><span>来源:<span>云岭工会</span></span></div></div>"
            "<article class='article' id='mp-editor'>"
            f"<p data-role='original-title' style='display:none'>原标题：{TITLE}</p>"
            f"{P}<p data-role='editor-name'>责任编辑：<span></span></p></article>"
            "<div class='statement'>平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，"
            "搜狐仅提供信息存储空间服务。</div>"
            "<span class='read-num'>阅读 (<em>25</em>)</span>"
        ),
        {"published_on": "2024-05-07", "source": "云岭工会"},
    ),
    "exported note": (
        f"<html><head><title>{TITLE}</title></head><body><article id='a1' class='page sans'><header>"
        f"<h1 class='page-title'>{TITLE}</h1><p class='page-description'></p><table class='properties'><tbody>"
        "<tr class='property-row'><th>发布日期</th><td><time>2024年5月7日</time></td></tr>"
        "<tr class='property-row'><th>作者</th><td>李小燕</td></tr></tbody></table></header><div class='page-body'>"
        + P.replace("<p ", "<p id='b' class='' ")
        + "</div></article></body></html>",
        {"published_on": "2024-05-07", "author": "李小燕"},
    ),
    "mobile page": (
        f"<!doctype html><html amp><head><title>{TITLE}</title><style amp-boilerplate>body{{visibility:hidden}}</style>"
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"' + TITLE + '",'
        '"datePublished":"2024-05-07T01:20:00Z","author":{"@type":"Person","name":"李小燕"},'
        '"publisher":{"name":"云岭工会"}}</script></head><body>'
        f"<amp-sidebar><ul>{MENU}</ul></amp-sidebar><main><article><h1>{TITLE}</h1>"
        f"<amp-img src=a.jpg></amp-img>{P}</article></main></body></html>",
        {"published_on": "2024-05-07", "published_at": "2024-05-07T09:20:00+08:00", "author": "李小燕"},
    ),
    "weblog": (
        page(
            f"<main><article class='post'><h1 class='entry-title'>{TITLE}</h1><div class='entry-meta'>"
            f"<time datetime='2024-05-07'>2024年5月7日</time></div><div class='entry-content'>{P}</div></article>"
            "<nav class='navigation post-navigation'><h2 class='screen-reader-text'>文章导航</h2>"
            "<div class='nav-links'>"
            "<div class='nav-previous'><a href='/1' rel='prev'>县总工会走访慰问劳动模范</a></div>"
            "<div class='nav-next'><a href='/2' rel='next'><span class='meta-nav'>下一篇</span> "
            "<span class='post-title'>关于征集金点子的通知</span></a></div></div></nav></main>"
        ),
        {
            "published_on": "2024-05-07",
            "prev_title": "县总工会走访慰问劳动模范",
            "next_title": "关于征集金点子的通知",
        },
    ),
}
FIELDS = ("published_on", "published_at", "source", "author", "editor", "channel", "prev_title", "next_title")


@pytest.mark.parametrize("name", PAGES)
def test_the_article_and_nothing_else(name):
    markup, gold = PAGES[name]
    (article,) = output(propose(markup.encode(), "page.html"))["articles"]
    read = {field: article[field] for field in FIELDS if article[field]}
    read.pop("published_at", None) if "published_at" not in gold else None
    assert (article["title"], article["organization"], read) == (TITLE, "云岭县总工会", gold)
    assert article["body"].split("\n") == BODY


def test_a_page_of_empty_frames_says_how_to_save_it():
    with pytest.raises(UnreadableFile) as refusal:
        propose("<html><title>工会</title><frameset rows='80,*'><frame src=a><frame src=b></frameset>".encode(), "x")
    assert refusal.value.code == "frames"


@pytest.mark.parametrize("link", ["下一页", "»", "2", "上一张", "Next »"])
def test_the_next_page_of_the_same_article_is_no_neighbour(link):
    (article,) = output(
        propose(page(f"<h1>{TITLE}</h1>{P}<div><a rel='next' href='/2'>{link}</a></div>").encode(), "x")
    )["articles"]
    assert article["next_title"] is None and article["body"].split("\n") == BODY


def test_neighbours_stated_in_the_head():
    head = "<link rel='prev' title='县总工会走访慰问劳动模范' href='/1'><link rel='next' href='/2'>"
    (article,) = output(propose(page(f"<h1>{TITLE}</h1>{P}", head).encode(), "x"))["articles"]
    assert (article["prev_title"], article["next_title"]) == ("县总工会走访慰问劳动模范", None)


def test_lines_of_preformatted_text_stay_below_a_path_of_channels():
    path = "<div class='crumb'>当前位置：<a href=/>首页</a> &gt; <a href=/a>工会要闻</a></div>"
    markup = page(f"{path}<h1>{TITLE}</h1><pre>{chr(10).join(BODY)}</pre>")
    (article,) = output(propose(markup.encode(), "x"))["articles"]
    assert article["body"].split("\n") == BODY

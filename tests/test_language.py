"""The interface speaks Chinese, and English to whoever asks for it: real pages, word by word."""

import json
import re
from collections.abc import Iterator

import lxml.html
import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from articles import publishing
from articles.editor import WORDS
from articles.models import Collection, CollectionEntry
from dev import check_translations
from organizations.models import AuditEntry, SiteSettings
from plans.models import ClauseTheme
from tests.factories import (
    PASSWORD,
    make_article,
    make_channel,
    make_organization,
    make_plan,
    make_theme,
    make_user,
)

# Names and terms that stand in Chinese text as they are
PROPER = {
    "UnionCMS",
    "Atom",
    "RSS",
    "qingdao",
    "qdszgh",
    "English",
    "ICP",
    "IP",
    "Cookie",
    "JPEG",
    "PNG",
    "WebP",
    "GIF",
    "RTF",
    "UTF",
}
PROPER |= {"Word", "Excel", "WPS", "Office", "PDF", "CSV", "OCR", "MB"}  # files and what is done with them
PROPER |= {"JSON", "XLSX", "Enter", "Esc"}
PROPER |= {"doc", "docx", "html", "txt", "wps", "xlsx", "zip"}
CODES = {"district", "organisation"}  # of the rows below: a level's and a theme's
HARD_CODED = {"Search", "True", "False", "None"}  # texts for icons, written so into Django's admin
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\S*/\S*|\S+@\S+")  # paths, URLs and mail addresses
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNCHINESE = re.compile(r"[\u4e00-\u9fff][,.;:?!()]|[,;?!][\u4e00-\u9fff]|[!！]|帐|操作失败|您确定")
SAID_ATTRIBUTES = ("alt", "title", "aria-label", "aria-description", "placeholder", "data-confirm")
BUTTONS = ("submit", "button", "reset")


def said(html: str) -> Iterator[str]:
    """Every piece of text a visitor reads or hears on a page."""
    tree = lxml.html.fromstring(html)
    for hidden in tree.find_class("hidden"):
        hidden.drop_tree()
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "textarea"):
            texts = [node.tail]
        else:
            texts = [node.text, node.tail, *(node.get(name) for name in SAID_ATTRIBUTES)]
            if node.tag == "input" and node.get("type") in BUTTONS:
                texts.append(node.get("value"))
        yield from (" ".join(text.split()) for text in texts if text and text.strip())


def english(html: str) -> list[str]:
    """The pieces that hold Latin words other than proper names and addresses."""
    return sorted({text for text in said(html) if set(LATIN.findall(ADDRESS.sub("", text))) - PROPER})


class Site:
    """A site with one row of nearly everything, all its data Chinese, so that each Latin word is the interface's."""

    def __init__(self):
        SiteSettings.objects.update_or_create(pk=1, defaults={"name": "某市工会网", "site_code": "3702000001"})
        self.organization = make_organization("胶州市总工会", slug="37")
        self.administrator = make_user("管理", is_superuser=True, is_staff=True)
        self.editor = make_user("编辑", role="editor", organization=self.organization, is_staff=True)
        self.channel = make_channel("要闻", slug="1")
        owned = {"owner": self.organization, "channel": self.channel, "organization": self.organization}
        text = {"tags": ["送岗位"], "kicker": "引题", "source": "市总工会", "author": "王新"}
        self.article = make_article("春送岗位", text=text, **owned)
        self.draft = make_article("未写完的稿件", public=False, **owned)
        self.gone = make_article("撤下的稿件", **owned)
        publishing.withdraw(self.gone, None, "内容有误")
        self.plan = make_plan(organization=self.organization)
        ClauseTheme.objects.get_or_create(clause=self.plan.clauses.first(), theme=make_theme())
        self.draft_plan = make_plan(organization=self.organization, year=2020, in_force=False)
        self.collection = Collection.objects.create(
            title="座谈会发言", slug="2", owner=self.organization, is_public=True, declared_count=2
        )
        CollectionEntry.objects.create(collection=self.collection, position=1, article=self.article)
        CollectionEntry.objects.create(collection=self.collection, position=2, title="缺的一篇")

    def public(self) -> list[str]:
        rows = (self.article, self.gone, self.channel, self.organization, self.collection)
        fixed = ("/", "/channels/", "/organizations/", "/collections/", "/tags/", "/archive/", "/search/")
        asked = ("/search/?q=岗位", "/search/?q=无此词语", "/no/such/page/", "/?view=elder", "/accounts/login/")
        return [*fixed, *asked, *(row.get_absolute_url() for row in rows)]

    def staff(self) -> list[str]:
        plan = reverse("plan", args=[self.plan.pk])
        preview = reverse("article-preview", args=[self.draft.pk])
        return [
            "/plans/",
            "/plans/?year=2019",
            "/plans/?year=前年",
            "/plans/?view=organizations",
            plan,
            f"{plan}close/",
            f"/plans/targets/{self.plan.targets.first().pk}/",
            "/plans/targets/",
            "/plans/targets/?family=bodies",
            "/plans/themes/",
            "/plans/phrases/",
            "/plans/phrases/?phrase=工会",
            "/plans/progress/",
            "/plans/coverage/",
            "/plans/compare/",
            f"/plans/compare/?plan={self.plan.pk}&plan={self.draft_plan.pk}",
            preview,
            reverse("password_change"),
        ]

    def desk(self, *models) -> list[str]:
        """The admin's index, the list and empty form of `models`, and the form and history of two rows of each."""
        found = [reverse("admin:index")]
        for model in models:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            rows = [None, *model._default_manager.all()[:2]]
            for page in ("changelist", "add", "change", "history"):
                for row in rows[:1] if page in ("changelist", "add") else rows[1:]:
                    try:
                        found.append(reverse(f"{name}_{page}", args=[row.pk] if row else []))
                    except NoReverseMatch:
                        continue
        return found


@pytest.fixture
def site(db):
    return Site()


def visitor(language: str, user=None) -> Client:
    client = Client(headers={"accept-language": language})
    if user:
        client.force_login(user)
    return client


def left_in_english(client: Client, addresses: list[str]) -> dict[str, list[str]]:
    pages = {address: client.get(address) for address in addresses}
    found = {address: english(page.content.decode()) for address, page in pages.items() if page.content}
    known = CODES | HARD_CODED
    return {address: left for address, texts in found.items() if (left := [t for t in texts if t not in known])}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>没有这一页</p><script>var english</script>", []),
        ("<p>没有 such page</p>", ["没有 such page"]),
        ("<p>ICP备案号 /no/such/page/</p>", []),
        ('<img src="x" alt="A picture">', ["A picture"]),
        ('<input type="submit" value="Save"><input value="typed">', ["Save"]),
        ("<label>姓名 <b>x</b> needed</label>", ["needed"]),
    ],
)
def test_english_is_found_where_it_is(html, found):
    assert english(f"<div>{html}</div>") == found


@pytest.mark.parametrize("language", ["zh-CN", "zh-CN,zh;q=0.9,en;q=0.8", "fr", ""])
def test_chinese_is_spoken_to_all_but_readers_of_english(db, language):
    page = visitor(language).get("/no/such/page/")
    assert 'lang="zh-CN"' in page.content.decode()
    assert "没有这一页" in page.content.decode()
    assert english(page.content.decode()) == []


def test_public_pages_are_wholly_chinese(site):
    assert left_in_english(visitor("zh-CN"), site.public()) == {}


def test_staff_pages_are_wholly_chinese(site):
    assert left_in_english(visitor("zh-CN", site.editor), site.staff()) == {}


def test_the_desk_is_wholly_chinese(site):
    models = set(admin.site._registry) - {AuditEntry}
    assert left_in_english(visitor("zh-CN", site.administrator), site.desk(*models)) == {}


def test_the_audit_trail_is_wholly_chinese(site):
    assert left_in_english(visitor("zh-CN", site.administrator), site.desk(AuditEntry)) == {}


def test_what_forms_say_of_mistakes_is_chinese(site):
    client = visitor("zh-CN", site.administrator)
    for name in ("articles_article", "articles_channel", "organizations_user", "organizations_organization"):
        page = client.post(reverse(f"admin:{name}_add"), {})
        assert page.status_code == 200
        assert set(english(page.content.decode())) <= HARD_CODED, name
    page = visitor("zh-CN").post("/accounts/login/", {"username": "编辑", "password": PASSWORD + "x"})
    assert english(page.content.decode()) == []


def test_pages_speak_english_on_request(site):
    """Only the data stays Chinese: the interface's own words, those of an empty page, hold none."""
    page = visitor("en-GB,en;q=0.8,zh;q=0.5").get("/no/such/page/")
    html = page.content.decode()
    assert '<html lang="en"' in html
    assert "There is no such page" in html
    data = {SiteSettings.load().name, SiteSettings.load().motto, site.channel.name}
    chinese = {text for text in said(page.content.decode()) if CHINESE.search(text)}
    assert {text for text in chinese if not any(word in text for word in data)} == set()


def test_chinese_in_a_page_in_english_says_so_everywhere(site):
    """Names of unions, channels, collections and tags as well as titles (WCAG 3.1.2)."""
    client, silent = visitor("en"), {}
    for address in site.public():
        body = lxml.html.fromstring(client.get(address).content.decode()).find("body")
        nodes = body.xpath(".//text()[not(ancestor::script) and not(ancestor::style)]")
        left = {
            str(text).strip()
            for text in nodes
            if CHINESE.search(text) and not spoken(text.getparent().getparent() if text.is_tail else text.getparent())
        }
        if left:
            silent[address] = left
    assert silent == {}


def spoken(node) -> bool:
    """Whether the nearest language named around a node is Chinese."""
    named = next((at.get("lang") for at in (node, *node.iterancestors()) if at.get("lang")), "")
    return named.startswith("zh")


def test_every_kind_of_page_answers_in_english(site):
    client = visitor("en", site.administrator)
    for address in [*site.public(), *site.staff(), *site.desk(type(site.article))]:
        assert english(client.get(address).content.decode()), address


def test_caches_are_told_that_the_language_counts(site):
    for address in site.public():
        assert "Accept-Language" in visitor("en").get(address).headers["Vary"], address


def test_the_scripts_words_are_chinese(site):
    answer = visitor("zh-CN", site.administrator).get(reverse("admin:jsi18n")).content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\});\n", answer, re.DOTALL)[1])
    assert catalogue["Choose a picture"] == "选择图片"
    texts = [re.sub(r"%\(\w+\)s|%s", "", catalogue.get(word, word)) for word in WORDS]
    assert [text for text in texts if set(LATIN.findall(text)) - PROPER] == []


def test_nothing_is_untranslated():
    catalogue = check_translations.open_catalogue()
    assert check_translations.faults(catalogue, check_translations.messages_of_the_source()) == []
    assert not check_translations.compiled_differs(catalogue)


def test_translations_are_written_the_chinese_way():
    """Full-width marks beside Chinese characters, no exclamation marks, no phrases of machines."""
    odd = []
    for entry in check_translations.open_catalogue():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if CHINESE.search(text) and UNCHINESE.search(text):
                odd.append(text)
    assert odd == []

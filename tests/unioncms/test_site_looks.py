"""How a union makes the site its own: logo, accent, footer; and the pages that belong to readers."""

import io
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles import leaving
from organizations import logo
from organizations.models import SiteSettings
from tests.factories import make_article, make_user

FORM = "/admin/organizations/sitesettings/1/change/"


def picture(width=900, height=300, form="PNG", **options) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGBA" if form == "PNG" else "RGB", (width, height), "#a31a1a").save(out, form, **options)
    return SimpleUploadedFile(f"logo.{form.lower()}", out.getvalue())


@pytest.fixture
def desk(client, db):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    SiteSettings.objects.get_or_create(pk=1)
    return client


def front(client) -> lxml.html.HtmlElement:
    client.logout()
    return lxml.html.fromstring(client.get("/").content)


def save(desk, **values):
    return desk.post(FORM, {"name": "胶州工会网", "accent": "red", **values})


def test_a_logo_stands_beside_the_name_in_the_size_it_is_kept_in(desk):
    assert save(desk, logo=picture()).status_code == 302
    page = front(desk)
    (image,) = page.xpath("//p[@class='name']//img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("432", "144", "")
    assert page.xpath("//p[@class='name']/a")[0].text_content() == "胶州工会网"
    answer = desk.get(image.get("src"))
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as kept:
        assert (kept.format, kept.size, kept.info) == ("PNG", (432, 144), {})


def test_a_logo_that_holds_the_name_says_it_in_place_of_the_words(desk):
    save(desk, logo=picture(), logo_names="on")
    (link,) = front(desk).xpath("//p[@class='name']/a")
    assert (link.text_content(), link[0].get("alt")) == ("", "胶州工会网")


def test_only_the_logo_there_is_now_is_served(desk):
    save(desk, logo=picture())
    first = SiteSettings.load().logo_address
    save(desk, logo=picture(form="JPEG"))
    second = SiteSettings.load().logo_address
    assert first != second
    assert desk.get(first).status_code == 404
    assert b"".join(desk.get(second).streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n broken"), "type"),
        (SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"), "type"),
        (picture(form="GIF"), "type"),
        (SimpleUploadedFile("a.png", b"x" * (logo.LARGEST + 1)), "large"),
    ],
)
def test_what_is_no_logo_is_refused_in_one_sentence(given, code):
    with pytest.raises(ValidationError) as refusal:
        logo.prepared(given)
    assert (refusal.value.code, len(refusal.value.messages)) == (code, 1)


def test_a_refused_logo_changes_nothing(desk):
    save(desk, logo=picture())
    before = SiteSettings.load().logo.name
    answer = save(desk, name="别的名称", logo=SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n broken"))
    assert answer.status_code == 200
    assert (SiteSettings.load().logo.name, SiteSettings.load().name) == (before, "胶州工会网")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"accent": "red"}, {}),
        ({"accent": "blue"}, {"data-accent": "blue"}),
        ({"accent": "green", "grey_mode": "on"}, {"data-tone": "grey"}),
    ],
)
def test_the_accent_is_an_attribute_and_gives_way_to_grey_days(desk, values, expected):
    save(desk, **values)
    found = {name: value for name, value in front(desk).attrib.items() if name.startswith("data-")}
    assert found == expected


def test_the_footer_says_what_the_settings_say_and_leads_to_the_filings(desk):
    save(
        desk,
        footer_note="版权所有\n转载请注明来源",
        icp_number="鲁ICP备12345678号",
        police_number="鲁公网安备 37020002000001号",
    )
    page = front(desk)
    assert page.find_class("foot-note")[0].xpath("text()") == ["版权所有", "转载请注明来源"]
    assert [(link.text_content(), link.get("href")) for link in page.xpath("//p[@class='legal']/a")] == [
        ("鲁ICP备12345678号", "https://beian.miit.gov.cn/"),
        ("鲁公网安备 37020002000001号", "https://beian.mps.gov.cn/#/query/webSearch?code=37020002000001"),
    ]


# The notice on leaving the site


def test_the_notice_names_the_other_site_and_leads_on(client, db):
    target = "https://www.example.org/新闻?a=1&b=2"
    page = lxml.html.fromstring(client.get(leaving.address(target)).content)
    (onward,) = page.xpath("//main//a[contains(@class, 'primary')]")
    assert (onward.get("href"), onward.get("rel")) == (target, "nofollow noopener noreferrer")
    assert page.xpath("//p[@class='target']/b")[0].text_content() == "www.example.org"


def test_only_what_this_site_signed_is_announced(client, db):
    query = urlsplit(leaving.address("https://www.example.org/")).query
    signed = parse_qs(query)["to"][0]
    forged = [{}, {"to": "https://evil.example/"}, {"to": signed.replace("example", "evil")}, {"to": signed[:-1]}]
    assert [client.get("/leaving/", data).status_code for data in forged] == [404] * 4


@pytest.mark.parametrize("url", ["/articles/3/", "#s1", "mailto:a@example.org", "tel:12351"])
def test_what_stays_here_needs_no_notice(url):
    assert leaving.address(url) == url


# Favourites


def test_favourites_stand_in_the_order_asked_for_without_what_may_not_be_read(client, db):
    rows = [make_article(title=f"文章{number}") for number in range(3)]
    draft = make_article(title="草稿", public=False)
    asked = [rows[2].pk, draft.pk, rows[0].pk, rows[2].pk, 999999]
    page = client.get("/favourites/", {"ids": ".".join(map(str, asked)) + ".x.99999999999999999999"})
    titles = [found.text_content() for found in lxml.html.fromstring(page.content).xpath("//ul[@class='list']//h2")]
    assert titles == ["文章2", "文章0"]


def test_favourites_ask_as_often_for_thirty_as_for_one(client, db, django_assert_max_num_queries):
    rows = [make_article() for _ in range(30)]

    def count(numbers) -> int:
        with django_assert_max_num_queries(8) as queries:
            client.get("/favourites/", {"ids": ".".join(map(str, numbers))})
        return len(queries)

    assert count([rows[0].pk]) == count([row.pk for row in rows])


def test_nothing_kept_says_what_to_do(client, db):
    page = lxml.html.fromstring(client.get("/favourites/").content)
    assert page.xpath("//div[@class='empty']/b/text()") == ["这里还没有收藏"]

"""Pictures in pages: as large as their place, the first at once, the others when they are near."""

import re

import lxml.html
import pytest
from django.core.cache import cache

from articles import uploads
from tests.articles.pictures import photograph, picture
from tests.factories import make_article, make_channel, make_organization
from tests.html_validation import html_faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def media():
    return uploads.store(photograph(size=(2400, 1600)), owner=make_organization(), by=None, alt="会场", caption="图注")


def images(client, address) -> list[dict]:
    """The pictures of the page but the code of its address."""
    cache.clear()
    page = lxml.html.fromstring(client.get(address).content.decode())
    return [dict(image.attrib) for image in page.xpath("//main//img[not(@class='qr')]")]


def expected(media, sizes, **more):
    stem = media.file.url.removesuffix(".jpg")
    srcset = f"{stem}-480.webp 480w, {stem}-960.webp 960w, {stem}-1280.webp 1280w, {stem}-1600.webp 1600w"
    own = {"src": media.file.url, "srcset": srcset, "sizes": sizes, "width": "2400", "height": "1600"}
    return {**own, "decoding": "async", **more}


@pytest.mark.parametrize("address", ["/", "/channels/yaowen/"])
def test_the_lead_picture_of_a_list_comes_first_and_in_its_size(client, media, address):
    make_article(channel=make_channel(slug="yaowen"), text={"lead_image": media, "summary": "摘要"})
    (image,) = images(client, address)
    assert image == expected(media, image["sizes"], alt="", fetchpriority="high")


def test_an_article_shows_its_picture_first_and_the_others_when_they_are_near(client, media):
    figure = f'<figure><img src="{media.file.url}" alt="图"></figure>'
    article = make_article(text={"lead_image": media}, body=f"{figure}<p>文</p>{figure}{figure}<p>文</p>")
    lead, *others = images(client, article.get_absolute_url())
    assert lead == expected(media, lead["sizes"], alt="会场", fetchpriority="high")
    (sizes,) = {image["sizes"] for image in others}
    assert sizes.startswith("auto, ")
    assert others == [expected(media, sizes, alt="图", loading="lazy")] * 3


def test_a_picture_that_the_text_makes_small_stays_so(client, media):
    article = make_article(body=f'<p>文<img src="{media.file.url}" alt="图" width="300"></p>')
    (image,) = images(client, article.get_absolute_url())
    assert image["width"] == "300"
    assert "height" not in image
    assert "srcset" in image


def test_pages_with_pictures_are_valid(client, media, tmp_path):
    figure = f'<figure><img src="{media.file.url}" alt="图"></figure>'
    article = make_article(channel=make_channel(slug="yaowen"), text={"lead_image": media}, body=f"{figure}<p>文</p>")
    addresses = ("/", "/channels/yaowen/", article.get_absolute_url())
    assert html_faults({address: client.get(address).content.decode() for address in addresses}, tmp_path) == []


def test_a_light_picture_is_shown_as_it_is(client):
    media = uploads.store(picture(), owner=make_organization(), by=None, alt="会场")
    article = make_article(text={"lead_image": media}, body=f'<p>文<img src="{media.file.url}" alt="图"></p>')
    size = {"src": media.file.url, "width": "60", "height": "40", "decoding": "async"}
    assert images(client, article.get_absolute_url()) == [
        {**size, "alt": "会场", "fetchpriority": "high"},
        {**size, "alt": "图", "loading": "lazy"},
    ]
    assert re.search(
        rf'"og:image" content="[^"]+{media.file.url}"', client.get(article.get_absolute_url()).content.decode()
    )


def test_other_sites_are_told_of_the_widest_copy(client, media):
    html = client.get(make_article(text={"lead_image": media}).get_absolute_url()).content.decode()
    address = "http://testserver" + media.file.url.replace(".jpg", "-1600.webp")
    assert f'<meta property="og:image" content="{address}">' in html
    assert f'"image":"{address}"' in html
    assert f'<meta name="Image" content="{address}">' in html


def test_the_list_of_media_at_the_desk_shows_small_copies(media, admin_client):
    html = admin_client.get("/admin/articles/mediafile/").content.decode()
    assert f'src="{media.file.url.replace(".jpg", "-480.webp")}" alt="会场"' in html
    assert f'src="{media.file.url}"' not in html

"""Old addresses of imported pages: with a query exactly that query leads on, however its escapes are spelt."""

import pytest

from articles.models import Redirect
from importer.filing import addresses
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return make_article()


def leads(client, asked: str) -> str | None:
    answer = client.get(asked)
    assert answer.status_code in (200, 301, 404), asked
    return answer.get("Location") if answer.status_code == 301 else None


@pytest.mark.parametrize(
    ("old", "asked", "others"),
    [
        (
            "http://old.cn/show.asp?id=12",
            "/show.asp?id=12",
            ["/show.asp", "/show.asp?id=1", "/show.asp?id=123", "/show.asp?id=12&x=1", "/SHOW.asp?id=12"],
        ),
        ("http://old.cn/a.php?m=%e8%a6%81&id=3", "/a.php?m=%E8%A6%81&id=3", ["/a.php?m=%E8%A6%82&id=3"]),
        ("http://old.cn/a.php?m=要点", "/a.php?m=%E8%A6%81%E7%82%B9", ["/a.php"]),
        ("http://old.cn/a.asp?t=%D2%AA%B5%E3", "/a.asp?t=%d2%aa%b5%e3", ["/a.asp?t=%D2%AA"]),
        ("http://old.cn/a.asp?t=a%26b", "/a.asp?t=a%26b", ["/a.asp?t=a&b"]),
        ("http://old.cn/?p=12", "/?p=12", ["/", "/?p=1", "/?view=elder"]),
        ("http://old.cn/%D2%AA%B5%E3.html", "/%D2%AA%B5%E3.html", ["/%D2%AA%B5%E4.html"]),
        ("http://old.cn/a/index.html", "/a/", ["/b/", "/a"]),
    ],
)
def test_an_old_address_leads_to_its_article(article, client, old, asked, others):
    addresses.lead_to(article, old)
    assert leads(client, asked) == article.get_absolute_url()
    assert [leads(client, other) for other in others] == [None] * len(others)


def test_a_page_without_a_query_answers_with_any_unless_queries_tell_pages_apart(article, client):
    addresses.lead_to(article, "http://old.cn/a.html")
    assert leads(client, "/a.html?from=timeline") == article.get_absolute_url()
    addresses.lead_to(article, "http://old.cn/a.html?page=2")
    assert leads(client, "/a.html?from=timeline") is None
    assert leads(client, "/a.html") == article.get_absolute_url()


def test_a_draft_is_not_led_to_and_a_sites_top_is_no_address(client):
    draft = make_article(public=False)
    addresses.lead_to(draft, "http://old.cn/show.asp?id=12")
    assert leads(client, "/show.asp?id=12") is None
    addresses.lead_to(draft, "http://old.cn/")
    addresses.lead_to(draft, f"http://old.cn/a.asp?id={'9' * 400}")
    assert Redirect.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("news/show.asp?id=12", "/news/show.asp?id=12"),
        ("news/show.asp?id=12.html", "/news/show.asp?id=12"),
        ("show.php@cid=3&id=12.html", "/show.php?cid=3&id=12"),
        ("要点/index.html", "/要点/index.html"),
        ("photo@2x.html", "/photo@2x.html"),
    ],
)
def test_a_mirrored_files_name_with_a_query_is_one_again(name, wanted):
    assert addresses.old_paths(addresses.mirrored("http://old.cn/", name))[0] == wanted

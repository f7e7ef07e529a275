"""The QR code of an article's address: a picture of its own, for articles that readers have."""

import pytest
from django.urls import reverse
from lxml import etree

from articles import publishing
from articles.models import Article
from organizations.qr_codes import qr_picture
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


def test_the_code_says_the_address_by_the_host_that_was_asked(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "union.example.org"]
    article = make_article("全市工会工作要点")
    for host in settings.ALLOWED_HOSTS:
        response = client.get(f"/articles/{article.pk}/qr.svg", HTTP_HOST=host)
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert response.content == qr_picture(f"http://{host}/articles/{article.pk}/")
    assert etree.fromstring(response.content).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_page_loads_it_where_it_is_looked_at_alone(client):
    article = make_article()
    html = client.get(article.get_absolute_url()).content.decode()
    (picture,) = etree.HTML(html).xpath("//details//img[@class='qr']")
    assert (picture.get("src"), picture.get("loading")) == (reverse("article-qr", args=[article.pk]), "lazy")


def test_only_what_readers_have_is_drawn(client):
    draft = make_article(public=False)
    kept, gone = make_article(), make_article()
    by = make_user(is_superuser=True)
    publishing.withdraw(kept, by, "任务完成", kind=Article.Withdrawal.ARCHIVED)
    publishing.withdraw(gone, by, "内容有误")
    answers = [client.get(reverse("article-qr", args=[row.pk])).status_code for row in (draft, kept, gone)]
    assert answers == [404, 200, 404]
    assert client.get(reverse("article-qr", args=[gone.pk + 1])).status_code == 404


def test_a_preview_of_what_has_no_address_yet_shows_no_code(admin_client):
    draft = make_article(public=False)
    html = admin_client.get(reverse("article-preview", args=[draft.pk])).content.decode()
    assert "qr.svg" not in html

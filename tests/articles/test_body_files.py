"""Files that a text links to, links to other sites, and how both look on the article's page."""

import pytest

from articles import publishing, uploads
from articles.models import Collection, CollectionEntry
from organizations.models import SiteSettings
from tests.articles.pictures import file, picture
from tests.factories import make_article, make_organization, make_plan

pytestmark = pytest.mark.django_db
ARTICLE_QUERIES = 6
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)


@pytest.fixture
def attachment():
    return uploads.store(file("办法.pdf", PDF), owner=make_organization(), by=None)


def page(client, article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def linked(*stored) -> str:
    return "".join(f'<p><a href="{one.file.url}">第{n}号文件</a></p>' for n, one in enumerate(stored))


def test_an_attachment_is_named_with_type_and_size_in_the_text_and_at_the_end(client, attachment):
    article = make_article(body=linked(attachment, attachment))
    context = client.get(article.get_absolute_url()).context
    (only,) = context["attachments"]
    assert (only.address, only.title) == (attachment.file.url, "第0号文件")
    assert only.about.startswith("PDF 1")
    assert page(client, article).count(f'data-file="{only.about}"') == 2
    assert 'class="files"' in page(client, article)


def test_what_is_no_file_of_this_site_is_told_by_its_type_alone(client, attachment):
    attachment.delete()
    addresses = [attachment.file.url, "https://other.example/a.DOCX", "/articles/1/", "https://other.example/a.html"]
    article = make_article(body="".join(f'<p><a href="{address}">链接</a></p>' for address in addresses))
    html = page(client, article)
    assert 'data-file="PDF"' in html
    assert 'data-file="DOCX"' in html
    assert html.count("data-file") == 2
    assert 'class="files"' not in html


def test_a_picture_of_the_text_gets_its_size(client):
    stored = uploads.store(picture("图.png", size=(320, 200)), owner=make_organization(), by=None, alt="会场")
    html = page(client, make_article(body=f'<figure><img src="{stored.file.url}" alt="会场"></figure><p>文</p>'))
    assert 'width="320" height="200" loading="lazy"' in html
    assert 'class="files"' not in html


def test_the_page_with_everything_costs_no_more(client, attachment, django_assert_num_queries):
    plan = make_plan()
    article = plan.article
    collection = Collection.objects.create(title="文集", slug="wenji", owner=article.owner, is_public=True)
    for position in range(30):
        other = article if position == 7 else make_article(f"推进集体合同工作第{position}篇", channel=article.channel)
        CollectionEntry.objects.create(collection=collection, position=position, article=other)
    body = article.live_revision.body + linked(attachment)
    publishing.save_revision(article, None, {"body": body, "tags": ["入会"], "title": "甲区集体合同推进办法"})
    publishing.publish(article, None)
    with django_assert_num_queries(ARTICLE_QUERIES):
        html = page(client, article)
    assert 'class="files"' in html
    assert len(client.get(article.get_absolute_url()).context["beside"].related) == 3


@pytest.mark.parametrize("on", [True, False])
def test_links_to_other_sites_go_by_the_notice_where_it_is_on(client, on):
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"leaving_notice": on, "domain": "www.own.example", "name": "工会网"}
    )
    article = make_article(
        body='<p><a href="https://other.example/x?a=1&amp;b=2">外</a><a href="//other.example/">外</a>'
        '<a href="/channels/">内</a><a href="http://testserver/tags/">内</a><a href="http://www.own.example/">内</a>'
        '<a href="#s1">内</a><a href="mailto:a@b.example">信</a></p>',
        text={"original_url": "https://first.example/1.html"},
    )
    html = page(client, article)
    assert html.count('href="/leaving/?to=') == (3 if on else 0)
    assert ('data-to="https://other.example/x?a=1&amp;b=2"' in html) == on
    assert ">https://first.example/1.html</a>" in html
    for address in ("/channels/", "http://testserver/tags/", "http://www.own.example/", "#s1", "mailto:a@b.example"):
        assert f'href="{address}"' in html

"""What a document is known by and where a reprint stood first: part of the text that is reviewed."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from articles import publishing, revisions
from articles.admin.article.revisions import Compared
from tests.articles.desk_form import change, typed
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
FIELDS = {
    "index_number": "11370200MB28416378-2019-00012",
    "document_number": "青工发〔2019〕3号",
    "written_on": datetime.date(2019, 1, 2),
    "original_url": "https://www.example.org/2019/0103/12.html",
}


def of(revision) -> dict:
    return {name: getattr(revision, name) for name in FIELDS}


def test_they_come_with_a_revision_and_go_with_one():
    article = make_article(text=FIELDS)
    assert of(article.live_revision) == FIELDS
    publishing.save_revision(article, None, {"document_number": "", "written_on": None})
    assert of(article.latest_revision) == FIELDS | {"document_number": "", "written_on": None}
    assert of(article.live_revision) == FIELDS
    revisions.restore_revision(article, None, 1)
    article.refresh_from_db()
    assert of(article.latest_revision) == FIELDS


def test_the_form_sets_them_and_a_comparison_shows_them(client):
    article = make_article()
    client.force_login(make_user(role="editor", organization=article.owner, is_staff=True))
    sent = FIELDS | {"written_on": "2019-01-02"}
    assert client.post(change(article), typed(article, **sent)).status_code == 302
    article.refresh_from_db()
    assert of(article.latest_revision) == FIELDS
    lines = Compared(article.live_revision, article.latest_revision).lines
    assert {line.name: line.segments[-1].text for _label, line in lines}["written_on"] == "2019-01-02"
    assert [line.name for _label, line in lines] == list(FIELDS)
    assert FIELDS["document_number"] in client.get(change(article)).content.decode()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "www.example.org", "https://", "https://a b", "//a.example"]
)
def test_an_original_address_is_one_of_the_web(address):
    with pytest.raises(ValidationError) as refused:
        make_article(text={"original_url": address})
    assert refused.value.error_dict.keys() == {"original_url"}

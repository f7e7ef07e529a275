"""Many articles made at once are what each would be alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from articles import html
from articles.making import Draft, make
from articles.told_before import telling
from organizations.audit import together
from tests.factories import make_article, make_channel, make_organization

pytestmark = pytest.mark.django_db


def drafts(tags: list[list[str]]) -> list[Draft]:
    owner, channel = make_organization(), make_channel()
    return [
        Draft(
            owner=owner, channel=channel, public=True, text={"title": f"第{at}篇", "body": "<p>正文</p>", "tags": some}
        )
        for at, some in enumerate(tags)
    ]


def test_tags_of_many_keep_the_spelling_in_use_or_take_the_first():
    make_article(text={"tags": ["5G"]})
    made = make(drafts([["5g", "工匠"], ["AI", "ai", "工匠"], ["Ai"], []]), None)
    assert [one.revision.tags for one in made] == [["5G", "工匠"], ["AI", "工匠"], ["AI"], []]
    assert [sorted(one.article.tags.names()) for one in made] == [["5G", "工匠"], ["AI", "工匠"], ["AI"], []]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["5G", "AI", "工匠"]


def test_thirty_with_tags_cost_as_many_statements_as_three():
    make(drafts([["工匠", "集体合同"]]), None)
    counts = []
    for many in (3, 30):
        some = drafts([["工匠", "集体合同"]] * many)
        with CaptureQueriesContext(connection) as captured, together():
            make(some, None)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_was_told_of_a_text_is_not_computed():
    with telling({"clean": {"<p>甲": "<p>乙</p>"}}):
        assert [html.clean("<p>甲"), html.clean("<p>丙")] == ["<p>乙</p>", "<p>丙</p>"]
    assert html.clean("<p>甲") == "<p>甲</p>"

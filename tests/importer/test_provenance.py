"""Where each value of an imported article comes from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import particulars, publishing
from articles.models import Article
from importer.batches import accepting, provenance, running, uploads
from tests.factories import make_article, make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db

PAGE = (
    "石桥镇总工会走访慰问一线职工\n2021-02-03 来源:石桥镇总工会\n石桥镇总工会走访慰问一线职工,送去防暑降温用品300份。\n"
)


@pytest.fixture
def people(db):
    make_channel("基层动态", slug="jiceng")
    owner = make_organization("石桥县总工会")
    return (
        owner,
        make_user("importer", role="editor", organization=owner),
        make_user("writer", role="editor", organization=owner),
    )


def file(owner, by, text=PAGE, **corrections):
    batch = uploads.take([SimpleUploadedFile("a.txt", text.encode())], owner=owner, by=by)
    running.read_batch(batch.pk)
    item = batch.items.get()
    if corrections:
        accepting.correct(item, by, 0, corrections)
    accepting.accept(item, by)
    return Article.objects.get()


def told(article):
    return {name: (one.kind, one.who, one.revision) for name, one in provenance.of(article).items()}


def test_a_new_import_is_the_files_in_every_field(people):
    owner, importer, _writer = people
    article = file(owner, importer)
    found = told(article)
    assert set(found.values()) == {("imported", str(importer), 1)}
    assert {"title", "body", "source", "channel", "organization", "level", "kind", "published_at"} <= set(found)


def test_what_a_person_changed_since_is_theirs(people):
    owner, importer, writer = people
    article = file(owner, importer)
    publishing.save_revision(article, writer, {"source": "编辑部"})
    publishing.save_revision(article, importer, {"author": "张三"})
    particulars.describe(article, writer, kind="notice")
    found = told(article)
    assert (found["source"], found["author"]) == (("edited", str(writer), 2), ("edited", str(importer), 3))
    assert found["kind"][:2] == ("edited", str(writer))
    assert (found["title"], found["level"]) == (("imported", str(importer), 1),) * 2


def test_what_was_corrected_before_filing_is_the_persons(people):
    owner, importer, _writer = people
    found = told(file(owner, importer, source="工人报", published_on="2021-02-04"))
    assert {name for name, one in found.items() if one[0] == "edited"} == {"source", "published_at"}


def test_a_correction_is_of_who_made_it_not_of_who_accepted_the_page(people):
    owner, importer, writer = people
    batch = uploads.take([SimpleUploadedFile("a.txt", PAGE.encode())], owner=owner, by=importer)
    running.read_batch(batch.pk)
    item = batch.items.get()
    accepting.correct(item, writer, 0, {"source": "工人报", "body_html": "<p>改过的正文</p>"})
    accepting.accept(item, importer)
    found = told(Article.objects.get())
    assert (found["source"], found["body"]) == (("edited", str(writer), 1),) * 2


def test_what_a_changed_file_brought_is_imported_again(people):
    owner, importer, writer = people
    article = file(owner, importer)
    publishing.save_revision(article, writer, {"author": "张三"})
    found = told(file(owner, importer, PAGE.replace("300份", "400份")))
    assert found["author"] == ("edited", str(writer), 2)
    assert (found["body"], found["title"]) == (("imported", str(importer), 3), ("imported", str(importer), 1))


def test_an_article_written_here_has_none(people):
    assert provenance.of(make_article()) == {}


def test_it_is_read_in_a_fixed_number_of_queries(people, django_assert_num_queries):
    owner, importer, writer = people
    article = file(owner, importer)
    for number in range(3):
        publishing.save_revision(article, writer, {"source": f"编辑部{number}"})
    with django_assert_num_queries(3):
        provenance.of(article)

"""A plan as a document for Word, read back."""

import io
import zipfile

import docx
import pytest
from django.test import Client
from docx.oxml.ns import qn

from plans.models import Target
from tests.factories import make_article, make_organization, make_plan, make_user

pytestmark = pytest.mark.django_db
BODY = (
    "<h2>一、加强组织建设</h2><p>全年新建工会组织<strong>20家</strong>，发展会员1000名。</p>"
    "<p>（一）抓好重点领域建会</p><p>抓好落实。</p><p>（二）服务职工群众</p><p>做好服务。</p>"
    "<ol start='3'><li>第三项</li></ol><ul><li>要点</li></ul>"
    "<table><tr><th colspan='2'>项目</th></tr><tr><td rowspan='2'>建会</td><td>甲</td></tr>"
    "<tr><td>乙</td></tr></table>"
    "<h2>二、维护职工权益</h2><p>集体合同签订率达到90%以上。<img src='/a.png' alt='签约'></p>"
)


@pytest.fixture
def plan():
    owner = make_organization("编辑部", level=None)
    article = make_article("胶州工会2019年工作", owner=owner, kind="plan", body=BODY)
    return make_plan(article, organization=make_organization("胶州市总工会"))


def read(response):
    assert response["Content-Type"].endswith("wordprocessingml.document")
    return docx.Document(io.BytesIO(response.content))


@pytest.fixture
def paper(plan):
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_user(role="editor", organization=plan.article.owner))
    response = client.get(f"/plans/{plan.pk}/document.docx")
    assert "2019" in response["Content-Disposition"]
    return read(response)


def test_title_facts_and_text_with_headings_are_there(paper):
    lines = [(paragraph.style.name, paragraph.text) for paragraph in paper.paragraphs]
    assert lines[:2] == [
        ("Title", "胶州工会2019年工作"),
        ("Subtitle", "胶州市总工会 · 2019-01-01 – 2019-12-31 · plan · in force"),
    ]
    assert ("Heading 1", "一、加强组织建设") in lines
    assert ("Normal", "全年新建工会组织20家，发展会员1000名。") in lines
    assert ("Heading 2", "（一）抓好重点领域建会") in lines
    assert ("Normal", "3. 第三项") in lines
    assert ("List Bullet", "要点") in lines
    assert ("Normal", "集体合同签订率达到90%以上。[picture: 签约]") in lines
    bold = [run.text for paragraph in paper.paragraphs for run in paragraph.runs if run.font.bold]
    assert bold == ["20家"]


def test_tables_keep_their_joined_cells(paper):
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows == [["项目", "项目"], ["建会", "甲"], ["建会", "乙"]]


def test_the_targets_stand_in_a_table_and_what_nobody_reported_is_no_zero(plan, paper):
    rows = [[cell.text for cell in row.cells] for row in paper.tables[-1].rows]
    assert rows[0] == ["No.", "Target", "Goal", "Deadline", "Duty-holder", "State", "Value"]
    targets = [target for target in plan.targets.all() if target.kind in Target.FORWARD]
    assert [(row[0], row[2]) for row in rows[1:]] == [
        (str(number), goal) for number, goal in enumerate(["20家", "1000名", "≥90%"], 1)
    ]
    assert len(rows) == len(targets) + 1
    assert {row[6] for row in rows[1:]} == {"—"}


def test_fonts_have_chinese_names_and_the_package_is_whole(plan, paper):
    for style, font in (("Normal", "宋体"), ("Heading 1", "黑体"), ("Title", "黑体")):
        fonts = paper.styles[style].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    file = io.BytesIO()
    paper.save(file)
    assert zipfile.ZipFile(file).testzip() is None
    assert paper.core_properties.title == "胶州工会2019年工作"


def test_it_is_for_those_who_see_the_plan(plan):
    client = Client()
    assert client.get(f"/plans/{plan.pk}/document.docx").status_code == 302
    draft = make_plan(in_force=False, article=make_article("草稿", owner=plan.article.owner, public=False))
    client.force_login(make_user(role="editor"))
    assert client.get(f"/plans/{draft.pk}/document.docx").status_code == 404
    assert client.get(f"/plans/{plan.pk}/document.docx").status_code == 200


def test_a_plan_without_organisation_days_or_text_is_written_too():
    plan = make_plan(make_article("空", body="<p>无</p>"), year=None, in_force=False)
    client = Client()
    client.force_login(make_user(is_superuser=True))
    assert len(read(client.get(f"/plans/{plan.pk}/document.docx")).tables) == 0

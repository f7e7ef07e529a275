"""A plan whose outline and targets are changed at its page, and somebody who may."""

import pytest

from plans.models import Clause
from tests.factories import make_article, make_organization, make_plan, make_theme, make_user

BODY = (
    "<p>2019年工作打算如下。</p>"
    "<h2>一、加强组织建设</h2><p>全年新建工会组织20家，发展会员1000名。开展集中入会行动，培训干部50人。</p>"
    "<h2>二、维护职工权益</h2><h3>（一）集体协商</h3><p>集体合同签订率达到90%以上。</p>"
    "<h3>（二）民主管理</h3><p>新建职代会35家。</p><h2>三、加强自身建设</h2><p>改进作风，提高能力。</p>"
)


@pytest.fixture
def editor(db):
    return make_user("editor", role="editor", organization=make_organization("编辑部", level=None), is_staff=True)


@pytest.fixture
def plan(editor):
    for code, name in [
        ("organisation", "组织建设"),
        ("rights", "权益维护"),
        ("self", "自身建设"),
        ("skills", "素质提升"),
    ]:
        make_theme(code, name)
    owner = editor.memberships.get().organization
    article = make_article("胶州工会2019年工作", owner=owner, kind="plan", body=BODY)
    return make_plan(article, organization=make_organization("胶州市总工会"))


@pytest.fixture
def outline():
    """A function that gives a plan's outline as lines, each indented by its level."""

    def lines(plan) -> list[str]:
        return ["  " * (row.depth - 1) + str(row) for row in plan.clauses.order_by("position")]

    return lines


@pytest.fixture
def clause(plan):
    """A function that finds a clause of the plan by words of its heading."""
    return lambda words: Clause.objects.get(plan=plan, heading__contains=words)

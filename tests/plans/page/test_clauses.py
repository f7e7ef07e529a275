"""What is done to the outline at the plan's page: rights, order, spans, texts, themes, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.canonical import canonical
from articles.html import plain_text
from organizations.models import AuditEntry
from plans import filing
from plans.models import Clause, PlanEdit, Target
from plans.page import verbs
from tests.factories import make_user

BEGINNING = [
    "一、加强组织建设",
    "二、维护职工权益",
    "  （一）集体协商",
    "  （二）民主管理",
    "三、加强自身建设",
]


def spans_hold(plan) -> bool:
    text = canonical(plain_text(plan.text_revision.body))
    rows = list(Clause.objects.filter(plan=plan, broken=False))
    return all(text[row.start : row.end] == canonical(row.heading) for row in rows)


def test_it_begins_as_the_text_was_read(plan, outline):
    assert outline(plan) == BEGINNING


def test_a_clause_is_split_at_words_of_its_text(plan, editor, outline, clause):
    first = clause("组织建设")
    new = verbs.split(plan, first.pk, "开展集中入会行动", editor)
    assert outline(plan) == ["一、加强组织建设", "开展集中入会行动", *BEGINNING[1:]]
    first.refresh_from_db()
    assert (first.text, new.text) == ("全年新建工会组织20家，发展会员1000名", "培训干部50人")
    assert [str(row) for row in new.targets.all()] == ["50人 干部"]
    assert first.targets.count() == 2
    assert spans_hold(plan)
    assert new.style == Clause.Style.INLINE
    assert PlanEdit.objects.get().verb == "split"
    assert AuditEntry.objects.filter(verb="edit plan", object_id=str(plan.pk)).count() == 1


@pytest.mark.parametrize("words", ["新建职代会35家", "没有这句话", "开"])
def test_words_of_another_clause_split_nothing(plan, editor, outline, clause, words):
    with pytest.raises(ValidationError):
        verbs.split(plan, clause("组织建设").pk, words, editor)
    assert outline(plan) == BEGINNING
    assert PlanEdit.objects.count() == 0


def test_a_clause_merges_with_the_one_before(plan, editor, outline, clause):
    kept = clause("集体协商")
    assert verbs.merge(plan, clause("民主管理").pk, editor) == kept
    assert outline(plan) == [*BEGINNING[:3], BEGINNING[4]]
    kept.refresh_from_db()
    assert kept.text == "集体合同签订率达到90%以上\n（二）民主管理\n新建职代会35家"
    assert sorted(target.amount for target in kept.targets.all()) == ["35", "90"]


def test_what_stands_below_a_merged_clause_finds_a_place(plan, editor, outline, clause):
    verbs.merge(plan, clause("维护职工权益").pk, editor)
    assert outline(plan) == [BEGINNING[0], *BEGINNING[2:]]
    assert {row.parent for row in Clause.objects.filter(plan=plan, depth=2)} == {clause("组织建设")}
    verbs.merge(plan, clause("组织建设").pk, editor)
    assert outline(plan) == ["（一）集体协商", "（二）民主管理", "三、加强自身建设"]
    assert Target.objects.filter(plan=plan, clause=None).count() == 3


def test_clauses_move_with_what_stands_below_them(plan, editor, outline, clause):
    addresses = {row.pk: row.anchor for row in plan.clauses.all()}
    verbs.move(plan, clause("维护职工权益").pk, "up", editor)
    assert outline(plan) == [*BEGINNING[1:4], BEGINNING[0], BEGINNING[4]]
    verbs.move(plan, clause("维护职工权益").pk, "down", editor)
    verbs.move(plan, clause("维护职工权益").pk, "down", editor)
    assert outline(plan) == [BEGINNING[0], BEGINNING[4], *BEGINNING[1:4]]
    stayed = [clause("组织建设"), clause("自身建设")]
    assert [row.anchor for row in stayed] == [addresses[row.pk] for row in stayed]
    positions = list(plan.clauses.values_list("position", flat=True))
    assert len(set(positions)) == 5


def test_levels(plan, editor, outline, clause):
    verbs.move(plan, clause("集体协商").pk, "out", editor)
    assert outline(plan) == [*BEGINNING[:2], "（一）集体协商", "  （二）民主管理", BEGINNING[4]]
    assert clause("民主管理").parent == clause("集体协商")
    verbs.move(plan, clause("集体协商").pk, "in", editor)
    assert outline(plan) == [*BEGINNING[:3], "    （二）民主管理", BEGINNING[4]]


@pytest.mark.parametrize(
    ("words", "where"),
    [("组织建设", "up"), ("自身建设", "down"), ("组织建设", "in"), ("组织建设", "out"), ("集体协商", "up")],
)
def test_where_there_is_no_place_nothing_moves(plan, editor, outline, clause, words, where):
    with pytest.raises(ValidationError):
        verbs.move(plan, clause(words).pk, where, editor)
    assert outline(plan) == BEGINNING


def test_without_a_gap_all_are_numbered_anew(plan, editor, outline, clause):
    for place, row in enumerate(plan.clauses.order_by("position"), 1):
        Clause.objects.filter(pk=row.pk).update(position=place)
    verbs.move(plan, clause("自身建设").pk, "up", editor)
    assert outline(plan) == [BEGINNING[0], BEGINNING[4], *BEGINNING[1:4]]
    assert list(plan.clauses.values_list("position", flat=True)) == [1024, 2048, 3072, 4096, 5120]


def test_a_heading_is_words_of_the_text(plan, editor, clause):
    row = clause("组织建设")
    verbs.rename(plan, row.pk, "", "全年新建工会组织", editor)
    row.refresh_from_db()
    assert (str(row), row.text) == ("全年新建工会组织", "20家，发展会员1000名。开展集中入会行动，培训干部50人")
    verbs.rename(plan, row.pk, "一、", "加强 组织建设", editor)
    assert spans_hold(plan)
    for number, heading in [("三、", "加强组织建设"), ("", "没有这句话"), ("", ""), ("", "维护职工权益")]:
        with pytest.raises(ValidationError):
            verbs.rename(plan, row.pk, number, heading, editor)


def test_targets_follow_the_themes_of_their_clause(plan, editor, clause):
    row = clause("维护职工权益")
    verbs.retheme(plan, row.pk, ["self", "rights"], editor)
    verbs.retheme(plan, clause("集体协商").pk, [], editor)
    assert [rank.theme_id for rank in row.theme_ranks.all()] == ["self", "rights"]
    assert Target.objects.get(plan=plan, number=90).theme_id == "self"
    for codes in (["self", "rights", "skills", "organisation"], ["none"]):
        with pytest.raises(ValidationError):
            verbs.retheme(plan, row.pk, codes, editor)


def test_a_clause_is_added_by_words(plan, editor, outline):
    new = verbs.add_clause(plan, "改进作风", editor, below=True)
    assert outline(plan) == [*BEGINNING, "  改进作风"]
    assert new.style == Clause.Style.RUN_IN
    verbs.add_clause(plan, "2019年工作打算如下", editor)
    assert outline(plan)[0] == "2019年工作打算如下"
    with pytest.raises(ValidationError):
        verbs.add_clause(plan, "维护职工权益", editor)


def test_all_targets_of_a_clause_are_confirmed_at_once(plan, editor, clause):
    Target.objects.filter(number=90).update(broken=True)
    assert verbs.confirm_clause(plan, clause("维护职工权益").pk, editor) == 1
    assert list(Target.objects.filter(confirmed_by=editor).values_list("number", flat=True)) == [35]
    assert verbs.confirm_clause(plan, clause("维护职工权益").pk, editor) == 0
    assert PlanEdit.objects.count() == 1  # what changes nothing is no change


def test_who_may(plan, editor, clause):
    writer = make_user("writer", role="contributor", organization=editor.memberships.get().organization)
    with pytest.raises(PermissionDenied):
        verbs.merge(plan, clause("民主管理").pk, writer)
    filing.back_to_draft(plan, None)
    verbs.merge(plan, clause("民主管理").pk, writer)
    with pytest.raises(PermissionDenied):
        verbs.undo(plan, make_user("neighbour", role="manager"))

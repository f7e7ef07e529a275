"""A demonstration is made and removed by short steps; broken off between or within them, each of its rows is known."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from articles.models import Article, Revision
from organizations.consistency import faults
from organizations.models import Organization
from plans.demo import making, removing
from plans.demo.ledger import Ledger, made_rows
from plans.demo.removing import remove
from plans.models import Clause, Demonstration, Evidence, ProgressReport, Target, WorkPlan
from tests.plans.demonstration import DISTRICT, everything, made

MODELS = (Organization, Article, Revision, WorkPlan, Clause, Target, ProgressReport, Evidence)


class Cut(BaseException):
    """What ends a process in the middle of its work."""


@pytest.fixture(autouse=True)
def site(db):
    call_command("set_up", stdout=StringIO())


def cut_in_step(monkeypatch, number: int) -> None:
    """Break the making off within step `number`, when all its rows are written and none is kept."""
    step, left = Ledger.step, iter(range(number, 0, -1))

    @contextmanager
    def broken(ledger):
        with step(ledger):
            yield
            if next(left) == 1:
                raise Cut

    monkeypatch.setattr(Ledger, "step", broken)


def numbers(model) -> set[int]:
    return set(model.objects.order_by().values_list("pk", flat=True))


def refusal(work) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        work()
    return refused.value


@pytest.mark.parametrize("number", [1, 2, 4, 6, 8, 10])
def test_a_making_broken_off_is_said_to_be_so_and_taken_away_whole(monkeypatch, number):
    before = everything()
    with monkeypatch.context() as patch:
        cut_in_step(patch, number)
        with pytest.raises(Cut):
            made()
    refused = refusal(made)
    assert refused.code == "part"
    assert "make demo-remove" in refused.messages[0]
    assert list(faults()) == []
    remove()
    assert everything() == before
    assert made()["plans.workplan"] > 8


def test_every_row_is_known_once_it_is_there_and_few_come_at_a_time(monkeypatch):
    monkeypatch.setattr(making, "TOGETHER", 4)
    others = {model: numbers(model) for model in MODELS}
    seen = []

    def look(done, total):
        (demonstration,) = Demonstration.objects.all()
        known = made_rows(demonstration)
        assert {model: known.get(model, set()) for model in MODELS} == {
            model: numbers(model) - others[model] for model in MODELS
        }
        assert demonstration.state == Demonstration.State.MAKING
        seen.append(WorkPlan.objects.count())

    made(tell=look)
    assert Demonstration.objects.get().state == Demonstration.State.WHOLE
    assert seen[:3] == [4, 8, 9]


def test_one_that_is_removed_while_it_is_made_leaves_nothing():
    before = everything()
    assert refusal(lambda: made(tell=lambda done, total: remove())).code == "removed"
    assert everything() == before


def cut(done: int, total: int) -> None:
    raise Cut


@pytest.fixture
def half_removed(monkeypatch):
    """A demonstration of whose articles the newest are gone, and what the site was before it."""
    before = everything()
    made()
    monkeypatch.setattr(removing, "TOGETHER", 4)
    there = Article.objects.count()
    with pytest.raises(Cut):
        remove(tell=cut)
    assert there - Article.objects.count() == 4
    return before


def test_a_removal_broken_off_goes_on(half_removed):
    assert refusal(made).code == "part"
    assert list(faults()) == []
    assert remove() > 500
    assert everything() == half_removed


def test_what_people_did_between_is_in_the_way_of_the_rest(half_removed):
    report = ProgressReport.objects.order_by("pk").first()
    ProgressReport.objects.create(target=report.target, on=report.on, value=1)
    assert refusal(remove).code == "added"
    assert ProgressReport.objects.filter(target=report.target, value=1).exists()
    remove(force=True)
    assert everything() == half_removed


def test_what_people_do_meanwhile_is_not_removed():
    made()
    target = Target.objects.filter(reports__isnull=False).order_by("pk").first()

    def work(done, total):
        ProgressReport.objects.create(target=target, on=target.plan.starts_on, value=done)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(removing, "TOGETHER", 4)
        assert refusal(lambda: remove(tell=work)).code == "added"
    assert ProgressReport.objects.filter(target=target, reporter=None).exists()
    assert list(faults()) == []


@pytest.mark.parametrize("words", [(), ("--remove",)])
def test_the_command_says_what_is_to_be_done_when_it_is_broken_off(monkeypatch, words):
    def interrupted(*args, **options):
        raise KeyboardInterrupt

    if words:
        made()
    monkeypatch.setattr("plans.management.commands.make_demo.Command._progress", interrupted)
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("make_demo", *words, "--division", DISTRICT, "--years", "1", stdout=StringIO(), stderr=said)
    assert ended.value.code == 130
    assert "make demo-remove" in said.getvalue()
    remove()
    assert not WorkPlan.objects.exists()

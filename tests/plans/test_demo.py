"""The demonstration: the same each time, true for every check, and gone without a trace."""

import datetime
import itertools
import re
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from articles import never_deleted, publishing
from articles.models import Article
from organizations import divisions
from organizations.audit import record
from organizations.consistency import faults
from organizations.models import Organization, User
from plans import filing
from plans.demo import figures
from plans.demo.bank import RANKS, THEMES, chapter, promises
from plans.demo.bodies import body
from plans.demo.making import SOURCE
from plans.demo.removing import remove
from plans.demo.story import Story
from plans.grammar.themes import assign_themes
from plans.models import Demonstration, Evidence, Expectation, Indicator, ProgressReport, Target, WorkPlan
from plans.progress.states import progress_of
from tests.factories import make_article, make_user
from tests.plans.demonstration import DISTRICT, LATEST, TODAY, everything, made


def story(seed: int = 0, *, back: int = 5) -> Story:
    city = body(1, "青岛市总工会", "3702", None, seed)
    district = body(2, "崂山区总工会", DISTRICT, city, seed)
    codes = [code for code in divisions.table().names if code.startswith(DISTRICT) and len(code) == 9]
    towns = [
        body(3 + at, f"{divisions.by_code(code).name}总工会", code, district, seed) for at, code in enumerate(codes)
    ]
    return Story([city, district, *towns], LATEST, TODAY, back)


# The banks


@pytest.mark.parametrize("code", THEMES)
def test_the_headings_of_a_theme_are_read_as_that_theme(code):
    for heading in chapter(code).headings:
        assert assign_themes(heading, [], "")[:1] == [code], heading


def test_every_promise_can_be_said_reported_and_told():
    assert len(promises()) > 45
    for one in promises().values():
        assert len(one.says) >= 1 + (not one.placeholder), one.code
        assert set(one.levels) <= set(RANKS), one.code
        if one.measure != "done":
            assert all("{n}" in text or one.placeholder for text in one.says), one.code
            assert all("{n}" in text for text in (*one.did, one.news[1])), one.code
        assert all(text.endswith("。") for text in (*one.says, *one.did, one.news[1])), one.code


def test_the_same_story_each_time_and_another_with_another_seed():
    one, again, other = (
        [(paper.title, paper.text.html, paper.published) for paper in story(seed).papers()] for seed in (0, 0, 1)
    )
    assert one == again
    assert one != other


def test_nothing_is_told_before_it_happened():
    papers = story().papers()
    assert max(paper.published for paper in papers) <= TODAY
    assert all("{" not in paper.text.html for paper in papers)
    assert {paper.role for paper in papers} == {"plan", "report"}
    assert {paper.period for paper in papers} == {"year", "years", "first_half"}


def test_a_phrase_comes_to_the_districts_no_earlier_than_to_the_city():
    first: dict[str, int] = {}
    for paper in story().papers():
        if paper.role == "plan" and paper.period == "year" and "县级工会加强年" in paper.text.html:
            first.setdefault(paper.body.rank, paper.year)
    assert first["c"] == 2022
    assert all(year >= 2022 for year in first.values())


def test_promises_stay_grow_shrink_come_and_go_over_the_years():
    told = story()
    city = told.bodies[0]
    years = [told.goals(city, year) for year in range(2020, 2026)]
    moves = set()
    for before, after in itertools.pairwise(years):
        moves |= {"dropped" for code in before if code not in after} | {"new" for code in after if code not in before}
        for code in before.keys() & after.keys():
            one, next_ = before[code], after[code]
            moves.add("same" if one.number == next_.number else "more" if one.number < next_.number else "less")
            if one.wording != next_.wording:
                moves.add("reworded")
    assert moves == {"same", "more", "less", "dropped", "new", "reworded"}


def test_the_figures_of_a_total_never_fall():
    told = story()
    for one in told.goals(told.bodies[0], 2024).values():
        series = figures.outcome(one).series
        if one.promise.measure == "total":
            assert list(series) == sorted(series), one.promise.code


# Made and removed


@pytest.fixture
def site(db):
    call_command("set_up", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
class TestMade:
    def test_what_it_makes_is_true_for_every_check_and_goes_without_a_trace(self):
        before = everything()
        counts = made()
        assert list(faults()) == []
        assert counts["plans.workplan"] > 8
        assert counts["plans.target"] > 80
        assert counts["plans.progressreport"] > 50
        tied = Target.objects.exclude(indicator=None).count()
        assert tied > 0.95 * counts["plans.target"]
        states = set(WorkPlan.objects.values_list("state", flat=True))
        assert {"in_force", "closed"} <= states
        promised = list(Target.objects.filter(kind__in=Target.FORWARD))
        assert {"met", "no_data"} < {str(one.state) for one in progress_of(promised, TODAY).values()}
        assert set(Article.objects.values_list("live_revision__source", flat=True)) <= {SOURCE, None}
        assert not any(user.has_usable_password() for user in User.objects.filter(username__startswith="demo-"))
        assert Expectation.objects.exists()
        assert remove() > 500
        assert everything() == before
        assert list(faults()) == []

    def test_reports_and_evidence_say_what_the_texts_say(self):
        made()
        for final in ProgressReport.objects.filter(final=True, corrected_by=None).exclude(taken_from=None):
            assert final.value == final.taken_from.number
            assert final.target.unit == final.taken_from.unit
        for evidence in Evidence.objects.exclude(report=None).select_related("report", "article__live_revision"):
            text = re.sub("<[^>]+>", "", evidence.article.live_revision.body)
            assert evidence.quote in text

    def test_there_is_one_at_a_time(self):
        made()
        with pytest.raises(ValidationError) as refused:
            made()
        assert refused.value.code == "there"
        remove()
        with pytest.raises(ValidationError) as refused:
            remove()
        assert refused.value.code == "none"

    def test_what_was_there_before_stays(self):
        call_command("create_federations", "--division", DISTRICT, stdout=StringIO())
        indicator = Indicator.objects.create(name="新建基层工会组织", unit="家")
        before = everything()
        assert "organizations.organization" not in made()
        assert indicator.targets.exists()
        remove()
        assert everything() == before

    def test_a_site_with_news_of_its_own_is_asked_first(self):
        article = make_article("本站自己的消息")
        with pytest.raises(ValidationError) as refused:
            made()
        assert refused.value.code == "beside"
        made(beside=True)
        remove()
        article.refresh_from_db()
        assert article.is_public_now

    def test_what_people_did_is_named_and_goes_only_by_force(self):
        before = set(Organization.objects.values_list("pk", flat=True))
        made()
        plan = WorkPlan.objects.filter(state="in_force", role="plan").first()
        person = make_user(is_superuser=True)
        filing.back_to_draft(plan, person)
        with pytest.raises(ValidationError) as refused:
            remove()
        assert refused.value.code == "added"
        assert str(plan) in refused.value.messages[0]
        assert Demonstration.objects.exists()
        remove(force=True)
        assert not Demonstration.objects.exists()
        assert set(Organization.objects.values_list("pk", flat=True)) == before

    def test_a_persons_own_article_stays_even_by_force_with_the_body_it_is_about(self):
        made()
        town = Organization.objects.filter(level="township").first()
        article = make_article("街道自己的消息", owner=town, organization=town)
        with pytest.raises(ValidationError) as refused:
            remove()
        assert "街道自己的消息" in refused.value.messages[0]
        remove(force=True)
        article.refresh_from_db()
        assert article.organization == town
        assert Organization.objects.filter(division_code=DISTRICT).exists()
        assert not WorkPlan.objects.exists()
        assert list(faults()) == []

    def test_a_report_added_by_somebody_is_in_the_way(self):
        made()
        report = ProgressReport.objects.first()
        ProgressReport.objects.create(target=report.target, on=datetime.date(2026, 1, 9), value=1)
        with pytest.raises(ValidationError) as refused:
            remove()
        assert "2026-01-09" in refused.value.messages[0]

    def test_signing_in_with_its_accounts_is_not_in_the_way(self):
        made()
        user = User.objects.filter(username__startswith="demo-").first()
        record("sign in", user, by=user)
        assert remove() > 0

    def test_the_rest_of_the_news_can_be_deleted_no_more_than_before(self):
        article = make_article("本站自己的消息")
        made(beside=True)
        remove()
        with pytest.raises(DatabaseError), transaction.atomic():
            Article.objects.filter(pk=article.pk)._raw_delete("default")
            connection.check_constraints()
        publishing.withdraw(article, None, "测试")

    def test_the_commands(self):
        said = StringIO()
        words = ("--division", DISTRICT, "--year", str(timezone.localdate().year - 1), "--years", "1")
        call_command("make_demo", *words, stdout=said, stderr=StringIO())
        assert str(WorkPlan.objects.count()) in said.getvalue()
        call_command("make_demo", "--remove", stdout=said, stderr=StringIO())
        assert not WorkPlan.objects.exists()
        for wrong in (("--remove",), ("--year", "1066"), ("--division", "99")):
            with pytest.raises(CommandError):
                call_command("make_demo", *wrong, stdout=said, stderr=StringIO())


def test_the_triggers_are_never_lifted_outside_a_transaction(monkeypatch):
    monkeypatch.setattr(never_deleted, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError), never_deleted.lifted():
        pass


@pytest.mark.django_db
def test_an_empty_site_is_told_to_be_set_up():
    with pytest.raises(ValidationError) as refused:
        made()
    assert refused.value.code == "empty"

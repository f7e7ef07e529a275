"""Filing: what a run makes, what a second run changes (nothing), what bad input does (nothing)."""

import io
import json
import os
import shutil

import pytest
from django.core.management import CommandError, call_command

from articles import publishing
from articles.models import Article, Collection, Revision
from importer.batches import undoing
from importer.filing import identity, placing
from importer.models import ImportBatch, ImportedArticle, ImportItem
from organizations.consistency import faults
from organizations.models import AuditEntry, Organization, SiteSettings
from plans.models import Clause, Target, WorkPlan
from tests.factories import make_user

pytestmark = pytest.mark.django_db

EVERYTHING = (Article, Collection, ImportBatch, ImportItem, ImportedArticle, Organization, WorkPlan, Clause, Target)
PLAN = (
    "石桥镇总工会2021年工作要点\n"
    "发布时间:2021-02-03 来源:石桥镇总工会\n"
    "2021年,镇总工会要围绕中心工作,服务职工群众,推动工会工作再上新台阶。\n"
    "一、加强组织建设\n"
    "抓好新业态企业建会工作,全年新建基层工会20家,发展会员500名。\n"
    "二、维护职工权益\n"
    "推进工资集体协商,建制率力争达到95%以上,切实保障职工合法权益。\n"
)


@pytest.fixture
def site(db):
    call_command("set_up", stdout=io.StringIO())


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return folder


def run(*words):
    """(printed, errors, exit status) of the command."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_pages", *map(str, words), stdout=out, stderr=err)
    except SystemExit as stopped:
        return out.getvalue(), err.getvalue(), stopped.code
    return out.getvalue(), err.getvalue(), 0


def counted():
    return {model.__name__: model.objects.count() for model in (*EVERYTHING, AuditEntry)}


class TestSeeds:
    def test_eight_articles_are_public_and_three_plans_in_force(self, seeded):
        assert Article.objects.published().count() == 8
        rows = WorkPlan.objects.order_by("article__pk").values_list("organization__name", "starts_on__year", "state")
        assert list(rows) == [
            ("胶州市总工会", 2019, "in_force"),
            ("八字桥乡工会", 2015, "in_force"),
            ("萧山区总工会", 2016, "draft"),
            ("盐城市总工会", 2017, "draft"),
            ("盐都区总工会", 2017, "in_force"),
            (None, 2023, "draft"),
        ]
        assert list(WorkPlan.objects.filter(year_stated=False).values_list("starts_on__year", flat=True)) == [
            2023,
            2017,
            2016,
        ]

    def test_the_collection_keeps_its_places_and_says_what_is_missing(self, seeded):
        collection = Collection.objects.get()
        entries = collection.entries.select_related("article")
        assert collection.is_public
        assert [entry.article is not None for entry in entries] == [True] * 3 + [False] * 5
        assert [entry.article.complete for entry in entries if entry.article] == [True, True, False]

    def test_a_second_run_changes_nothing_and_says_so(self, seeded):
        before = counted()
        printed, errors, status = run("--publish")
        assert (counted(), errors, status) == (before, "", 0)
        assert printed.strip() in ("5 file(s) read, nothing has changed.", "读取5个文件，没有变化。")

    def test_the_tree_holds_the_bodies_above(self, seeded):
        jiaozhou = Organization.objects.get(name="胶州市总工会")
        above = Organization.objects.ancestors(jiaozhou).values_list("name", flat=True)
        assert list(above) == ["中华全国总工会", "山东省总工会", "青岛市总工会"]
        unplaced = Organization.objects.filter(placed=False).order_by("name").values_list("name", flat=True)
        assert list(unplaced) == ["八字桥乡工会", "本站编辑部"]

    def test_stored_clauses_and_targets_are_those_the_importer_prints(self, seeded):
        for row in ImportedArticle.objects.filter(article__work_plan__isnull=False).select_related("item"):
            printed, plan = row.item.output["articles"][row.index], row.article.work_plan
            assert list(plan.clauses.values_list("depth", "number", "heading", "style")) == [
                (clause["level"], clause["number"] or "", clause["heading"], clause["style"])
                for clause in printed["outline"]
            ]
            assert [
                (target.number, target.unit, target.comparator, target.kind, target.quote)
                for target in plan.targets.all()
            ] == [
                (target["number"], target["unit"] or "", target["comparator"], target["kind"], target["sentence"])
                for target in printed["targets"]
            ]

    def test_the_data_is_sound(self, seeded):
        assert list(faults()) == []


class TestRuns:
    def test_without_publish_everything_stays_a_draft_and_a_later_run_publishes(self, site, folder):
        run(folder)
        article = Article.objects.get()
        assert (article.state, article.work_plan.state, article.work_plan.targets.count()) == ("draft", "draft", 3)
        run(folder, "--publish")
        article.refresh_from_db()
        assert (article.state, WorkPlan.objects.get().state) == ("public", "in_force")
        assert Article.objects.count() == 1

    def test_half_width_marks_are_set_full_width_where_asked(self, site, folder):
        run(folder, "--full-width", "--publish")
        article = Article.objects.get()
        assert "围绕中心工作，服务职工群众，推动" in article.live_revision.body
        assert [target.quote for target in article.work_plan.targets.all()][2] == (
            "推进工资集体协商，建制率力争达到95%以上，切实保障职工合法权益。"
        )
        assert bytes(ImportItem.objects.get().raw).decode() == PLAN
        assert list(faults()) == []

    def test_a_changed_file_is_a_new_revision_not_a_second_article(self, site, folder):
        run(folder, "--publish")
        (folder / "plan.txt").write_text(PLAN.replace("20家", "30家"), encoding="utf-8")
        run(folder, "--publish")
        article = Article.objects.get()
        assert [item.outcome for item in ImportItem.objects.order_by("pk")] == ["filed", "revised"]
        assert (article.live_revision.number, "30家" in article.live_revision.body) == (2, True)
        assert [target.broken for target in Target.objects.order_by("position")] == [True, True, False]
        assert list(faults()) == []

    def test_a_draft_plan_follows_its_changed_text_and_a_broken_target_is_said(self, site, folder):
        run(folder)
        (folder / "plan.txt").write_text(PLAN.replace("20家", "30家"), encoding="utf-8")
        run(folder)
        assert [target.amount for target in Target.objects.order_by("position")] == ["30", "500", "95"]
        run(folder, "--publish")
        (folder / "plan.txt").write_text(PLAN.replace("20家", "40家"), encoding="utf-8")
        _, errors, _ = run(folder, "--publish")
        assert len(errors.strip().splitlines()) == 1
        assert [target.broken for target in Target.objects.order_by("position")] == [True, True, False]

    def test_doubt_about_bytes_or_year_keeps_a_page_from_the_public_or_from_force(self, site, folder):
        raw = PLAN.encode()
        (folder / "plan.txt").write_bytes(raw[:-30] + b"\xff\xfe\xff" + raw[-30:])
        run(folder, "--publish")
        assert (Article.objects.get().state, WorkPlan.objects.get().state) == ("draft", "draft")
        other = PLAN.replace("石桥", "柳河").replace("发布时间:2021-02-03", "发布时间:2012-02-03")
        (folder / "other.txt").write_text(other, encoding="utf-8")
        run(folder, "--publish")
        article = Article.objects.order_by("pk").last()
        assert (article.state, article.work_plan.state) == ("public", "draft")

    def test_a_title_alone_waits_for_a_person(self, site, folder):
        (folder / "plan.txt").write_text("石桥镇总工会2021年工作要点\n", encoding="utf-8")
        run(folder, "--publish")
        assert (Article.objects.count(), ImportItem.objects.get().outcome) == (0, "set_aside")

    def test_texts_of_a_page_are_known_by_their_titles_when_one_comes_or_goes(self):
        def row(index, title):
            return ImportedArticle(index=index, article=Article(latest_revision=Revision(title=title)))

        first, second = row(0, "甲区总工会"), row(1, "乙区总工会")
        assert identity.same_texts(["丙区总工会", "甲区总工会", "乙区总工会"], [first, second]) == {1: first, 2: second}
        assert identity.same_texts(["乙区总工会"], [first, second]) == {0: second}
        assert identity.same_texts(["甲区 总工会", "改过的题目"], [first, second]) == {0: first, 1: second}

    def test_a_changed_file_never_overwrites_a_person(self, site, folder):
        run(folder, "--publish")
        article = Article.objects.get()
        publishing.save_revision(article, None, {"title": "编辑改过的标题"})
        (folder / "plan.txt").write_text(PLAN.replace("20家", "30家"), encoding="utf-8")
        run(folder, "--publish")
        article.refresh_from_db()
        assert article.latest_revision.title == "编辑改过的标题"
        assert "20家" in article.latest_revision.body
        assert ImportItem.objects.last().outcome == "set_aside"

    def test_the_same_bytes_from_another_place_are_not_filed_twice(self, site, folder):
        run(folder)
        shutil.copy(folder / "plan.txt", folder / "copy.txt")
        run(folder)
        assert (Article.objects.count(), ImportItem.objects.count()) == (1, 1)

    def test_a_page_of_others_is_put_aside_and_made_no_article(self, site, folder):
        (folder / "plan.txt").write_text(
            "红烧肉的家常做法\n五花肉切块焯水，加冰糖炒出糖色，放入葱姜八角，小火慢炖一个小时即可出锅，软烂香甜。\n",
            encoding="utf-8",
        )
        run(folder, "--publish")
        assert (Article.objects.count(), ImportItem.objects.get().outcome) == (0, "set_aside")

    def test_a_dry_run_prints_the_contract_and_writes_nothing(self, site, folder):
        before = counted()
        printed, _, status = run(folder, "--dry-run", "--jsonl")
        row = json.loads(printed)
        assert (counted(), status) == (before, 0)
        assert (row["id"], [article["title"] for article in row["articles"]]) == (
            "plan.txt",
            ["石桥镇总工会2021年工作要点"],
        )

    def test_the_owner_is_the_sites_own_organisation_or_the_one_named(self, site, folder):
        owner = Organization.objects.create(name="甲", slug="jia", path="00ZZ", depth=1)
        run(folder, "--owner", "jia")
        assert Article.objects.get().owner == owner
        (folder / "plan.txt").write_text(PLAN.replace("石桥", "柳河"), encoding="utf-8")
        (folder / "plan.txt").rename(folder / "other.txt")
        run(folder)
        assert Article.objects.order_by("pk").last().owner == SiteSettings.load().organization

    def test_a_batch_can_be_undone_whole(self, site, folder):
        run(folder, "--publish")
        assert undoing.undo(ImportBatch.objects.get(), make_user(is_superuser=True), "导错了") == 1
        article = Article.objects.get()
        assert (article.state, article.work_plan.state) == ("trashed", "draft")
        assert list(faults()) == []


class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"", "plan.txt"),
            (b"%PDF-1.7 ...", "plan.txt"),
            (b"PK\x03\x04" + b"\0" * 40, "plan.txt"),
            (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "plan.txt"),
            (bytes(range(256)) * 20, "plan.txt"),
        ],
    )
    def test_an_unreadable_file_gets_one_sentence_and_changes_nothing(self, site, folder, content, word):
        (folder / "plan.txt").write_bytes(content)
        before = counted()
        _, errors, status = run(folder, "--publish")
        assert (counted(), status) == (before, 1)
        assert len(errors.strip().splitlines()) == 1
        assert word in errors

    def test_an_oversized_file_is_refused_before_it_is_read_whole(self, site, folder, monkeypatch):
        monkeypatch.setattr("importer.proposal.SIZE_LIMIT", 100)
        before = counted()
        _, errors, status = run(folder)
        assert (counted(), status, "plan.txt" in errors) == (before, 1, True)

    def test_one_bad_file_does_not_stop_the_others(self, site, folder):
        (folder / "broken.txt").write_bytes(b"")
        _, errors, status = run(folder)
        assert (Article.objects.count(), status, "broken.txt" in errors) == (1, 1, True)

    def test_a_title_that_no_field_holds_is_said_and_the_rest_goes_on(self, site, folder):
        (folder / "long.txt").write_text(f"标题:{'长' * 210}\n发布时间:2021-02-03\n{PLAN[30:]}", encoding="utf-8")
        (folder / os.fsdecode("计划".encode("gbk") + b".txt")).write_text(PLAN.replace("石桥", "柳河"), "utf-8")
        run(folder)
        titles = Article.objects.order_by("title").values_list("title", flat=True)
        assert {title for title in titles if len(title) < 100} == {
            "石桥镇总工会2021年工作要点",
            "柳河镇总工会2021年工作要点",
        }

    @pytest.mark.parametrize("words", [["missing.txt"], ["--owner", "nobody"]])
    def test_wrong_usage_is_said_and_changes_nothing(self, site, folder, words):
        before = counted()
        with pytest.raises(CommandError) as refused:
            run(*([folder] if words[0] == "--owner" else []), *words)
        assert (refused.value.returncode, words[-1] in str(refused.value)) == (2, True)
        assert counted() == before

    def test_an_empty_folder_is_said(self, site, tmp_path):
        with pytest.raises(CommandError) as refused:
            run(tmp_path)
        assert refused.value.returncode == 2

    def test_a_fault_in_the_middle_leaves_nothing_of_the_file(self, site, folder, monkeypatch):
        def fail(*args, **kwargs):
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(placing.proposals, "propose_all", fail)
        before = counted()
        with pytest.raises(RuntimeError):
            run(folder)
        assert counted() == before

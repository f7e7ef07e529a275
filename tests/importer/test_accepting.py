"""Deciding on what was read: corrections, acceptance, dismissal, a changed file of an edited article, undoing."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import publishing
from articles.models import Article, Channel
from importer.batches import accepting, differences, undoing, uploads
from importer.models import ImportBatch, ImportItem
from organizations.consistency import faults
from organizations.models import AuditEntry, Organization
from plans.models import Target, WorkPlan
from tests.factories import make_channel, make_organization, make_user

pytestmark = pytest.mark.django_db

PLAN = (
    "石桥镇总工会2021年工作要点\n"
    "发布时间:2021-02-03 来源:石桥镇总工会\n"
    "2021年,镇总工会要围绕中心工作,服务职工群众,推动工会工作再上新台阶。\n"
    "一、加强组织建设\n"
    "抓好新业态企业建会工作,全年新建基层工会20家,发展会员500名。\n"
    "二、维护职工权益\n"
    "推进工资集体协商,建制率力争达到95%以上,切实保障职工合法权益。\n"
)
RECIPE = "红烧肉的家常做法\n五花肉切块焯水，加冰糖炒出糖色，放入葱姜八角，小火慢炖一个小时即可出锅，软烂香甜。\n"


@pytest.fixture
def upload(owner, editor, django_capture_on_commit_callbacks):
    def take(*files, by=editor, **options):
        with django_capture_on_commit_callbacks(execute=True):
            batch = uploads.take(
                [SimpleUploadedFile(name, text.encode()) for name, text in files], owner=owner, by=by, **options
            )
        batch.refresh_from_db()
        return batch

    return take


@pytest.fixture
def item(upload):
    return upload(("plan.txt", PLAN)).items.get()


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


class TestAccepting:
    def test_what_was_read_waits_and_is_filed_as_a_draft_when_accepted(self, item, editor):
        assert (item.outcome, Article.objects.count()) == ("read", 0)
        filed = accepting.accept(item, editor)
        article = Article.objects.get()
        assert (filed.outcome, filed.articles, filed.published) == ("filed", [article], 0)
        assert (article.state, article.title, article.owner) == (
            "draft",
            "石桥镇总工会2021年工作要点",
            item.batch.owner,
        )
        assert (article.work_plan.state, Target.objects.count()) == ("draft", 3)
        item.refresh_from_db()
        assert (item.outcome, item.decided_by, item.articles.get().article) == ("filed", editor, article)
        assert list(faults()) == []

    def test_it_is_published_and_its_plan_put_in_force_where_asked(self, item, editor):
        filed = accepting.accept(item, editor, publish=True)
        assert (filed.published, filed.in_force) == (1, 1)
        assert (Article.objects.get().state, WorkPlan.objects.get().state) == ("public", "in_force")

    def test_nobody_decides_twice(self, item, editor):
        accepting.accept(item, editor)
        for again in (
            lambda: accepting.accept(item, editor),
            lambda: accepting.dismiss(item, editor, "重复"),
            lambda: accepting.correct(item, editor, 0, {"title": "新题"}),
        ):
            with pytest.raises(ValidationError):
                again()
        assert Article.objects.count() == 1

    def test_only_who_may_write_for_the_owner_decides_and_only_an_editor_publishes(self, item, owner):
        stranger = make_user("stranger", role="editor", organization=make_organization())
        writer = make_user("writer", role="contributor", organization=owner)
        auditor = make_user("auditor", role="auditor", organization=owner)
        for user in (stranger, auditor):
            assert list(accepting.waiting(user)) == []
            for verb in (
                lambda user=user: accepting.accept(item, user),
                lambda user=user: accepting.dismiss(item, user, "不要"),
                lambda user=user: accepting.correct(item, user, 0, {"title": "新题"}),
                lambda user=user: accepting.correct_batch(item.batch, user, {"source": "工人报"}),
            ):
                with pytest.raises(PermissionDenied):
                    verb()
        assert list(accepting.waiting(writer)) == [item]
        with pytest.raises(PermissionDenied):
            accepting.accept(item, writer, publish=True)
        assert Article.objects.count() == 0
        accepting.accept(item, writer)
        assert Article.objects.get().contributor == writer

    def test_a_dismissed_page_waits_no_more_and_its_bytes_stay(self, item, editor):
        with pytest.raises(ValidationError):
            accepting.dismiss(item, editor, "  ")
        accepting.dismiss(item, editor, "不是本会的文章")
        item.refresh_from_db()
        assert (item.outcome, item.message, item.decided_by) == ("dismissed", "不是本会的文章", editor)
        assert (list(accepting.waiting(editor)), bytes(item.raw).decode()) == ([], PLAN)
        assert verbs()[-1] == "dismiss"

    def test_a_page_of_others_becomes_an_article_once_a_person_says_its_kind(self, upload, editor):
        item = upload(("page.txt", RECIPE)).items.get()
        with pytest.raises(ValidationError):
            accepting.accept(item, editor)
        accepting.correct(item, editor, 0, {"kind": "news", "title": "职工食堂的红烧肉"})
        assert accepting.accept(item, editor, publish=True).published == 1
        assert Article.objects.get().title == "职工食堂的红烧肉"

    def test_the_most_doubtful_waits_first(self, upload, editor):
        batch = upload(("plan.txt", PLAN), ("page.txt", RECIPE))
        rows = list(accepting.waiting(editor))
        assert [row.name for row in rows] == ["page.txt", "plan.txt"]
        assert rows[0].doubt > rows[1].doubt
        assert batch.items.count() == 2

    def test_the_queue_reads_neither_bytes_nor_outputs(self, item, editor, django_assert_num_queries):
        rows = accepting.waiting(editor)
        with django_assert_num_queries(1):
            assert [row.get_deferred_fields() for row in rows] == [{"raw", "output"}]


class TestCorrections:
    def test_every_field_is_filed_as_corrected(self, item, editor, owner):
        other = make_organization("柳河镇总工会", level="township")
        channel = make_channel("专题", slug="zhuanti")
        accepting.correct(
            item,
            editor,
            0,
            {
                "title": "  2022年 工作要点 ",
                "kicker": "引题",
                "kind": "document",
                "organization": other,
                "plan_year": 2022,
                "published_on": datetime.date(2022, 1, 5),
                "source": "工人报",
                "author": "张三",
                "author_title": "主席",
                "editor": None,
                "channel": channel,
            },
        )
        accepting.accept(item, editor)
        article = Article.objects.get()
        text = article.latest_revision
        assert (text.title, text.kicker, text.source) == ("2022年 工作要点", "引题", "工人报")
        assert (text.author, text.author_title, text.editor) == ("张三", "主席", "")
        assert (article.kind, article.organization, article.level_id) == ("document", other, "township")
        assert (article.channel, f"{article.published_at:%Y-%m-%d}") == (channel, "2022-01-04")  # midnight in Beijing
        assert (article.work_plan.starts_on.year, article.work_plan.year_stated) == (2022, True)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", "长" * 201),
            ("kind", "recipe"),
            ("level", "galaxy"),
            ("plan_year", 20211),
            ("plan_year", "今年"),
            ("carries_plan", "yes"),
            ("published_on", "2021-02-31"),
            ("published_on", "soon"),
            ("published_on", "2999-01-01"),
            ("channel", "nowhere"),
            ("organization", 999_999),
            ("editor", "名" * 61),
        ],
    )
    def test_a_wrong_value_is_refused_by_field_and_nothing_changes(self, item, editor, field, value):
        with pytest.raises(ValidationError) as refused:
            accepting.correct(item, editor, 0, {field: value, "source": "工人报"})
        item.refresh_from_db()
        assert (list(refused.value.message_dict), item.corrections) == ([field], {})

    def test_the_value_that_was_read_takes_the_correction_away(self, item, editor):
        accepting.correct(item, editor, 0, {"title": "别的题目"})
        assert accepting.corrected(item)["articles"][0]["title"] == "别的题目"
        accepting.correct(item, editor, 0, {"title": "石桥镇总工会2021年工作要点"})
        item.refresh_from_db()
        assert item.corrections == {}
        assert [(entry.before, entry.after) for entry in AuditEntry.objects.filter(verb="describe").order_by("pk")] == [
            ({"title": "石桥镇总工会2021年工作要点"}, {"title": "别的题目"}),
            ({"title": "别的题目"}, {"title": "石桥镇总工会2021年工作要点"}),
        ]

    def test_one_correction_holds_for_all_that_waits_but_not_over_a_persons_own(self, upload, editor):
        batch = upload(("a.txt", PLAN), ("b.txt", PLAN.replace("石桥", "柳河")))
        first, second = batch.items.order_by("pk")
        accepting.correct(first, editor, 0, {"source": "自己写的"})
        channel = make_channel("专题", slug="zhuanti")
        organization = make_organization("青田县总工会")
        values = {"source": "工人报", "channel": channel.slug, "organization": organization.pk}
        assert accepting.correct_batch(batch, editor, values) == 2
        for item in (first, second):
            item.refresh_from_db()
            accepting.accept(item, editor)
        rows = Article.objects.order_by("pk").values_list("latest_revision__source", "channel", "organization")
        assert list(rows) == [("自己写的", channel.pk, organization.pk), ("工人报", channel.pk, organization.pk)]

    def test_a_batch_takes_only_an_organization_that_is_there(self, item, editor):
        with pytest.raises(ValidationError) as refused:
            accepting.correct_batch(item.batch, editor, {"organization": "没有的工会"})
        assert list(refused.value.message_dict) == ["organization"]
        accepting.correct_batch(item.batch, editor, {"source": "工人报"})
        accepting.correct_batch(item.batch, editor, {"source": None})
        assert "source" not in ImportBatch.objects.get().options


class TestAgain:
    @pytest.fixture
    def article(self, item, editor):
        accepting.accept(item, editor, publish=True)
        return Article.objects.get()

    def test_the_same_bytes_are_known(self, article, upload):
        assert upload(("copy.txt", PLAN)).items.get().outcome == "unchanged"

    def test_a_changed_file_of_an_article_nobody_edited_becomes_its_revision(self, article, upload, editor):
        item = upload(("plan.txt", PLAN.replace("20家", "30家"))).items.get()
        assert [(one.field, one.edited) for one in differences.of(item)] == [("body", False)]
        assert accepting.accept(item, editor).outcome == "revised"
        article.refresh_from_db()
        assert ("30家" in article.latest_revision.body, Article.objects.count()) == (True, 1)

    def test_another_page_of_the_same_file_name_is_another_article(self, article, upload, editor):
        other = PLAN.replace("石桥镇总工会2021年工作要点", "柳河镇总工会2022年工作思路")
        item = upload(("plan.txt", other)).items.get()
        assert differences.of(item) == []
        accepting.accept(item, editor)
        assert Article.objects.count() == 2

    def test_of_an_edited_article_only_what_was_chosen_is_taken(self, article, upload, editor):
        publishing.save_revision(article, editor, {"source": "编辑部", "author": "李四"})
        changed = PLAN.replace("来源:石桥镇总工会", "来源:工人日报").replace("20家", "30家")
        item = upload(("plan.txt", changed)).items.get()
        found = {one.field: one for one in differences.of(item)}
        assert {name: one.edited for name, one in found.items()} == {"body": False, "source": True}
        assert (found["source"].imported, found["source"].now, found["source"].proposed) == (
            "石桥镇总工会",
            "编辑部",
            "工人日报",
        )
        accepting.accept(item, editor, fields=["source"])
        article.refresh_from_db()
        text = article.latest_revision
        assert (text.source, text.author, "20家" in text.body) == ("工人日报", "李四", True)

    def test_by_default_what_nobody_edited_is_taken_and_a_later_file_still_finds_it_edited(
        self, article, upload, editor
    ):
        publishing.save_revision(article, editor, {"source": "编辑部"})
        changed = PLAN.replace("来源:石桥镇总工会", "来源:工人日报").replace("20家", "30家")
        accepting.accept(upload(("plan.txt", changed)).items.get(), editor)
        article.refresh_from_db()
        assert (article.latest_revision.source, "30家" in article.latest_revision.body) == ("编辑部", True)
        last = upload(("plan.txt", changed.replace("30家", "40家"))).items.get()
        assert {one.field: one.edited for one in differences.of(last)} == {"body": True, "source": True}


class TestUndoing:
    def test_a_batch_that_somebody_edited_is_refused_with_the_titles_or_undone_in_part(self, upload, editor):
        batch = upload(("a.txt", PLAN), ("b.txt", PLAN.replace("石桥", "柳河")))
        for item in batch.items.order_by("pk"):
            accepting.accept(item, editor, publish=True)
        edited, other = Article.objects.order_by("pk")
        publishing.save_revision(edited, editor, {"source": "编辑部"})
        with pytest.raises(ValidationError) as refused:
            undoing.undo(batch, editor, untouched_only=False)
        assert ("石桥镇总工会2021年工作要点" in refused.value.messages[0], refused.value.code) == (True, "edited")
        assert undoing.undo(batch, editor, untouched_only=True) == 1
        edited.refresh_from_db()
        other.refresh_from_db()
        assert (edited.state, other.state) == ("public", "trashed")
        assert list(faults()) == []

    def test_an_older_article_gets_the_text_it_had_back(self, item, upload, editor):
        accepting.accept(item, editor, publish=True)
        article = Article.objects.get()
        later = upload(("plan.txt", PLAN.replace("20家", "30家")))
        accepting.accept(later.items.get(), editor, publish=True)
        article.refresh_from_db()
        assert "30家" in article.live_revision.body
        assert undoing.undo(later, editor, untouched_only=False) == 1
        article.refresh_from_db()
        assert (article.state, "20家" in article.live_revision.body) == ("public", True)
        again = upload(("plan.txt", PLAN.replace("20家", "50家"))).items.get()
        assert [one.edited for one in differences.of(again)] == [False]

    def test_what_waits_waits_no_more_and_who_may_not_write_is_refused(self, item, editor):
        with pytest.raises(PermissionDenied):
            undoing.undo(item.batch, make_user("nobody"), untouched_only=True)
        assert undoing.undo(item.batch, editor, untouched_only=True) == 0
        assert list(accepting.waiting(editor)) == []
        assert ImportItem.objects.get().outcome == "dismissed"

    def test_an_organization_of_ones_own_is_never_made_by_a_chosen_one(self, item, editor):
        before = Organization.objects.count()
        accepting.correct(item, editor, 0, {"organization": "石桥镇总工会"})
        accepting.correct_batch(item.batch, editor, {"organization": item.batch.owner})
        item.refresh_from_db()
        accepting.accept(item, editor)
        assert (Organization.objects.count(), Channel.objects.count()) == (before, 2)

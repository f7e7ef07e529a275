"""An import begun from a gap of the coverage: what it lends to the pages, and what it never says over them."""

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from importer.batches import accepting, uploads
from importer.models import ImportBatch
from organizations.models import Organization, SiteSettings
from plans.models import WorkPlan
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db
UPLOAD = reverse("admin:importer_importbatch_add")
BARE = (
    "工会工作要点\n一、加强组织建设\n全年新建基层工会20家,发展会员500名。\n"
    "二、维护职工权益\n走访慰问困难职工300户,切实保障职工合法权益。\n"
)
DATED = BARE.replace("要点\n", "要点\n发布时间:2021-02-03\n", 1)
NAMED = BARE.replace("工会工作要点", "石桥镇总工会2021年工作要点", 1)
NEWS = "送清凉活动走进工地\n2021-07-15\n7月15日，工会干部走访慰问一线职工30名，送去清凉用品，听取职工心声。\n"


@pytest.fixture
def village(owner):
    return make_organization("柳树村工会委员会", level="community", parent=owner, short_name="柳树村工会")


@pytest.fixture
def read(owner, editor, django_capture_on_commit_callbacks):
    def take(text: str, **expected):
        with django_capture_on_commit_callbacks(execute=True):
            batch = uploads.take([SimpleUploadedFile("要点.txt", text.encode())], owner=owner, by=editor, **expected)
        return batch.items.get()

    return take


def test_what_the_page_leaves_open_is_lent_and_says_so(read, village, editor):
    item = read(BARE, organization=village, year=2022)
    found = item.output["articles"][0]
    about = {name: found[name] for name in ("organization", "parent_organization", "level", "plan_year")}
    assert about == {
        "organization": "柳树村工会委员会",
        "parent_organization": "石桥镇总工会",
        "level": "community",
        "plan_year": 2022,
    }
    assert found["plan_year_stated"] is False
    assert {found["evidence"][name]["rule"] for name in ("organization", "plan_year")} == {"asked-for"}
    assert item.output["warnings"] == []
    accepting.accept(item, editor)
    plan = WorkPlan.objects.get()
    assert (plan.organization, plan.starts_on.year, plan.year_stated) == (village, 2022, False)
    assert "2022" in plan.year_evidence
    assert Organization.objects.count() == 2


def test_a_year_read_off_the_date_alone_gives_way_and_is_told(read, village):
    item = read(DATED, organization=village, year=2020)
    assert item.output["articles"][0]["plan_year"] == 2020
    assert item.output["warnings"] == ["year_expected: 2020"]


def test_what_the_page_says_stays_and_a_contradiction_is_a_warning(read, village, desk):
    item = read(NAMED, organization=village, year=2022)
    found = item.output["articles"][0]
    assert (found["organization"], found["plan_year"], found["plan_year_stated"]) == ("石桥镇总工会", 2021, True)
    assert item.output["warnings"] == ["organization_expected: 柳树村工会委员会", "year_expected: 2022"]
    page = desk.get(reverse("admin:importer_importitem_change", args=[item.pk]))
    assert [any(word in said for said in page.context["warnings"]) for word in ("柳树村工会委员会", "2022")] == [
        True
    ] * 2


def test_the_body_that_the_page_names_too_is_that_very_row(read, owner, editor):
    item = read(NAMED, organization=owner, year=2021)
    assert item.output["warnings"] == []
    accepting.accept(item, editor)
    assert (WorkPlan.objects.get().organization, Organization.objects.get()) == (owner, owner)


def test_a_namesake_below_another_body_is_not_meant(read, editor):
    other = make_organization("平度市总工会", parent=make_organization("潍坊市总工会", level="city"))
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"organization": Organization.objects.get(name="石桥镇总工会")}
    )
    item = read(BARE.replace("工会工作要点", "平度市总工会工作要点", 1), organization=other)
    assert item.output["warnings"] == ["organization_expected: 平度市总工会"]
    accepting.accept(item, editor)
    assert WorkPlan.objects.get().organization.parent.name == "青岛市总工会"


def test_news_is_given_no_year_and_what_a_person_corrects_goes_before(read, village, owner, editor):
    assert read(NEWS, organization=village, year=2022).output["articles"][0]["plan_year"] is None
    item = read(BARE, organization=village, year=2022)
    accepting.correct(item, editor, 0, {"organization": owner, "plan_year": 2023})
    item.refresh_from_db()
    accepting.accept(item, editor)
    plan = WorkPlan.objects.get()
    assert (plan.organization, plan.starts_on.year) == (owner, 2023)


def test_only_for_those_whose_plans_one_may_file(owner, editor, village):
    stranger = make_organization("西山区总工会")
    file = SimpleUploadedFile("要点.txt", BARE.encode())
    with pytest.raises(PermissionDenied):
        uploads.take([file], owner=owner, by=editor, organization=stranger)
    assert not ImportBatch.objects.exists()
    SiteSettings.objects.update_or_create(pk=1, defaults={"organization": owner})  # its editors file for everybody
    assert uploads.take([file], owner=owner, by=editor, organization=stranger).options["expected_organization"]


def test_the_upload_page_says_for_whom_and_hands_it_on(desk, owner, village, django_capture_on_commit_callbacks):
    address = f"{UPLOAD}?organization={village.pk}&year=2022"
    page = lxml.html.fromstring(desk.get(address).text)
    assert [part in page.xpath("string(//*[@id='for-whom'])") for part in ("柳树村工会委员会", "2022")] == [True] * 2
    assert page.get_element_by_id("upload-form").get("action") in (None, "")  # it posts to the address with its values
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(address, {"files": [SimpleUploadedFile("a.txt", BARE.encode())], "owner": owner.pk})
    batch = ImportBatch.objects.get()
    assert (batch.options["expected_organization"], batch.options["expected_year"]) == (village.pk, 2022)
    assert "柳树村工会委员会" in lxml.html.fromstring(desk.get(answer.url).text).xpath("string(//dl)")


@pytest.mark.parametrize("asked", ["organization={stranger}", "organization=9999999", "organization=x", "year=20222"])
def test_what_cannot_be_meant_is_one_sentence_and_left_out(desk, owner, asked, django_capture_on_commit_callbacks):
    stranger = make_organization("西山区总工会")
    address = f"{UPLOAD}?{asked.format(stranger=stranger.pk)}"
    page = desk.get(address)
    assert len(page.context["complaints"]) == 1
    assert "西山区总工会" not in page.context["complaints"][0]
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"files": [SimpleUploadedFile("a.txt", BARE.encode())], "owner": owner.pk})
    assert not {"expected_organization", "expected_year"} & set(ImportBatch.objects.get().options)


def test_editors_cannot_learn_names_by_number(client, owner):
    stranger = make_organization("西山区总工会")
    client.force_login(make_user(role="editor", organization=owner, is_staff=True))
    assert "西山区总工会" not in client.get(f"{UPLOAD}?organization={stranger.pk}").text

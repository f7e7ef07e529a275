"""A place's federations from the official divisions: names by rule, existing ones kept, nothing made twice."""

import datetime
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from organizations import divisions, federations, tree
from organizations.consistency import names_are_found, tree_holds
from organizations.divisions import Division
from organizations.models import AuditEntry, NameKey, Organization
from tests.factories import LEVELS, make_level, make_organization, make_user

CITY = "3702"
TOWNS = ("街道", "镇", "乡", "苏木")


@pytest.fixture
def levels(db):
    for code in LEVELS:
        make_level(code)


def create(code: str, **options) -> int:
    return sum(federations.create(federations.survey(code), **options))


def run(*words: str) -> str:
    said = StringIO()
    call_command("create_federations", *words, stdout=said, stderr=StringIO())
    return said.getvalue()


def in_the_table(code: str, length: int) -> list[str]:
    return [name for one, name in divisions.table().names.items() if one.startswith(code) and len(one) == length]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("37", "山东省总工会"),
        ("3702", "青岛市总工会"),
        ("370281", "胶州市总工会"),
        ("370202", "市南区总工会"),
        ("2224", "延边州总工会"),
        ("370281105", "铺集镇总工会"),
        ("370281400", None),  # a development zone that the table counts with the townships
        ("632857", None),  # an administrative committee
        ("460321", None),  # islands
    ],
)
def test_names_by_rule(code, name):
    assert federations.federation_name(divisions.by_code(code)) == name


def test_a_street_and_a_town_have_a_federation_a_township_a_union():
    names = {
        name[-1]: federations.federation_name(Division("1", name, name, "township", None, is_county_city=False))
        for name in ("甲街道", "乙镇", "丙乡", "丁苏木", "戊农场")
    }
    assert names == {"道": "甲街道总工会", "镇": "乙镇总工会", "乡": "丙乡工会", "木": "丁苏木工会", "场": None}


@pytest.mark.parametrize("name", ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
def test_a_placeholder_of_the_statistics_has_none(name):
    level = "city" if len(name) > 3 else "district"
    assert federations.federation_name(Division("4290", name, name, level, "42", is_county_city=False)) is None


def test_no_federation_of_the_whole_country_is_called_after_a_placeholder():
    names = filter(None, (federations.federation_name(divisions.by_code(code)) for code in divisions.table().names))
    assert not [name for name in names if "直辖" in name or name.startswith("市辖区") or name == "县总工会"]


@pytest.mark.django_db
@pytest.mark.usefixtures("levels")
class TestCreating:
    def test_a_city_has_as_many_as_the_table_has_divisions(self):
        made = create(CITY)
        towns = [name for name in in_the_table(CITY, 9) if name.endswith(TOWNS)]
        districts = in_the_table(CITY, 6)
        assert made == Organization.objects.count() == 3 + len(districts) + len(towns)
        city = Organization.objects.get(division_code=CITY)
        assert list(Organization.objects.ancestors(city).values_list("name", flat=True)) == [
            "中华全国总工会",
            "山东省总工会",
        ]
        assert sorted(city.children.values_list("name", flat=True)) == sorted(f"{name}总工会" for name in districts)
        town = Organization.objects.get(name="铺集镇总工会")
        assert (town.parent.name, town.level_id, town.kind, town.division_code) == (
            "胶州市总工会",
            "township",
            "township",
            "370281105",
        )
        assert list(tree_holds()) == []
        assert list(names_are_found()) == []
        assert AuditEntry.objects.filter(verb="add").count() == made

    def test_a_second_run_changes_nothing(self):
        create(CITY)
        before = list(Organization.objects.order_by("pk").values())
        entries = AuditEntry.objects.count()
        assert create(CITY) == 0
        assert list(Organization.objects.order_by("pk").values()) == before
        assert AuditEntry.objects.count() == entries

    def test_broken_off_it_goes_on(self):
        steps = federations.create(federations.survey("370214"))
        next(steps), next(steps)
        steps.close()
        there, whole = Organization.objects.count(), len(federations.survey("370214").all)
        assert there == 2
        assert create("370214") == whole - there

    def test_one_that_has_the_division_is_kept_whatever_its_name(self):
        create("370281")
        Organization.objects.filter(division_code="370281").update(name="胶州工会")
        assert create("370281") == 0

    def test_one_of_the_name_below_the_same_parent_is_kept(self):
        create("370281")
        district = Organization.objects.get(name="胶州市总工会")
        town = Organization.objects.get(name="铺集镇总工会")
        Organization.objects.filter(pk=town.pk).update(name="铺集镇工会", division_code="")
        assert create("370281") == 0
        assert not district.children.filter(name="铺集镇总工会").exists()

    def test_a_namesake_without_a_place_is_named_and_not_taken(self):
        make_organization("铺集镇总工会", level="township", origin="site-a")
        said = run("--division", "370281")
        assert "铺集镇总工会" in said
        assert "site-a" in said
        assert Organization.objects.filter(name="铺集镇总工会").count() == 2

    def test_an_industry_union_of_the_place_is_not_taken_for_its_federation(self):
        make_organization("甲市教育工会", level="industry", kind="industrial", division_code=CITY)
        found = federations.survey(CITY)
        assert CITY in {one.division.code for one in found.missing if one.division}

    def test_they_exist_from_the_year_given(self):
        create("370212", since=2001)
        assert set(Organization.objects.values_list("valid_from", flat=True)) == {datetime.date(2001, 1, 1)}

    def test_a_manager_of_the_city_adds_what_is_below_and_nobody_else(self):
        create("370202")
        city = Organization.objects.get(division_code=CITY)
        manager = make_user(role="manager", organization=city)
        editor = make_user(role="editor", organization=city)
        count = Organization.objects.count()
        with pytest.raises(PermissionDenied):
            create("370212", by=editor)
        with pytest.raises(PermissionDenied):
            create("37", by=manager)  # other cities stand below the province
        assert Organization.objects.count() == count
        assert create("370212", by=manager) > 3
        assert (
            AuditEntry.objects.filter(verb="add", actor_id=manager.pk).count() == Organization.objects.count() - count
        )

    def test_a_whole_province_and_one_town_may_be_asked_for(self):
        assert len(federations.survey("37").missing) > 1900
        assert [one.name for one in federations.survey("370281105").missing] == [
            "中华全国总工会",
            "山东省总工会",
            "青岛市总工会",
            "胶州市总工会",
            "铺集镇总工会",
        ]

    def test_a_dry_run_says_what_would_be_made_and_makes_nothing(self):
        said = run("--division", "370212", "--dry-run")
        assert "中韩街道总工会 ← 崂山区总工会" in said
        assert Organization.objects.count() == NameKey.objects.count() == 0

    @pytest.mark.parametrize(
        "words",
        [("--division", "99"), ("--division", "3702", "--by", "nobody"), ("--division", "3702", "--since", "3")],
    )
    def test_bad_words_get_one_sentence(self, words):
        with pytest.raises(CommandError) as refused:
            run(*words)
        assert len(str(refused.value).splitlines()) == 1
        assert Organization.objects.count() == 0


@pytest.mark.django_db
class TestAddingMany:
    def test_many_are_saved_as_one_is(self):
        one, many = make_organization("甲市总工会", level="city"), make_organization("乙市总工会", level="city")
        level = make_level()
        names = ["丙区总工会", "丁区总工会", "丙丁区总工会"]
        for name in names:
            tree.add(Organization(name=name, level=level), one)
        tree.add_all([Organization(name=name, level=level) for name in names], many)
        left, right = (
            [(row.name, row.path[4:], row.depth, row.placed) for row in Organization.objects.below(parent)]
            for parent in (one, many)
        )
        assert left == right
        assert len(set(Organization.objects.values_list("slug", flat=True))) == 8
        assert list(tree_holds()) == list(names_are_found()) == []

    def test_one_that_is_refused_refuses_all(self):
        city = make_organization("甲市总工会", level="city")
        level = make_level()
        with pytest.raises(ValidationError):
            tree.add_all([Organization(name="丙区总工会", level=level) for _ in range(2)], city)
        with pytest.raises(ValidationError):
            tree.add_all([Organization(name="丁省总工会", level=make_level("province"))], city)
        assert not city.children.exists()

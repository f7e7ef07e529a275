"""The organisation tree: paths, order of levels, moves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from organizations import paths, tree
from organizations.consistency import tree_holds
from organizations.models import Organization
from tests.factories import make_level, make_organization


@given(st.integers(0, 36**4 - 2), st.integers(0, 36**4 - 2))
def test_paths_sort_as_their_numbers(one, other):
    assert (paths.step(one) < paths.step(other)) == (one < other)
    assert paths.step_number(paths.step(one)) == one


@given(st.lists(st.integers(0, 36**4 - 2), min_size=1, max_size=4), st.lists(st.integers(0, 36**4 - 2), max_size=3))
def test_a_subtree_is_the_range_up_to_its_end(top, below):
    path = "".join(map(paths.step, top))
    inside = path + "".join(map(paths.step, below))
    assert path <= inside < paths.subtree_end(path)
    assert paths.subtree_end(path) not in (path, inside)


def test_a_step_past_the_width_is_refused():
    with pytest.raises(ValueError):
        paths.step(36**4)


@pytest.mark.django_db
class TestTree:
    def test_children_stand_below_their_parent_in_order_of_arrival(self):
        city = make_organization("甲市总工会", level="city")
        first = make_organization("乙区总工会", parent=city)
        second = make_organization("丙区总工会", parent=city)
        assert list(Organization.objects.below(city)) == [first, second]
        assert list(Organization.objects.ancestors(second)) == [city]
        assert (city.depth, second.depth) == (1, 2)

    def test_a_child_never_stands_above_its_parent(self):
        district = make_organization("乙区总工会")
        with pytest.raises(ValidationError) as refused:
            make_organization("甲市总工会", level="city", parent=district)
        assert refused.value.code == "order"

    def test_industry_and_enterprise_stand_outside_the_order(self):
        township = make_organization("丁镇总工会", level="township")
        union = make_organization("丁镇教育工会", level="industry", parent=township)
        assert union.parent == township

    def test_one_name_once_below_a_parent(self):
        city = make_organization("甲市总工会", level="city")
        make_organization("乙区总工会", parent=city)
        with pytest.raises(ValidationError):
            make_organization("乙区总工会", parent=city)

    def test_two_bodies_of_one_name_from_two_sites_stay_two(self):
        one = make_organization("城关镇总工会", level="township", origin="site-a")
        other = make_organization("城关镇总工会", level="township", origin="site-b")
        assert one.path != other.path
        assert list(Organization.objects.placed()) == []
        with pytest.raises(ValidationError):
            make_organization("城关镇总工会", level="township", origin="site-b")

    def test_a_move_takes_the_whole_subtree_along_and_keeps_the_address(self):
        old, new = make_organization("甲市总工会", level="city"), make_organization("戊市总工会", level="city")
        district = make_organization("乙区总工会", parent=old)
        township = make_organization("丁镇总工会", level="township", parent=district)
        slug = district.slug
        tree.move(district, new)
        township.refresh_from_db()
        assert list(Organization.objects.subtree(new)) == [new, district, township]
        assert list(Organization.objects.below(old)) == []
        assert (district.slug, township.depth) == (slug, 3)
        assert list(tree_holds()) == []

    def test_nothing_moves_below_itself(self):
        city = make_organization("甲市总工会", level="city")
        district = make_organization("乙区总工会", parent=city)
        with pytest.raises(ValidationError) as refused:
            tree.move(city, district)
        assert refused.value.code == "cycle"

    def test_rows_read_before_another_move_are_read_anew(self):
        city, other = make_organization("甲市总工会", level="city"), make_organization("戊市总工会", level="city")
        district = make_organization("乙区总工会", parent=city)
        stale = Organization.objects.get(pk=district.pk)
        tree.move(district, other)
        make_organization("丁镇总工会", level="township", parent=stale)
        assert list(tree_holds()) == []
        with pytest.raises(ValidationError) as refused:
            tree.move(other, stale)
        assert refused.value.code == "cycle"

    def test_the_tree_is_as_deep_as_a_path_has_room_and_no_deeper(self):
        assert Organization._meta.get_field("path").max_length == paths.STEP * paths.MAX_DEPTH
        top = make_organization(level=None)
        lowest = make_organization(level=None, parent=top)
        for _ in range(paths.MAX_DEPTH - 2):
            lowest = make_organization(level=None, parent=lowest)
        with pytest.raises(ValidationError) as refused:
            make_organization(level=None, parent=lowest)
        assert refused.value.code == "depth"
        with pytest.raises(ValidationError) as refused:
            tree.move(top, make_organization(level=None))
        assert refused.value.code == "depth"

    def test_an_unplaced_body_that_gets_a_parent_is_placed(self):
        district = make_organization("乙区总工会")
        township = make_organization("丁镇总工会", level="township", origin="import:x")
        tree.move(township, district)
        assert (township.placed, township.origin) == (True, "")

    def test_check_data_finds_a_broken_path(self):
        city = make_organization("甲市总工会", level="city")
        district = make_organization("乙区总工会", parent=city)
        Organization.objects.filter(pk=district.pk).update(path="00090009")
        assert list(tree_holds()) == [f"organization {district.pk}: path 00090009 does not stand below its parent"]

    def test_the_database_itself_refuses_a_second_row(self):
        city = make_organization("甲市总工会", level="city")
        make_organization("乙区总工会", parent=city)
        row = Organization(
            name="乙区总工会", parent=city, path="0000ZZZ0", depth=2, slug="x", level=make_level("district")
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_slugs_are_pinyin_and_free(self):
        one = make_organization("胶州市总工会")
        other = make_organization("胶州市总工会", origin="elsewhere")
        assert (one.slug, other.slug) == ("jiao-zhou-shi-zong-gong-hui", "jiao-zhou-shi-zong-gong-hui-2")

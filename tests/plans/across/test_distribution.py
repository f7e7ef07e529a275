"""Median, quartiles and histogram of counted numbers."""

import statistics
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.across.distribution import spread

NUMBERS = st.lists(st.decimals(-1000, 1_000_000, places=2), min_size=1, max_size=60)


def of(*numbers):
    return spread(Counter(map(Decimal, numbers)).items())


def test_quartiles_lie_in_proportion_between_two_numbers():
    found = of(10, 20, 20, 40)
    assert (found.least, found.lower, found.median, found.upper, found.greatest) == (
        10,
        Decimal("17.5"),
        20,
        25,
        40,
    )


@given(NUMBERS)
def test_quartiles_are_those_of_the_statistics_module(numbers):
    found = of(*numbers)
    if len(numbers) > 1:
        wanted = statistics.quantiles(numbers, n=4, method="inclusive")
        assert [float(one) for one in (found.lower, found.median, found.upper)] == pytest.approx(
            [float(one) for one in wanted]
        )
    assert found.count == len(numbers) == sum(one.count for one in found.bins)


@given(NUMBERS)
def test_every_number_lies_in_one_bin_and_the_median_in_the_dark_one(numbers):
    found = of(*numbers)
    assert found.bins[0].first <= found.least <= found.greatest <= found.bins[-1].end
    assert all(one.end == other.first for one, other in zip(found.bins, found.bins[1:], strict=False))
    (middle,) = [one for one in found.bins if one.middle]
    assert middle.first <= found.median <= middle.end
    assert max(one.height for one in found.bins) == 100
    assert len(found.bins) <= 14


def test_one_number_is_a_bin_of_its_own():
    (only,) = of(7, 7).bins
    assert (only.first, only.end, only.count, only.middle) == (7, 7, 2, True)


def test_whole_numbers_have_bins_of_whole_numbers():
    assert [(one.first, one.end, one.count) for one in of(1, 2, 4).bins] == [(1, 2, 1), (2, 3, 1), (3, 4, 1)]


def test_a_few_large_numbers_do_not_flatten_the_rest():
    assert [(one.first, one.count) for one in of(3, 5, 20, 9000).bins] == [(1, 2), (10, 1), (100, 0), (1000, 1)]


def test_of_nothing_there_is_no_spread():
    assert of() is None

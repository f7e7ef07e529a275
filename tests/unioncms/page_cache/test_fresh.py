"""Whatever is done to a site: what its processes keep equals what would be made anew, within a second; and it is
shown while the database is away, but for what ends meanwhile.

FRESHNESS_EXAMPLES sets how many runs of random deeds there are (a thousand take some hours).
"""

import os
import re
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .deeds import DEEDS
from .two_workers import Page, two_workers

EXAMPLES = int(os.environ.get("FRESHNESS_EXAMPLES", "2"))
DEEDS_A_RUN = 5
ARTICLES = 10
ENDS_AFTER = 7  # seconds
WITHIN = float(os.environ.get("FRESHNESS_SECONDS", "5"))  # a second, and what a busy machine takes for it
MADE_NOW = re.compile(r"<(updated|lastBuildDate)>[^<]*</\1>")
BY_THE_CLOCK = ("an_end_that_comes", "a_start_that_comes")


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    with two_workers(tmp_path_factory.mktemp("two_workers")) as found:
        yield found


def said_of(page: Page) -> Page:
    """The page without what differs by design: a feed with nothing in it says that it was made just now."""
    status, leads_to, text = page
    if "<entry>" not in text and "<item>" not in text:
        text = MADE_NOW.sub("", text)
    return status, leads_to, text


def differing(two, addresses: list[str]) -> dict[str, list]:
    """The pages that a worker answers otherwise than they are made now."""
    fresh = dict(zip(addresses, two.fresh(addresses), strict=True))
    found = {}
    for address, page in fresh.items():
        page, answers = said_of(page), [said_of(worker.page(address)) for worker in two.workers]
        if answers != [page, page]:
            found[address] = [_first_difference(answer, page) for answer in answers]
    return found


def _first_difference(answer, page):
    if answer[:2] != page[:2]:
        return answer[:2], page[:2]
    lines = zip(answer[2].splitlines(), page[2].splitlines(), strict=False)
    return next((pair for pair in lines if pair[0] != pair[1]), "the same" if answer == page else "longer")


def agreeing(two, addresses: list[str]) -> dict[str, list]:
    """What still differs where it was asked for after the time was over."""
    until = time.monotonic() + WITHIN
    found = differing(two, addresses)
    while found:
        is_over = time.monotonic() > until
        found = differing(two, list(found))
        if is_over:
            break
    return found


def test_kept_pages_are_shown_while_the_database_is_away_but_for_what_ends_then(two):
    began = time.monotonic()
    ending, staying = two.tell(ending=ENDS_AFTER), "/collections/zhuanti/"
    pages = [worker.page(address) for worker in two.workers for address in (ending, staying)]
    assert [page[0] for page in pages] == [200] * 4
    time.sleep(max(0, began + ENDS_AFTER / 2 - time.monotonic()))  # until it is read ahead
    with two.without_database():
        time.sleep(max(0, began + ENDS_AFTER + 1 - time.monotonic()))
        answers = [
            worker.page(address) for worker in two.workers for address in (ending, staying, "/no/such/", staying)
        ]
    assert [answer[0] for answer in answers] == [500, 200, 500, 200] * 2
    assert answers[1] == answers[5] == pages[1]
    assert agreeing(two, [ending, staying, "/", "/no/such/"]) == {}


@settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
)
@given(
    done=st.lists(
        st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 2**32)),
        min_size=DEEDS_A_RUN,
        max_size=DEEDS_A_RUN,
        unique_by=lambda one: one[0],
    )
)
def test_what_is_kept_equals_what_is_made_anew(two, done):
    said = []
    addresses = two.tell(addresses=ARTICLES)
    assert agreeing(two, addresses) == {}
    for name, seed in done:
        said.append(two.tell(do=name, seed=seed))
        if name in BY_THE_CLOCK:
            time.sleep(1.6)
        addresses = list(dict.fromkeys([*two.tell(addresses=ARTICLES), *addresses]))[:120]
        assert agreeing(two, addresses) == {}, said

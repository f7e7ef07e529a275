"""What `python -m bench site` reads out of wrk, draws from a loaded database, and says of its reaches."""

import pytest

from bench.records import SITE
from bench.site import asked
from bench.site.asked import Reach
from bench.site.wrk import Load, read
from importer.records.rows import ForeignRecord
from tests.factories import make_article, make_channel, make_organization

PRINTED = """Running 1s test @ http://127.0.0.1:8000/
  2 threads and 8 connections
Requests/sec:   2000.10
measured 4000 2000000 {failed} 250 1500 30000
"""
LOAD = Load(4000, 2000, 0.00025, 0.0015, 0.03)


def test_what_wrk_measured_is_read_in_seconds():
    assert read(PRINTED.format(failed=0)) == LOAD


@pytest.mark.parametrize("printed", [PRINTED.format(failed=3), "unable to connect", "measured 0 1000000 0 0 0 0"])
def test_a_run_with_any_error_is_no_figure(printed):
    with pytest.raises(ValueError):
        read(printed)


@pytest.mark.parametrize(
    ("reach", "ratio", "said"),
    [
        (Reach("ratio", 0.6), 0.6, "≥ 0.60: met"),
        (Reach("ratio", 0.6), 0.59, "≥ 0.60: not"),
        (Reach("rate", 50), None, "≥ 50/s: met"),
        (Reach("p95", 0.04), None, "p95 ≤ 40 ms: met"),
        (Reach("p95", 0.001), None, "p95 ≤ 1 ms: not"),
    ],
)
def test_a_reach_says_whether_it_is_met(reach, ratio, said):
    assert reach.told(LOAD, ratio) == said


@pytest.mark.django_db
def test_addresses_are_those_of_what_was_loaded():
    organization, channel = make_organization(), make_channel("基层动态", slug=asked.LARGEST)
    rows = [make_article(organization=organization, channel=channel, text={"tags": ["入会"]}) for _ in range(21)]
    ForeignRecord.objects.bulk_create(
        ForeignRecord(origin=SITE, foreign_id=str(row.pk), article=row, revision=1) for row in rows[1:]
    )
    drawn = asked.drawn(20, 1)
    assert set(drawn) <= {row.get_absolute_url() for row in rows[1:]}
    assert drawn == asked.drawn(20, 1) != asked.drawn(20, 2)
    assert asked.last_page() == 2
    assert asked.unions() == [organization.get_absolute_url()]
    assert asked.tags() == ["/tags/%E5%85%A5%E4%BC%9A/"]


def test_every_floor_stands_before_what_is_compared_with_it(monkeypatch):
    for name in ("unions", "months", "tags"):
        monkeypatch.setattr(asked, name, lambda: ["/"])
    monkeypatch.setattr(asked, "last_page", lambda: 2_000)
    articles = ["/articles/1/"]
    parts = asked.hits(articles, '"a"'), asked.misses(articles), asked.searches(0.04), asked.desk()
    before: list[str] = []
    for row in [*asked.floors(), *(row for part in parts for row in part), *asked.readings(articles)]:
        assert not row.floor or row.floor in before
        assert row.name not in before
        before.append(row.name)

"""Fixtures every room may use: the seeded database, a live site and a headless Chromium."""

import os
import shutil
import sqlite3
from contextlib import closing

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from xdist.scheduler import LoadScopeScheduling

from tests import site_data
from tests.live_site import LiveSite

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
hypothesis.settings.load_profile("untimed")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # a test machine's only user is often root, whom the sandbox refuses
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser):
    parser.addoption(
        "--second-database",
        action="store_true",
        help="leave out what needs no database, or looks at pages alone: it ran on the first one",
    )


DATABASE = {"db", "transactional_db", "seeded", "live_site"}
PARSERS = ("tests/importer/", "tests/plans/")
LOOKS = (
    "tests/browser/test_accessibility.py",
    "tests/browser/test_account_pages.py",
    "tests/browser/test_article.py",
    "tests/browser/test_editor.py",
    "tests/browser/test_plan_page.py",
    "tests/browser/test_readers_day.py",
    "tests/browser/test_register.py",
    "tests/browser/test_search.py",
    "tests/test_language.py",
    "tests/unioncms/test_access.py",
    "tests/unioncms/test_contrast.py",
    "tests/unioncms/test_crawl.py",
    "tests/unioncms/test_every_page.py",
    "tests/unioncms/test_pages_in_browser.py",
    "tests/unioncms/test_stylesheets.py",
)
"""What judges how pages look, are used and refuse, which no database decides; rights have tests of their own."""

TOGETHER = (
    "tests/browser/",
    "tests/articles/test_view_counts_served.py",
    "tests/unioncms/page_cache/test_fresh.py",
    "tests/unioncms/test_pages_in_browser.py",
)
"""Files whose tests share what takes long to start: two processes would start it twice."""


def asks_for_no_database(item) -> bool:
    marked = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    return item.nodeid.startswith(PARSERS) and not marked


def pytest_collection_modifyitems(config, items):
    """Run tests on the seeded database late and browser tests last.

    The seeds are committed once a process, so a test that expects an empty database must have run before. While
    Playwright's loop runs in a thread, Django keeps that thread's connections elsewhere: no test of the database may
    come after it.
    """
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker("browser")
    if config.getoption("--second-database"):
        left_out = {item for item in items if asks_for_no_database(item) or item.nodeid.startswith(LOOKS)}
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, "seeded" in item.fixturenames))


class KeepingFiles(LoadScopeScheduling):
    """Gives each process the next test of the order above, but a file of TOGETHER as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith(TOGETHER) else nodeid


def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return KeepingFiles(config, log)


@pytest.fixture(autouse=True)
def _nothing_cached():
    """No test finds what an earlier one left in the cache, about rows that are gone."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Where several processes run tests, the database of each is a copy of one that was migrated once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    template = site_data.made("migrated")
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template.database
        yield
        return
    name = connection.creation._get_test_db_name()  # in memory: it lives as long as somebody is connected
    with closing(sqlite3.connect(name, uri=True)) as copy:
        with closing(sqlite3.connect(template.folder / "site.sqlite3")) as migrated:
            migrated.backup(copy)
        yield


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        site_data.drop_templates()


@pytest.fixture(scope="session")
def _seeds_committed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("set_up", verbosity=0)
        call_command("import_pages", "--publish", verbosity=0)


@pytest.fixture
def seeded(_seeds_committed, db):
    """The database with fixtures loaded and the seeds published; the test's own changes are rolled back."""


@pytest.fixture(scope="session")
def live_site(tmp_path_factory):
    """A real server on a database of its own with the seeds published; see LiveSite for what it offers."""
    with LiveSite(tmp_path_factory.mktemp("live_site")) as site:
        yield site


@pytest.fixture(scope="session")
def chromium():
    """Playwright's handle on the system's headless Chromium; skips where none is installed."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread beside Django's own code
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # those that only this loop knows; a database in use cannot be dropped


@pytest.fixture
def page(chromium):
    """A new page in a context of its own (no cookies of an earlier test), in Chinese, 1280 pixels wide."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pytest_terminal_summary(terminalreporter):
    """Print what was skipped so that nobody overlooks it."""
    reasons = _skip_reasons(terminalreporter)
    if not reasons:
        return
    terminalreporter.section("NOT EVERYTHING WAS TESTED 有测试未运行", sep="!", red=True)
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"SKIPPED {count}: {reason}")


def pytest_sessionfinish(session):
    """With REQUIRE_ALL=1 a skipped test is a failed run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REQUIRE_ALL") == "1" and reporter and _skip_reasons(reporter) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _skip_reasons(reporter) -> dict[str, int]:
    reasons: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    return reasons

"""A process that serves pages loads what pages need, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_NEEDED = (
    "articles.admin",
    "cn2an",
    "docx",
    "hypothesis",
    "importer.admin",
    "importer.batches",
    "importer.parsing",
    "importer.proposal",
    "importer.readers",
    "importer.rules",
    "openpyxl",
    "organizations.admin",
    "organizations.consistency",
    "organizations.names",
    "plans.admin",
    "plans.comparison.alignment",
    "plans.grammar.outline",
    "plans.grammar.reading",
    "plans.grammar.targets",
    "pypdf",
    "pypinyin",
    "xlsxwriter",
)
"""Modules that take long to load or much memory, each with all below it."""
ASK = """
import json, sys
from unioncms.wsgi import application
from wsgiref.util import setup_testing_defaults

loaded = set(sys.modules)

def status(address):
    path, _, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    begun = []
    b"".join(application(environ, lambda status, headers: begun.append(status)))
    return begun[0]

def below(names):
    return [name for name in names if any(name == top or name.startswith(top + ".") for top in sys.argv[1:])]

from articles.models import Article
article = Article.objects.published().first()
addresses = ["/", article.get_absolute_url(), "/search/?q=%E5%B7%A5%E4%BC%9A", "/accessibility/", "/accounts/login/"]
statuses = [status(address) for address in addresses]
print(json.dumps({
    "statuses": statuses,
    "views": "unioncms.views" in loaded,
    "needless": sorted(below(sys.modules)),
}))
"""


def test_public_pages_are_answered_without_what_they_do_not_need(live_site):
    done = subprocess.run(
        [sys.executable, "-c", ASK, *NOT_NEEDED],
        cwd=ROOT,
        env=live_site.environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["statuses"] == ["200 OK"] * 5
    assert said["needless"] == []
    assert said["views"], "the addresses are loaded before the first request, and so are shared by the workers"

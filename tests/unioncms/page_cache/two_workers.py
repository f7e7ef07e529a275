"""Two serving processes on one database, each to be asked by itself, and a third process that works on it."""

import copy
import http.client
import json
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.live_site import LiveSite
from tests.site_data import ROOT, on_server

Page = tuple[int, str, str]
"""Status, where it leads, and the text."""
SAFE = "/?&=%"


class Furnished(LiveSite):
    """A live site with nothing in it but what deeds.furnish makes."""

    template = "migrated"


class Worker:
    """One serving process; asked over one connection."""

    def __init__(self, site: LiveSite):
        self.site = site
        self.connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)

    def get(self, address: str, **headers: str) -> http.client.HTTPResponse:
        self.connection.request("GET", quote(address, safe=SAFE), headers={"Host": "localhost", **headers})
        return self.connection.getresponse()

    def page(self, address: str) -> Page:
        response = self.get(address)
        return response.status, response.headers.get("Location", ""), response.read().decode()


class TwoWorkers:
    """`workers` serve; `do`, `addresses` and `fresh` are done by the third process (hand.py)."""

    def __init__(self, site: LiveSite):
        other = copy.copy(site)
        other.folder = site.folder / "second"
        other.folder.mkdir()
        other.serve()
        self.workers = [Worker(site), Worker(other)]
        self.hand = subprocess.Popen(
            [sys.executable, "-m", "tests.unioncms.page_cache.hand"],
            cwd=ROOT,
            env=site.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, **asked):
        self.hand.stdin.write(json.dumps(asked) + "\n")
        self.hand.stdin.flush()
        return json.loads(self.hand.stdout.readline())

    def fresh(self, addresses: list[str]) -> list[Page]:
        return [tuple(page) for page in self.tell(fresh=addresses)]

    @contextmanager
    def without_database(self):
        """As when its disk or its server is away; nothing may be told to the third process meanwhile."""
        site = self.workers[0].site
        files = [Path(f"{site.folder}/site.sqlite3{end}") for end in ("", "-wal", "-shm")]
        if site.database:
            on_server(f'ALTER DATABASE "{site.database}" WITH ALLOW_CONNECTIONS false')
            on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{site.database}'")
            yield
            on_server(f'ALTER DATABASE "{site.database}" WITH ALLOW_CONNECTIONS true')
            return
        moved = [(file, file.with_name(f"away-{file.name}")) for file in files if file.exists()]
        for file, away in moved:
            file.rename(away)
        yield
        for file in files:
            file.unlink(missing_ok=True)  # an empty one that a request has made
        for file, away in moved:
            away.rename(file)

    def close(self):
        self.hand.stdin.close()
        self.hand.wait(30)
        self.hand.stdout.close()
        for worker in self.workers:
            worker.connection.close()
        self.workers[1].site.stop()


@contextmanager
def two_workers(folder: Path, **environment: str):
    with Furnished(folder, CONN_MAX_AGE="0", **environment) as site:  # so that a database can go away
        two = TwoWorkers(site)
        try:
            two.tell(furnish=True)
            yield two
        finally:
            two.close()

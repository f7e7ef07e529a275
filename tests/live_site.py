"""A real server for browser tests: the site's own on a free port, on a database of its own.

Django's live_server flushes the database between tests, which the audit trail's triggers refuse.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.site_data import PASSWORD, ROOT, USERNAME, SiteData

START_SECONDS = 60


class LiveSite(SiteData):
    """A copy of `template` (see site_data.TEMPLATES) with a server; use as a context manager.

    `url` has no trailing slash; `username` and `password` belong to a superuser, where the seeds are published.
    """

    template = "published"
    username, password = USERNAME, PASSWORD

    def __init__(self, folder: Path, *, workers: int = 1, **environment: str):
        super().__init__(folder, self.template, **environment)
        self.workers = workers
        self.server = None

    def __enter__(self):
        try:
            self.fill()
            static = Path(self.environment["STATIC_ROOT"], "staticfiles.json")
            if not static.exists():  # shared with the other database's run
                self.manage("collectstatic", "--noinput", "--verbosity=0")
            self.serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        self.drop()

    def fill(self):
        """Put in what the tests find there beside the template's."""

    def serve(self):
        """Start the server on a port of its own and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "unioncms.serving", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--workers", str(self.workers)]
        with (self.folder / "server.log").open("w") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return  # it answers; whether well is for the tests to say
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(f"The live site did not start; its log:\n{self.log()}")

    def stop(self, *, crash: bool = False):
        """End the server with its workers, as TERM does or as a crash would; nothing where none runs."""
        if self.server is None:
            return
        if not crash:
            self.server.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.server.wait(15)
        with suppress(ProcessLookupError):  # its workers outlive it when it is stopped while they start
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        self.server = None

    def log(self) -> str:
        """What the server has written so far."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

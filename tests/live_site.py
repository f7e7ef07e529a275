"""A real server for browser tests: granian on a free port, on a database of its own.

Django's live_server flushes the database between tests, which the audit trail's triggers refuse.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


class LiveSite:
    """Migrated, set up and with the seeds published; use as a context manager.

    `url` has no trailing slash; `username` and `password` belong to a superuser; `manage(*words)` runs a manage.py
    command on the site's database and returns what it printed.
    """

    def __init__(self, folder: Path, *, workers: int = 1, **environment: str):
        self.folder = folder
        self.workers = workers
        self.username = "browser"
        self.password = "Browser-" + secrets.token_hex(8)
        self.server = None
        self.database = None  # name of the PostgreSQL database made for this site
        self.environment = os.environ | {
            "VAR_DIR": str(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "DATABASE_URL": self._database_url(),
            "DJANGO_SETTINGS_MODULE": "unioncms.settings",
            "DJANGO_SUPERUSER_PASSWORD": self.password,
            **environment,
        }

    def __enter__(self):
        try:
            self.manage("migrate", "--verbosity=0")
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
        if self.database:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def fill(self):
        """Put in what the tests find there: the vocabularies, the seeds, a superuser."""
        self.manage("set_up")
        self.manage("import_pages", "--publish", "--full-width")
        self.manage("createsuperuser", "--noinput", "--username", self.username, "--email", "browser@example.org")

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def serve(self):
        """Start the server on a port of its own and wait until it answers."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
        command += ["--port", str(port), "--workers", str(self.workers), "--blocking-threads", "1"]
        command += ["unioncms.wsgi:application"]
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

    def _database_url(self) -> str:
        given = os.environ["DATABASE_URL"]
        if given.startswith("sqlite"):
            return f"sqlite:///{self.folder / 'site.sqlite3'}"
        self.database = f"live_{secrets.token_hex(6)}"
        self._on_server(f'CREATE DATABASE "{self.database}"')
        return urlunsplit(urlsplit(given)._replace(path=f"/{self.database}"))

    @staticmethod
    def _on_server(statement: str):
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(statement)

"""What a site of its own has: a database, and a folder with all it keeps beside; made by copying where that can be.

Migrating takes as long as a dozen tests. It is done once in a run, by whichever process needs it first; a run is all
that shares UNIONCMS_TEST_DIR and DATABASE_URL.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
USERNAME, PASSWORD = "browser", "Browser-Horse-Battery-7"
TEMPLATES = {
    "migrated": ("", [["migrate", "--verbosity=0"]]),
    "set_up": ("migrated", [["set_up"]]),
    "published": (
        "set_up",
        [
            ["import_pages", "--publish", "--full-width"],
            ["createsuperuser", "--noinput", "--username", USERNAME, "--email", "browser@example.org"],
        ],
    ),
}
"""Name of a template: the one that it is a copy of, and the commands of manage.py that were run on that."""


class SiteData:
    """A new database and `folder`, both those of `template` to begin with: one of TEMPLATES, or nothing at all.

    `environment` is what processes on it are started with; `database` the name of the PostgreSQL database, else None.
    """

    def __init__(self, folder: Path, template: str, *, database: str = "", **environment: str):
        self.folder = folder
        self.database = None
        given = os.environ["DATABASE_URL"]
        url = f"sqlite:///{folder / 'site.sqlite3'}"
        if not given.startswith("sqlite"):
            self.database = database or f"live_{secrets.token_hex(6)}"
            url = urlunsplit(urlsplit(given)._replace(path=f"/{self.database}"))
        self.environment = os.environ | {
            "VAR_DIR": str(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "unioncms.settings",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            **environment,
        }
        source = made(template) if template else None
        if source:
            shutil.copytree(source.folder, folder, dirs_exist_ok=True)
        if self.database:
            like = f' TEMPLATE "{source.database}"' if source else ""
            on_server(f'CREATE DATABASE "{self.database}"{like}')

    def manage(self, *words: str) -> str:
        """Run a manage.py command on it; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def drop(self):
        if self.database:
            on_server(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')


class Template:
    """The folder and the database of one of TEMPLATES, whether made yet or not."""

    def __init__(self, name: str):
        run = hashlib.sha256(f"{os.environ['UNIONCMS_TEST_DIR']} {os.environ['DATABASE_URL']}".encode()).hexdigest()[
            :12
        ]
        self.name = name
        self.folder = Path(os.environ["UNIONCMS_TEST_DIR"], f"template-{name}-{run}")
        self.database = f"template_{name}_{run}"

    def make(self):
        """Nothing where it is there."""
        if self.folder.exists():
            return
        copied, commands = TEMPLATES[self.name]
        unready = self.folder.with_suffix(".unready")
        shutil.rmtree(unready, ignore_errors=True)
        unready.mkdir()
        data = SiteData(unready, copied, database=self.database)
        for words in commands:
            data.manage(*words)
        unready.rename(self.folder)


def made(name: str) -> Template:
    """The template `name`, made by the first process that asks; the others wait for it."""
    template = Template(name)
    with _alone(name):
        template.make()
    return template


def drop_templates():
    """At the end of a run; their folders go with the folder of the run."""
    if not os.environ["DATABASE_URL"].startswith("sqlite"):
        for template in map(Template, TEMPLATES):
            on_server(f'DROP DATABASE IF EXISTS "{template.database}" WITH (FORCE)')


@contextmanager
def _alone(name: str):
    with Path(os.environ["UNIONCMS_TEST_DIR"], f"template-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def on_server(statement: str):
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)

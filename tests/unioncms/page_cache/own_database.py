"""A database of its own that holds the audit trail alone: rows are committed there, and may go again."""

import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connections

from organizations.models import AuditEntry

TABLE = AuditEntry._meta.db_table
FIELDS = "at, actor_name, verb, object_type, object_id, object_name, organization_name, note, tags"
VALUES = "'2026-01-01 00:00:00', '', 'save', '', '', '', '', ''"


class OwnDatabase:
    def __init__(self, folder: Path):
        self.name = (
            str(folder / "trail.sqlite3")
            if connections["default"].vendor == "sqlite"
            else f"trail_{secrets.token_hex(6)}"
        )
        self.connections = []

    def connect(self):
        """One more connection to it, by Django's own means."""
        default = connections["default"]
        settings = default.settings_dict | {"NAME": self.name, "CONN_MAX_AGE": None}
        found = type(default)(settings, "default")
        self.connections.append(found)
        return found

    def close(self):
        for one in self.connections:
            one.close()

    @contextmanager
    def open(self):
        on_server(f'CREATE DATABASE "{self.name}"')
        try:
            with self.connect().schema_editor() as editor:
                editor.create_model(AuditEntry)
            yield self
        finally:
            self.close()
            on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def only_on(vendor: str):
    """For a test that has nothing to say on the other database: it is not collected there."""
    return lambda test: test if connections["default"].vendor == vendor else None


def on_server(statement: str):
    if urlsplit(os.environ["DATABASE_URL"]).scheme == "sqlite":
        return
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


def add(by, *tags: str) -> None:
    """Insert an entry by the connection `by`, in its transaction where it is in one."""
    written = "[" + ", ".join(f'"{tag}"' for tag in tags) + "]"
    with by.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({FIELDS}) VALUES ({VALUES}, %s)", [written])


def execute(by, statement: str) -> None:
    with by.cursor() as cursor:
        cursor.execute(statement)


def begin(by) -> None:
    by.set_autocommit(False)


def commit(by) -> None:
    by.commit()
    by.set_autocommit(True)


def roll_back(by) -> None:
    with suppress(Exception):
        by.rollback()
    by.set_autocommit(True)

"""Back up the site's database and media into one .tar.gz, or put such a file back.

usage: dev/backup.py save | dev/backup.py restore FILE
SQLite is copied online, PostgreSQL dumped by pg_dump; the site may run on during a backup, not during a restore.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_OF = {"sqlite3": "database.sqlite3", "postgresql": "database.dump"}


def copy_sqlite(source: Path, target: Path):
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def postgres_program(name: str, database: dict, *words: str):
    """Run pg_dump or pg_restore with the connection's data in the environment, where nobody else can read it."""
    connection = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"] or ""),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    given = {key: value for key, value in connection.items() if value}
    try:
        subprocess.run([name, *words], env=os.environ | given, check=True)
    except FileNotFoundError:
        sys.exit(
            f"找不到 {name}，请安装 PostgreSQL 客户端。 / {name} is missing: install PostgreSQL's client programs."
        )
    except subprocess.CalledProcessError:
        sys.exit(f"{name} 失败，详见上文。 / {name} failed; see above.")


def save(database: dict, kind: str, media: Path, folder: Path) -> Path:
    """Write the archive into `folder` and return its path; it appears there only when complete."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"unioncms-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"
    with tempfile.TemporaryDirectory(dir=folder) as work:
        dump = Path(work) / FILE_OF[kind]
        if kind == "sqlite3":
            source = Path(database["NAME"])
            if not source.is_file():
                sys.exit(
                    f"没有数据库文件 / There is no database at {source}: set DATABASE_URL or VAR_DIR as the site does."
                )
            copy_sqlite(source, dump)
        else:
            postgres_program(
                "pg_dump", database, "--format=custom", "--no-owner", "--file", str(dump), database["NAME"]
            )
        archive = Path(work) / "archive.tar.gz"
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(dump, arcname=dump.name)
            if media.is_dir():
                tar.add(media, arcname="media")
        archive.chmod(0o600)
        archive.rename(target)
    return target


def restore(database: dict, kind: str, media: Path, archive: Path):
    """Replace database and media by the archive's; the media that were there stay beside, with the time in the name."""
    if not (archive.is_file() and tarfile.is_tarfile(archive)):
        sys.exit(
            f"{archive} 不是备份文件。 / {archive} is not a backup: name a file that make backup wrote (FROM=...)."
        )
    media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=media.parent) as work, tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
        dump = Path(work) / FILE_OF[kind]
        if not dump.exists():
            sys.exit(f"备份不是 {kind} 的，请检查 DATABASE_URL。 / The backup is not of {kind}: check DATABASE_URL.")
        if kind == "sqlite3":
            copy_sqlite(dump, Path(database["NAME"]))
        else:
            words = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
            postgres_program("pg_restore", database, *words, "--dbname", database["NAME"], str(dump))
        if media.exists():
            media.rename(media.with_name(f"{media.name}-before-{datetime.now():%Y%m%d-%H%M%S}"))
        if (Path(work) / "media").exists():
            shutil.move(Path(work) / "media", media)


def main():
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unioncms.settings")
    from django.conf import settings

    database = settings.DATABASES["default"]
    kind = database["ENGINE"].rpartition(".")[2]
    match sys.argv[1:]:
        case ["save"]:
            path = save(database, kind, settings.MEDIA_ROOT, settings.VAR_DIR / "backups")
            print(f"备份已写入 / backup written: {path}")
        case ["restore", name] if name:
            restore(database, kind, settings.MEDIA_ROOT, Path(name))
            print(f"已恢复 / restored: {name}")
        case _:
            sys.exit("用法 usage: make backup, or make restore FROM=file.tar.gz")


if __name__ == "__main__":
    main()

"""Make ready what the site needs before it serves; safe to repeat, and quick when nothing is missing.

.env with a secret key, the database's tables, the collected static files, levels, channels, themes, the site's own
organisation, the administrator, and on an empty site the seed pages.
"""

import hashlib
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def write_env(path: Path):
    """Write .env with a new secret key, readable by its owner alone, unless one exists."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("# Written by make run; .env.example lists everything that may stand here.\n")
        file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    print(f"已生成 .env / wrote {path.name} with a new SECRET_KEY")


def collect_static():
    """Run collectstatic when a source file, or where it is collected to, has changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def main():
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    write_env(ROOT / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unioncms.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    call_command("set_up")
    from articles.models import Article
    from importer.models import ImportBatch, ImportItem

    begun = ImportItem.objects.filter(source__startswith="fixtures/seeds/").exists()
    taken_back = ImportBatch.objects.exclude(undone_at=None).exists()
    if not taken_back and (begun or not Article.objects.exists()):
        call_command("import_pages", publish=True, full_width=True)


if __name__ == "__main__":
    main()

"""The house itself: the settings, the commands' pieces, the compose file, what may stand in committed files."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import polib
import pytest
import yaml
from django.conf import settings

from tests.html_validation import html_faults
from tests.site_data import SiteData

ROOT = Path(__file__).resolve().parent.parent


def script(name: str):
    """A module of dev/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"dev_{name}", ROOT / f"dev/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start_django(**environment: str) -> subprocess.CompletedProcess:
    """`manage.py check` in a process of its own with exactly these settings on top of the safe defaults."""
    ours = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "VAR_DIR")}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=ours | {"DATABASE_URL": "sqlite://:memory:", "SECRET_KEY": ""} | environment,
        capture_output=True,
        text=True,
    )


def test_the_suite_never_touches_the_sites_own_data():
    assert str(settings.MEDIA_ROOT).startswith(settings.TEST_DIR)
    assert settings.VAR_DIR != settings.BASE_DIR / "var"


# Settings


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({}, "SECRET_KEY is missing or shorter than 50 characters"),
        ({"SECRET_KEY": "k" * 49}, "SECRET_KEY is missing or shorter than 50 characters"),
        ({"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "*"}, "a wildcard is refused without DEBUG"),
    ],
)
def test_the_site_refuses_to_start_unsafely(environment, complaint):
    done = start_django(**environment)
    assert done.returncode == 1
    assert complaint in done.stderr


def test_every_setting_is_in_the_example_and_in_the_operations_guide():
    source = (ROOT / "unioncms/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))
    guide = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operations.md").read_text("utf-8"), re.MULTILINE))
    compose_only = {"POSTGRES_PASSWORD", "HOST", "PORT"}
    assert len(read) > 15
    assert shown == read | compose_only
    assert guide == read | compose_only


# Containers


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compose_schema():
    return json.loads((ROOT / "tests/data/compose-spec/compose-spec.json").read_text(encoding="utf-8"))


def test_the_compose_file_follows_the_specification(compose, compose_schema):
    jsonschema.validate(compose, compose_schema)
    with pytest.raises(jsonschema.ValidationError):  # the schema does refuse
        jsonschema.validate({"services": {"db": {"imag": "postgres"}}}, compose_schema)


def test_the_compose_services_wait_for_one_another(compose):
    services = compose["services"]
    assert set(services) == {"db", "web", "worker"}
    assert "pg_isready" in services["db"]["healthcheck"]["test"][1]
    assert services["web"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["worker"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_the_image_holds_every_room_and_no_secret():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for name in line.split()}
    assert ignored[0] == "*"
    assert copied == {entry[1:] for entry in ignored if entry.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)
    assert "--require-hashes" in dockerfile
    assert "USER unioncms" in dockerfile


# Requirements


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_hashed_and_name_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 15
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", block), block
        assert "--hash=sha256:" in block, block


def test_node_modules_are_locked_without_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


# The commands' pieces


def test_every_file_the_documents_point_to_is_there():
    lost = []
    for document in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
            if "://" not in target and not (document.parent / unquote(target)).exists():
                lost.append(f"{document.name}: {target}")
    assert lost == []


def test_a_python_too_old_or_absent_gets_one_sentence(tmp_path):
    for name in ("sh", "env"):
        (tmp_path / name).symlink_to(f"/bin/{name}")
    done = subprocess.run(
        [str(ROOT / "dev/find-python")],
        env={"PATH": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Python 3.12" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_python_found_is_new_enough():
    environment = os.environ | {"PYTHON": sys.executable}
    done = subprocess.run([str(ROOT / "dev/find-python")], env=environment, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).exists()


def test_the_env_file_is_written_once_and_for_its_owner_alone(tmp_path, capsys):
    path = tmp_path / ".env"
    script("prepare").write_env(path)
    first = path.read_text(encoding="utf-8")
    assert len(re.search(r"^SECRET_KEY=(\S+)$", first, re.MULTILINE)[1]) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    script("prepare").write_env(path)
    assert path.read_text(encoding="utf-8") == first


def test_a_taken_port_gets_one_sentence():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "dev/serve.py"],
            cwd=ROOT,
            env=os.environ | {"PORT": str(taken.getsockname()[1]), "HOST": "127.0.0.1"},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert "Cannot listen on 127.0.0.1" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_backup_brings_everything_back(tmp_path):
    site = SiteData(tmp_path, "set_up")

    def backup(*words: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "dev/backup.py", *words]
        return subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)

    try:
        picture = tmp_path / "media/2026/picture.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"picture")
        before = site.manage("dumpdata", "organizations", "articles.channel")
        saved = backup("save")
        assert saved.returncode == 0, saved.stderr
        (archive,) = (tmp_path / "backups").iterdir()
        assert archive.stat().st_mode & 0o077 == 0

        picture.unlink()
        site.manage("shell", "--command", "from plans.models import Theme; Theme.objects.all().delete()")
        restored = backup("restore", str(archive))
        assert restored.returncode == 0, restored.stderr
        assert site.manage("dumpdata", "organizations", "articles.channel") == before
        assert len(json.loads(site.manage("dumpdata", "plans.theme"))) > 5
        assert picture.read_bytes() == b"picture"

        refused = backup("restore", str(picture))
        assert refused.returncode == 1
        assert "is not a backup" in refused.stderr
    finally:
        site.drop()


# What the checks find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see " + "/ro" + "ot/notes.txt", ["/ro" + "ot/"]),
        ("open('" + "/tm" + "p/x')", ["/tm" + "p/"]),
        ("/ho" + "me/someone/code", ["/ho" + "me/someone"]),
        ("https://files.python" + "hosted.org/packages", ["python" + "hosted.org"]),
        ("index.example.cn/simple", ["index.example.cn"]),
        ("https://example.org/work/plans and a/tmp/b, /workers, /roots", []),
        ("/plans/?level=district", []),
    ],
)
def test_leaks_are_found_and_addresses_are_not_taken_for_paths(text, found):
    leaks = script("check_leaks")
    pattern = leaks.forbidden({"index.example.cn"})
    assert [words for _, words in leaks.leaks(text, pattern)] == found


def test_strings_are_found_in_python_and_in_templates():
    translations = script("check_translations")
    Message = translations.Message
    python = "x = _('One') + gettext_lazy('Two ' 'words')\ny = ngettext('%(n)s page', '%(n)s pages', n); _(name)\n"
    assert set(translations.in_python(python, "x.py")) == {
        Message("One"),
        Message("Two words"),
        Message("%(n)s page", None, "%(n)s pages"),
    }
    template = (
        "{% load i18n %}{% translate 'Sign in' %} (not this) {{ _(\"Plans\") }}"
        "{% translate 'May' context 'month' %}{% blocktranslate trimmed count n=items|length %}\n  {{ n }} item\n"
        "{% plural %}\n  {{ n }} items\n{% endblocktranslate %}"
        "{% blocktranslate %}Isn't it 100%?{% endblocktranslate %}"
    )
    assert set(translations.in_template(template, "x.html")) == {
        Message("Sign in"),
        Message("Plans"),
        Message("May", "month"),
        Message("%(n)s item", None, "%(n)s items"),
        Message("Isn't it 100%%?"),
    }


def test_an_f_string_cannot_be_marked_for_translation():
    translations = script("check_translations")
    with pytest.raises(translations.UnreadableString, match=r"x\.py:1: an f-string"):
        list(translations.in_python("_(f'{name} is gone')", "x.py"))


def test_every_kind_of_fault_in_a_catalogue_is_named():
    translations = script("check_translations")
    catalogue = polib.POFile()
    for entry in (
        polib.POEntry(msgid="Good", msgstr="好"),
        polib.POEntry(msgid="Empty"),
        polib.POEntry(msgid="Guess", msgstr="猜", flags=["fuzzy"]),
        polib.POEntry(msgid="Gone", msgstr="无"),
        polib.POEntry(msgid="Bold", msgstr="粗体", tcomment="library: the editor"),
        polib.POEntry(msgid="%(count)s items", msgstr="%(number)s 项"),
        polib.POEntry(msgid="Old", msgstr="旧", obsolete=True),
    ):
        catalogue.append(entry)
    names = ["Good", "Empty", "Guess", "New", "%(count)s items"]
    source = {(None, name): translations.Message(name) for name in names}
    assert translations.faults(catalogue, source) == [
        "fuzzy: 'Guess'",
        "left over, no longer in the source: 'Gone'",
        "missing: 'New'",
        "obsolete: 'Old'",
        "unknown placeholder number: '%(count)s items'",
        "untranslated: 'Empty'",
    ]
    translations.update(catalogue, source)
    assert [entry.msgid for entry in catalogue] == ["Good", "Empty", "Guess", "Bold", "%(count)s items", "New"]


def test_a_throw_away_postgres_is_made_and_leaves_nothing():
    postgres = script("postgres")
    binaries = postgres.find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")
    import psycopg

    with postgres.throwaway(binaries) as url:
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("off",)
            (folder,) = connection.execute("SHOW unix_socket_directories").fetchone()
        assert Path(folder).exists()
    assert not Path(folder).exists()


def test_html_faults_are_found(tmp_path):
    head = '<!DOCTYPE html>\n<html lang="zh-Hans"><head><title>甲</title></head>'
    good = f"{head}<body><main><p>文</p></main></body></html>\n"
    bad = good.replace("<p>文</p>", '<p id="a">文</p><p id="a"><div>文</div></p>')
    faults = html_faults({"good": good, "bad": bad}, tmp_path)
    assert [fault for fault in faults if fault.startswith("good")] == []
    assert {fault.split(": ")[1] for fault in faults} >= {"no-dup-id"}

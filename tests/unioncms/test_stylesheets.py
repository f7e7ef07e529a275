"""The public pages' rules are written by subject and served in one piece."""

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from unioncms.stylesheets import StylesheetStorage, in_one_piece

SHEETS = Path(__file__).parents[2] / "static/css"
SUBJECTS = [SHEETS / "tokens.css", *sorted((SHEETS / "public").glob("*.css"))]


def rules(css: str) -> list[str]:
    """What stands before each brace, without comments."""
    return [found.strip() for found in re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))]


def last_of(rule: str) -> str:
    """A selector without the statements that stand before it."""
    return rule.rpartition(";")[2].strip()


def test_the_sheet_in_one_piece_holds_every_rule_of_every_subject_once():
    whole = in_one_piece(FileSystemStorage(SHEETS), "public.css")
    assert "@import" not in whole
    assert "/*" not in whole
    written = [last_of(rule) for sheet in SUBJECTS for rule in rules(sheet.read_text("utf-8"))]
    assert sorted(last_of(rule) for rule in rules(whole)) == sorted(written)


def test_what_is_collected_has_no_import_and_a_name_by_its_content(tmp_path):
    storage = StylesheetStorage(location=tmp_path, base_url="/static/")
    source = FileSystemStorage(SHEETS.parent)
    paths = {name: (source, name) for name in ("css/public.css", "css/staff.css")}
    for name in paths:
        with source.open(name) as file:
            storage.save(name, file)
    assert [name for name, _hashed, done in storage.post_process(paths) if isinstance(done, Exception)] == []
    served = storage.stored_name("css/public.css")
    assert (tmp_path / served).read_text("utf-8") == in_one_piece(source, "css/public.css")
    assert re.fullmatch(r"css/public\.[0-9a-f]{12}\.css", served)
    assert (tmp_path / f"{served}.br").exists()


def test_no_value_is_made_of_itself():
    """Such a value is none, and whatever is coloured with it stands in the colour of the text."""
    own = re.compile(r"(--[\w-]+):\s*var\(\1\)")
    found = {sheet.name: own.findall(sheet.read_text("utf-8")) for sheet in SHEETS.parent.rglob("*.css")}
    assert {name: values for name, values in found.items() if values} == {}

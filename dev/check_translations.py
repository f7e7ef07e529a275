"""Hold the Chinese catalogue complete: every string of the source translated, none fuzzy, none left over, .mo as .po.

A fresh machine has no gettext, so strings are found here: in Python by its syntax tree, in templates by Django's own
templatize. `--update` adds what is missing as empty entries and drops what is left over; `--compile` writes the .mo.
An entry whose translator comment begins with "library:" overrides a string of a library and is kept.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
NOT_SHOWN = ("tests/", "dev/", "bench/")  # folders whose strings no visitor sees

# How many of a function's first arguments are: context, singular, plural
FUNCTIONS = {
    "gettext": ("message",),
    "pgettext": ("context", "message"),
    "ngettext": ("message", "plural"),
    "npgettext": ("context", "message", "plural"),
}
SPELLINGS = {"_": "gettext"} | {name + ending: name for name in FUNCTIONS for ending in ("", "_lazy", "_noop")}
CALL = re.compile(r"\b(?:_|n?p?gettext)\(")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


class Message(NamedTuple):
    text: str
    context: str | None = None
    plural: str | None = None

    @property
    def key(self):
        return self.context, self.text


class UnreadableString(Exception):
    """A translation function was handed something that is not a literal."""


def read_call(call: ast.Call, place: str) -> Message | None:
    """The message of a call of a translation function, None for any other call or one handed a variable."""
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    if name not in SPELLINGS:
        return None
    parts = {}
    for part, argument in zip(FUNCTIONS[SPELLINGS[name]], call.args, strict=False):
        if isinstance(argument, ast.JoinedStr):
            raise UnreadableString(f"{place}: an f-string cannot be translated; use %(name)s and format the result.")
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            return None
        parts[part] = argument.value
    if "message" not in parts:
        return None
    return Message(parts["message"], parts.get("context"), parts.get("plural"))


def in_python(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (message := read_call(node, f"{place}:{node.lineno}")):
            yield message


def in_template(source: str, place: str) -> Iterator[Message]:
    code = templatize(source, origin=place)
    for start in CALL.finditer(code):
        for end in re.finditer(r"\)", code[start.start() :]):  # the shortest piece that is a whole call
            try:
                node = ast.parse(code[start.start() :][: end.end()].strip(), mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call) and (message := read_call(node, place)):
                yield message
            break


def messages_of_the_source() -> dict[tuple, Message]:
    """Every message, by context and text, in the order of the files' names."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py", "*.html", "*.txt", "*.xml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    found: dict[tuple, Message] = {}
    for name in sorted(listed):
        if name.startswith(NOT_SHOWN) or not (ROOT / name).exists():
            continue
        if name.endswith(".py"):
            messages = in_python((ROOT / name).read_text(encoding="utf-8"), name)
        elif "templates/" in name:
            messages = in_template((ROOT / name).read_text(encoding="utf-8"), name)
        else:
            continue
        for message in messages:
            known = found.get(message.key)
            found[message.key] = message if known is None or message.plural else known
    return found


def is_override(entry: polib.POEntry) -> bool:
    return entry.tcomment.startswith("library:")


def faults(catalogue: polib.POFile, source: dict[tuple, Message]) -> list[str]:
    """One sentence for each thing wrong with the catalogue."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    sentences = [f"missing: {text!r}" for context, text in source.keys() - entries.keys()]
    sentences += [f"obsolete: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    for key, entry in entries.items():
        if key not in source and not is_override(entry):
            sentences.append(f"left over, no longer in the source: {entry.msgid!r}")
        if entry.fuzzy:
            sentences.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            sentences.append(f"untranslated: {entry.msgid!r}")
        else:
            for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
                strange = placeholders(translation) - placeholders(entry.msgid + (entry.msgid_plural or ""))
                if strange:
                    sentences.append(f"unknown placeholder {', '.join(sorted(strange))}: {entry.msgid!r}")
    return sorted(sentences)


def placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def update(catalogue: polib.POFile, source: dict[tuple, Message]) -> None:
    """Add empty entries for new messages, drop entries whose message is gone."""
    for entry in list(catalogue):
        if entry.obsolete or ((entry.msgctxt, entry.msgid) not in source and not is_override(entry)):
            catalogue.remove(entry)
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    for key, message in source.items():
        if key not in known:
            plural = {"msgid_plural": message.plural, "msgstr_plural": {0: ""}} if message.plural else {}
            catalogue.append(polib.POEntry(msgid=message.text, msgctxt=message.context, **plural))


def open_catalogue() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "UnionCMS",
        "Language": "zh_Hans",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def compiled_differs(catalogue: polib.POFile) -> bool:
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists():
        return True

    def content(entries):
        return {(e.msgctxt, e.msgid): (e.msgstr, {int(n): s for n, s in e.msgstr_plural.items()}) for e in entries}

    return content(polib.mofile(str(compiled))) != content(catalogue.translated_entries())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--compile", action="store_true")
    chosen = parser.parse_args()
    catalogue = open_catalogue()
    try:
        source = messages_of_the_source()
    except (UnreadableString, SyntaxError) as error:
        sys.exit(str(error))
    if chosen.update:
        update(catalogue, source)
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(CATALOGUE))
    if chosen.compile:
        catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    sentences = faults(catalogue, source)
    if not sentences and compiled_differs(catalogue):
        sentences = ["django.mo differs from django.po: run make translations"]
    for sentence in sentences:
        print(sentence)
    print(f"Translations: {len(source)} strings, {len(sentences)} faults")
    return bool(sentences)


if __name__ == "__main__":
    sys.exit(main())

"""The importer's output held against importer/output_schema.json, as strictly as JSON itself."""

import datetime
import json
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from importer.proposal import output, propose
from importer.readers.unreadable import UnreadableFile

ROOT = Path(__file__).parents[2]
_FORMATS = FormatChecker(formats=())
_FORMATS.checks("date", ValueError)(lambda text: datetime.date.fromisoformat(text).isoformat() == text)
_FORMATS.checks("date-time", ValueError)(lambda text: datetime.datetime.fromisoformat(text).tzinfo is not None)
VALIDATOR = Draft202012Validator(
    json.loads((ROOT / "importer" / "output_schema.json").read_text("utf-8")), format_checker=_FORMATS
)


def pages() -> list[Path]:
    """Every page the project keeps: the seeds, the pages with gold the development set and the strangers."""
    tests = Path(__file__).parent
    folders = [
        ROOT / "fixtures" / "seeds",
        tests / "pages",
        tests / "html",
        tests / "development",
        *sorted((tests / "strangers").glob("?")),
    ]
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file for file in files if file.suffix != ".json" and not file.name.startswith(".")]


def read(raw: bytes, name: str = "page.txt") -> dict:
    """What the importer prints for these bytes, readable or not; anything but UnreadableFile is raised."""
    try:
        return output(propose(raw, name))
    except UnreadableFile as error:
        return output(error.proposal)


def faults(row: dict) -> list[str]:
    """Where a line of output, written as JSON and read again, breaks the schema: path and reason."""
    again = json.loads(json.dumps(row, ensure_ascii=False, allow_nan=False))
    return [f"{error.json_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(again)]

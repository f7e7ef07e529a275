"""Tables of figures, and the pages that keep them: docs/bench.md unless told, a section for each set of figures."""

import datetime
import os
import platform
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/bench.md"


def table(titles: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [titles, ["---"] * len(titles), *rows])


def machine() -> str:
    about = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return f"{datetime.datetime.now(datetime.UTC).date()}, Python {platform.python_version()}, {about}"


def write(heading: str, about: str, titles: list[str], rows: list[list[str]], kept: Path = PAGE) -> None:
    """Keep the rows on a page under `## heading`, in the place of those of an earlier run."""
    page = kept.read_text("utf-8")
    section = f"## {heading}\n\n{about}\n\nMeasured {machine()}.\n\n{table(titles, rows)}\n"
    found = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    page = (
        f"{page[: found.start()]}{section}\n{page[found.end() :]}".rstrip() + "\n"
        if found
        else f"{page.rstrip()}\n\n{section}"
    )
    kept.write_text(page, "utf-8")

"""Validate rendered pages with html-validate: one start of node for all pages handed over."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "node_modules/html-validate/bin/html-validate.mjs"


def html_faults(pages: dict[str, str], folder: Path) -> list[str]:
    """Sentences "name:line: rule: message" for every fault in the pages, a name for each page's HTML.

    `folder` is an empty folder to write the pages to (tmp_path). Skips where node or its modules are missing.
    """
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        pytest.skip("html-validate is missing: install node and npm, then npm ci (make test does)")
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        names[str(path)] = name
    done = subprocess.run(
        [node, str(PROGRAM), "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", "json", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"html-validate failed: {done.stderr}")
    return [
        f"{names[report['filePath']]}:{message['line']}: {message['ruleId']}: {message['message']}"
        for report in json.loads(done.stdout)
        for message in report["messages"]
        if message["severity"] == 2
    ]

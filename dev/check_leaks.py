"""Search every file that is or would be committed for paths of one machine and for hosts of package indexes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file does not find itself
PUBLIC_INDEXES = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "npm" + "mirror.com"]
MACHINE_PATHS = [
    r"(?<![\w.:/-])/(?:wo" + r"rk|ro" + r"ot|tm" + r"p)(?:/|\b(?![\w-]))",
    r"(?<![\w.:/-])/(?:ho" + r"me|Us" + r"ers)/\w+",
]


def configured_hosts() -> set[str]:
    """Hosts of the indexes this machine's own pip and npm are set to, which no committed file may name either."""
    questions = [[sys.executable, "-m", "pip", "config", "list"]]
    if shutil.which("npm"):
        questions.append(["npm", "config", "get", "registry"])
    said = [subprocess.run(words, capture_output=True, text=True, check=False).stdout for words in questions]
    hosts = {urlsplit(url).hostname for url in re.findall(r"https?://[^\s'\"]+", "\n".join(said))}
    return {host for host in hosts if host and host not in ("localhost", "127.0.0.1")}


def committed_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def leaks(text: str, pattern: re.Pattern) -> list[tuple[int, str]]:
    """Line numbers and words of what should not stand in a committed file."""
    return [
        (number, found.group())
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]


def forbidden(hosts: set[str]) -> re.Pattern:
    return re.compile("|".join([re.escape(host) for host in sorted(hosts | set(PUBLIC_INDEXES))] + MACHINE_PATHS))


def main() -> int:
    pattern = forbidden(configured_hosts())
    files = committed_files()
    count = 0
    for path in files:
        data = path.read_bytes()
        if b"\0" in data[:8000]:
            continue
        for number, words in leaks(data.decode("utf-8", errors="replace"), pattern):
            count += 1
            print(
                f"{path.relative_to(ROOT)}:{number}: {words!r} belongs to one machine or to a package index; remove it."
            )
    print(f"Leaks: {len(files)} files searched, {count} found")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())

"""Parse every script under static/ with node, so that a syntax error is found before a browser finds it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"


def main() -> int:
    node = shutil.which("node")
    if node is None:
        print("SKIPPED: node is missing, so no script was parsed (apt-get install nodejs)")
        return os.environ.get("REQUIRE_ALL") == "1"
    scripts = sorted(STATIC.rglob("*.js"))
    failed = [path for path in scripts if subprocess.run([node, "--check", path], check=False).returncode]
    print(f"Scripts: {len(scripts)} parsed, {len(failed)} broken")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())

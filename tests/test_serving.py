"""`make run`: the worker is started again when it ends, the site is not, and nothing outlives the command."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = "import sys, time\nwhile open(sys.argv[1]).read().count('s') < int(sys.argv[2]): time.sleep(0.01)"
WORKER = "import sys, time\nopen(sys.argv[1], 'a').write('s')\nif sys.argv[2] == 'lives': time.sleep(600)"


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """dev/serve.py with a site and a worker of one line each; `starts` counts how often the worker began."""
    spec = importlib.util.spec_from_file_location("dev_serve", ROOT / "dev/serve.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("LOOK_SECONDS", "PAUSE_SECONDS"):
        monkeypatch.setattr(module, name, 0.01)
    monkeypatch.setattr(module, "answers", lambda: False)
    starts = tmp_path / "starts"
    starts.write_text("")
    begun = []
    popen = subprocess.Popen

    def started(*words, **options):
        begun.append(popen(*words, **options))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", started)

    def run(*, site_ends_after: int, worker: str = "ends") -> int:
        python = [sys.executable, "-S", "-c"]
        monkeypatch.setattr(
            module,
            "COMMANDS",
            {
                "site": [*python, SITE, str(starts), str(site_ends_after)],
                "worker": [*python, WORKER, str(starts), worker],
            },
        )
        processes = {}
        try:
            return module.keep_up(processes)
        finally:
            module.finish(processes)
            assert all(process.poll() is not None for process in begun)

    module.run, module.starts = run, lambda: len(starts.read_text())
    return module


def test_a_worker_that_ends_is_started_again_and_the_site_stays(serve, monkeypatch, capfd):
    monkeypatch.setattr(serve, "QUICK_SECONDS", 0)  # none of its ends counts as quick
    assert serve.run(site_ends_after=8) == 1
    assert serve.starts() >= 8
    said = capfd.readouterr().out
    assert said.count("worker ended (0); starting it again") >= 7
    assert said.splitlines()[-1].endswith("site ended (0); stopping.")


def test_a_worker_that_keeps_ending_at_once_stops_everything(serve, capfd):
    assert serve.run(site_ends_after=99) == 1
    assert serve.starts() == serve.QUICK_ENDS == 5
    assert capfd.readouterr().out.splitlines()[-1].endswith("worker ended (0); stopping.")


def test_the_site_ending_stops_the_worker_too(serve):
    assert serve.run(site_ends_after=1, worker="lives") == 1
    assert serve.starts() == 1

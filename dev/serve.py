"""Run the site (granian) and the background worker side by side until Ctrl-C or TERM, then stop both.

HOST and PORT say where to listen. A worker that ends by itself is started again. If it keeps ending at once, or the
site ends by itself, both are stopped and the exit is an error.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST") or "127.0.0.1"
PORT = os.environ.get("PORT") or "8000"
GRACE_SECONDS = 15
LOOK_SECONDS = 0.5  # between two looks at the processes
PAUSE_SECONDS = 2  # before the worker is started again
QUICK_SECONDS = 30  # a worker that lived no longer ended at once
QUICK_ENDS = 5  # so many of them in a row are a fault that no new start mends

COMMANDS = {
    "site": [sys.executable, "-m", "unioncms.serving", "--host", HOST, "--port", PORT],
    "worker": [sys.executable, "manage.py", "db_worker"],
}


class Stopped(Exception):
    """Ctrl-C or TERM was received."""


def stop(signum, frame):
    raise Stopped


def refuse_a_taken_port():
    """Exit with one sentence where HOST and PORT cannot be listened on."""
    try:
        family, _, _, _, address = socket.getaddrinfo(HOST, int(PORT), type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, ValueError, OverflowError) as error:
        sys.exit(
            f"无法在 {HOST}:{PORT} 上监听（{error}），请换一个端口，例如 PORT=8001 make run。 / "
            f"Cannot listen on {HOST}:{PORT} ({error}); choose another, e.g. PORT=8001 make run."
        )


def address() -> str:
    shown = "127.0.0.1" if HOST in ("0.0.0.0", "::") else HOST
    return f"http://[{shown}]:{PORT}/" if ":" in shown else f"http://{shown}:{PORT}/"


def answers() -> bool:
    """Whether the site answers, with whatever status."""
    try:
        urllib.request.urlopen(f"{address()}healthz", timeout=5).close()
    except urllib.error.HTTPError:
        pass
    except OSError:
        return False
    return True


def start(name: str) -> subprocess.Popen:
    return subprocess.Popen(COMMANDS[name], start_new_session=True)  # so that Ctrl-C reaches it through us, once


def tell_end(name: str, process: subprocess.Popen, chinese: str, english: str):
    code = process.returncode
    print(f"{name} 已退出（{code}），{chinese} / {name} ended ({code}); {english}", flush=True)


def keep_up(processes: dict[str, subprocess.Popen]) -> int:
    """Start both into `processes`, print the address once the site answers, and start the worker again when it ends.

    Returns the exit code when the site has ended or the worker keeps ending at once.
    """
    for name in COMMANDS:
        processes[name] = start(name)
    began, quick, announced = time.monotonic(), 0, False
    while True:
        if not announced and answers():
            announced = True
            print(f"\nUnionCMS: {address()}  （按 Ctrl-C 停止 / Ctrl-C stops it）\n", flush=True)
        if processes["site"].poll() is not None:
            tell_end("site", processes["site"], "停止", "stopping.")
            return 1
        worker = processes["worker"]
        if worker.poll() is not None:
            quick = quick + 1 if time.monotonic() - began < QUICK_SECONDS else 0
            if quick == QUICK_ENDS:
                tell_end("worker", worker, "停止", "stopping.")
                return 1
            tell_end("worker", worker, "重新启动", "starting it again.")
            finish({"worker": worker})  # what it started would work on beside the new one
            time.sleep(PAUSE_SECONDS)
            processes["worker"], began = start("worker"), time.monotonic()
        time.sleep(LOOK_SECONDS)


def finish(processes: dict[str, subprocess.Popen]):
    """Ask every process to end, and make end, with its children, what has not within the grace time."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):  # the site's own workers outlive it when it is stopped while they start
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main() -> int:
    os.chdir(ROOT)
    refuse_a_taken_port()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)
    processes = {}
    try:
        return keep_up(processes)
    except Stopped:
        return 0
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        finish(processes)


if __name__ == "__main__":
    sys.exit(main())

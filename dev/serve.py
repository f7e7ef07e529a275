"""Run the site (granian) and the background worker side by side until Ctrl-C or TERM, then stop both.

HOST and PORT say where to listen. If one of the two ends by itself the other is stopped too and the exit is an error.
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
BIN = Path(sys.executable).parent

APPLICATION = "unioncms.wsgi:application"
LISTEN = ["--host", HOST, "--port", PORT]
COMMANDS = {
    "site": [
        BIN / "granian",
        *LISTEN,
        "--interface=wsgi",
        "--no-ws",
        "--workers=2",
        "--blocking-threads=1",
        APPLICATION,
    ],
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


def announce(processes: dict[str, subprocess.Popen]):
    """Print the address once the site answers; return at once when a process has ended."""
    shown = "127.0.0.1" if HOST in ("0.0.0.0", "::") else HOST
    address = f"http://[{shown}]:{PORT}/" if ":" in shown else f"http://{shown}:{PORT}/"
    while all(process.poll() is None for process in processes.values()):
        try:
            urllib.request.urlopen(f"{address}healthz", timeout=5).close()
        except urllib.error.HTTPError:
            pass  # it answers, which is all that is asked here
        except OSError:
            time.sleep(0.2)
            continue
        print(f"\nUnionCMS: {address}  （按 Ctrl-C 停止 / Ctrl-C stops it）\n", flush=True)
        return


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
        for name, command in COMMANDS.items():  # sessions of their own, so that Ctrl-C reaches them through us, once
            processes[name] = subprocess.Popen(command, start_new_session=True)
        announce(processes)
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    print(
                        f"{name} 已退出（{process.returncode}），停止 / {name} ended ({process.returncode}); stopping."
                    )
                    return 1
            time.sleep(0.5)
    except Stopped:
        return 0
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        finish(processes)


if __name__ == "__main__":
    sys.exit(main())

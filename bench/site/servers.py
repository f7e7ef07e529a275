"""The servers that are measured, each on a port of its own, and what the site's processes take."""

import getpass
import grp
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from unioncms import serving

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
AROUND = """
user {user} {group};
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; }}
    sendfile on;
    server {{
        listen 127.0.0.1:{static};
        open_file_cache max=1000;
        location / {{ root {pages}; gzip_static on; }}
    }}
    {site}
}}
"""
START_SECONDS = 60


def require_tools() -> None:
    """Exit with one sentence where wrk or nginx is missing."""
    if missing := [name for name in ("wrk", "nginx") if not shutil.which(name)]:
        sys.exit(f"Missing: {', '.join(missing)}. Debian has them: apt-get install wrk nginx-light")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port: int, address: str, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
    """One answer and its body. Raises OSError where nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip", **headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@dataclass(frozen=True)
class Server:
    """`started_in`: seconds from the command to the first page."""

    port: int
    started_in: float
    process: subprocess.Popen

    def memory(self) -> dict[str, float]:
        """MiB of the workers together: "Rss"; "Pss", where what several share counts once; "Pss_Anon", their own."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = dict.fromkeys(("Rss", "Pss", "Pss_Anon"), 0.0)
        for worker in workers:
            for line in Path(f"/proc/{worker}/smaps_rollup").read_text().splitlines()[1:]:
                name, kilobytes = line.split()[:2]
                if (name := name.rstrip(":")) in found:
                    found[name] += int(kilobytes) / 1024
        return found


@contextmanager
def granian(application: str, page: str, folder: Path, **environment: str) -> Iterator[Server]:
    """Serve a WSGI application, the site as dev/serve.py does, from when `page` answers."""
    port = free_port()
    if application == serving.APPLICATION:
        command = [sys.executable, "-m", serving.__name__]
    else:
        command = [str(Path(sys.executable).with_name("granian")), *serving.OPTIONS, application]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    began = time.perf_counter()
    environment = os.environ | environment
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as in the image, where the code is compiled already
    with _running(command, folder / "granian.log", environment) as process:
        _wait(process, port, page, folder / "granian.log")
        yield Server(port, time.perf_counter() - began, process)


@contextmanager
def nginx(folder: Path, pages: Path, site_port: int) -> Iterator[tuple[int, int]]:
    """Yield the port where `pages` are files, and the one before the site by deploy/nginx.conf."""
    static, front = free_port(), free_port()
    site = CONFIGURATION.read_text("utf-8")
    for pattern, own in (
        (r"listen 443 ssl;", f"listen 127.0.0.1:{front};"),
        (r"ssl_certificate\S* .*", ""),
        (r"union\.example\.org", "127.0.0.1"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{site_port}"),
        (r"/var/cache/nginx/unioncms", f"{folder}/cache"),
    ):
        site = re.sub(pattern, own, site)
    owner = {"user": getpass.getuser(), "group": grp.getgrgid(os.getgid()).gr_name}
    written = folder / "nginx.conf"
    written.write_text(AROUND.format(folder=folder, pages=pages, static=static, site=site, **owner), "utf-8")
    command = [shutil.which("nginx"), "-c", str(written), "-p", str(folder), "-e", str(folder / "error.log")]
    with _running(command, folder / "nginx.log", os.environ) as process:
        _wait(process, front, "/", folder / "error.log")
        yield static, front


@contextmanager
def _running(command: list[str], log: Path, environment) -> Iterator[subprocess.Popen]:
    with log.open("a") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen, port: int, page: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            response, _body = get(port, page, {})
            if response.status == 200:
                return
            raise RuntimeError(f"{page} answered {response.status}:\n{log.read_text()}")
        time.sleep(0.01)
    raise RuntimeError(f"A server did not start:\n{log.read_text()}")

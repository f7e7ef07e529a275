"""deploy/nginx.conf with a real nginx: what it keeps for a second, for whom, and that it shows nothing withdrawn."""

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from organizations import kept
from unioncms.page_cache import PageCache

from .asked import made

CONFIGURATION = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"
AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
master_process off;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""
PAST_A_SECOND = 2.1


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Nginx:
    """nginx before a site; `get` asks it for a page of localhost."""

    def __init__(self, folder: Path, site_port: int):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        site = CONFIGURATION.read_text(encoding="utf-8")
        for pattern, own in (
            (r"listen 443 ssl;", f"listen 127.0.0.1:{self.port};"),
            (r"ssl_certificate\S* .*", ""),
            (r"union\.example\.org", "localhost"),
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{site_port}"),
            (r"/var/cache/nginx/unioncms", f"{folder}/cache"),
        ):
            site, count = re.subn(pattern, own, site)
            assert count, pattern
        written = folder / "nginx.conf"
        written.write_text(AROUND.format(folder=folder, site=site), encoding="utf-8")
        command = [shutil.which("nginx"), "-c", str(written), "-p", str(folder), "-e", str(folder / "error.log")]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((folder / "error.log").read_text())

    def get(self, address: str, method: str = "GET", **headers: str):
        """(status, headers, body)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, address, headers={"Host": "localhost", "Accept-Encoding": "gzip", **named})
        response = connection.getresponse()
        found = response.status, dict(response.getheaders()), response.read()
        connection.close()
        return found

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def site(pages):
    """The page cache and its views behind a server of Python's own."""
    server = make_server("127.0.0.1", 0, pages, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def nginx(site, tmp_path):
    if shutil.which("nginx") is None:
        pytest.skip("nginx is missing: apt-get install nginx-light")
    found = Nginx(tmp_path, site.server_port)
    yield found
    found.stop()


@pytest.fixture
def through(pages, monkeypatch):
    """The addresses that reached the site."""
    reached, call = [], PageCache.__call__

    def noting(self, environ, start_response):
        reached.append(environ["PATH_INFO"])
        return call(self, environ, start_response)

    monkeypatch.setattr(PageCache, "__call__", noting)
    return reached


def in_one_second(asking, through):
    """What `asking()` returns when it began with a new second and ended in it; `through` is of that second alone."""
    while True:
        time.sleep(1.01 - time.time() % 1)
        began = int(time.time())
        through.clear()
        found = asking()
        if int(time.time()) == began:
            return found


def test_a_page_is_asked_for_once_a_second_and_read_by_everybody(nginx, through):
    first, second = in_one_second(lambda: (nginx.get("/list/"), nginx.get("/list/", User_Agent="another")), through)
    assert (first[0], second[0], first[2] == second[2]) == (200, 200, True)
    assert through == ["/list/"]
    plain = nginx.get("/list/", Accept_Encoding="identity")
    assert plain[2] == gzip.decompress(first[2])
    assert nginx.get("/list/", "HEAD")[2] == b""
    assert nginx.get("/list/", If_None_Match=first[1]["ETag"])[0] == 304


def test_what_changed_is_shown_a_second_later_and_what_is_away_is_not_shown(nginx, site):
    before = nginx.get("/list/")[2]
    kept.drop(["articles"])
    time.sleep(PAST_A_SECOND)
    after = nginx.get("/list/")[2]
    assert before != after
    assert made == ["/list/", "/list/"]
    site.shutdown()
    site.server_close()
    time.sleep(PAST_A_SECOND)
    assert nginx.get("/list/")[0] == 502


@pytest.mark.parametrize(
    "headers", [{"Cookie": "sessionid=abc"}, {"Cookie": "a=b; sessionid =abc"}, {"Authorization": "Basic eDp5"}]
)
def test_who_may_be_somebody_neither_leaves_nor_gets_a_kept_page(nginx, through, headers):
    def asking():
        return [nginx.get("/list/", **headers), nginx.get("/list/"), nginx.get("/list/", **headers)]

    personal, public, again = in_one_second(asking, through)
    assert personal[1]["Cache-Control"] == again[1]["Cache-Control"] == "no-cache"
    assert public[1]["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert len({personal[2], public[2], again[2]}) == 3


@pytest.mark.parametrize("address", ["/unmarked/", "/cookie/", "/header/Cache-Control/private/", "/status/500/"])
def test_what_the_site_does_not_call_public_is_not_kept(nginx, through, address):
    in_one_second(lambda: (nginx.get(address), nginx.get(address)), through)
    assert through == [address, address]


def test_each_language_has_its_page(nginx):
    said = {}
    for accepted in ("", "zh-CN,zh;q=0.9,en;q=0.8", "en-GB,en;q=0.9", "fr,en;q=0.5", "en,zh;q=0.5", "fr"):
        headers = {"Accept_Language": accepted} if accepted else {}
        said[accepted] = nginx.get("/list/", **headers)[1]["Content-Language"]
    assert list(said.values()) == ["zh-hans", "zh-hans", "en", "en", "en", "zh-hans"]
    assert nginx.get("/list/", Cookie="django_language=en")[1]["Content-Language"] == "en"

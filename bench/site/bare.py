"""The floor of every server in Python: a WSGI application that answers from memory. BENCH_PAGES names the folder."""

import os
from pathlib import Path

_ARTICLE = Path(os.environ["BENCH_PAGES"], "article.html.gz").read_bytes()
_TYPE = ("Content-Type", "text/html; charset=utf-8")
ANSWERS = {
    "/hello": ([_TYPE, ("Content-Length", "5")], [b"hello"]),
    "/article": ([_TYPE, ("Content-Encoding", "gzip"), ("Content-Length", str(len(_ARTICLE)))], [_ARTICLE]),
}


def application(environ, start_response):
    headers, body = ANSWERS[environ["PATH_INFO"]]
    start_response("200 OK", headers)
    return body

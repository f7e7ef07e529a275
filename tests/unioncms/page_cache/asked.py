"""A page cache around Django with a few views of its own, asked as a server would; nothing here needs a database."""

from dataclasses import dataclass
from io import BytesIO

from django.core.handlers.wsgi import WSGIHandler
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.urls import path
from django.utils.translation import get_language

from organizations.shown import kept_page, shows
from unioncms.page_cache.layer import PageCache

LONG = "<p>工会为职工服务。</p>" * 60
made: list[str] = []


def text(request, **more):
    """What may differ between two readers, in a page long enough to be compressed."""
    made.append(request.get_full_path())
    said = [request.scheme, request.get_host(), request.get_full_path(), get_language(), *more.values()]
    return f"{said} {sorted(request.COOKIES)} {len(made)} {LONG}"


@kept_page("page", "year")
def a_list(request):
    shows("articles", "channel:1")
    response = HttpResponse(text(request))
    response.headers["Last-Modified"] = "Sat, 03 Jan 2026 08:00:00 GMT"
    return response


@kept_page(ignores_others=False)
def front(request):
    shows("articles")
    return HttpResponse(text(request))


@kept_page(seconds=0)
def for_no_time(request):
    return HttpResponse(text(request))


@kept_page()
def short(request):
    made.append("short")
    return HttpResponse("User-agent: *\n", content_type="text/plain")


@kept_page()
def of_status(request, status: int):
    made.append(str(status))
    return HttpResponse(LONG, status=status)


@kept_page()
def moved(request):
    made.append("moved")
    response = HttpResponsePermanentRedirect("/list/")
    response.headers["Cache-Control"] = "max-age=3600"
    return response


@kept_page()
def not_there(request):
    made.append("404")
    raise Http404


@kept_page()
def failing(request):
    made.append("500")
    raise ZeroDivisionError


@kept_page()
def with_header(request, name: str, value: str):
    made.append(name)
    response = HttpResponse(LONG)
    response.headers[name] = value
    return response


@kept_page()
def with_cookie(request):
    made.append("cookie")
    response = HttpResponse(LONG)
    response.set_cookie("seen", "1")
    return response


@kept_page()
def streamed(request):
    made.append("stream")
    return StreamingHttpResponse([LONG.encode()])


@kept_page()
def greeting(request):
    return HttpResponse(text(request, user=str(request.user)))


def unmarked(request):
    return HttpResponse(text(request))


urlpatterns = [
    path("", front),
    path("list/", a_list),
    path("no-time/", for_no_time),
    path("short/", short),
    path("status/<int:status>/", of_status),
    path("moved/", moved),
    path("not-there/", not_there),
    path("failing/", failing),
    path("header/<str:name>/<str:value>/", with_header),
    path("cookie/", with_cookie),
    path("streamed/", streamed),
    path("greeting/", greeting),
    path("unmarked/", unmarked),
]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Seeing:
    """Stands for a watcher of a database that can be read, or is `away`."""

    away = False

    def is_away(self) -> bool:
        return self.away


def new_cache(most_bytes: int = 1 << 20, application=None) -> PageCache:
    cache = PageCache(application or WSGIHandler(), most_bytes)
    cache.watcher = Seeing()
    return cache


def ask(application, address: str, method: str = "GET", **environ) -> Answer:
    """The answer of a WSGI application; `environ` as WSGI names headers."""
    path_info, _, query = address.partition("?")
    begun = []
    given = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path_info.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(b""),
        **environ,
    }
    answer = application(given, lambda *words: begun.append(words))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    status, headers = begun[-1][:2]
    return Answer(int(status.split()[0]), dict(headers), body)

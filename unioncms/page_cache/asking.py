"""Which page a request asks for: what may make a difference between two answers to people who are not signed in."""

from types import SimpleNamespace
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import get_language_from_request

LONGEST_QUERY = 300
LONGEST_HEADER = 200
MOST_HEADERS = 1_000
MOST_PATHS = 20_000
MOST_FIELDS = 50

Key = tuple[str, str, str, tuple[tuple[str, str], ...], str]
"""Scheme, host as it was sent, path as the server hands it on, the parameters that the view declares, language."""


class Asking:
    """Reads requests by the site's settings, and learns from its views which parameters tell their pages apart."""

    def __init__(self):
        self._session_cookie = settings.SESSION_COOKIE_NAME
        self._language_cookie = settings.LANGUAGE_COOKIE_NAME
        self._proxy_header, self._proxy_value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self._languages: dict[str | tuple[str, str], str] = {}
        self._parameters: dict[str, tuple[frozenset[str], bool]] = {}

    def is_personal(self, environ: dict) -> bool:
        """Whether the answer may be for one person alone: to a session or to credentials."""
        cookie = environ.get("HTTP_COOKIE")
        return (cookie is not None and self._session_cookie in cookie) or "HTTP_AUTHORIZATION" in environ

    def learn(self, path: str, parameters: tuple[str, ...], ignores_others: bool) -> None:
        """Keep in mind which query parameters the view of `path` declares (shown.kept_page)."""
        if path not in self._parameters and len(self._parameters) >= MOST_PATHS:
            self._parameters.pop(next(iter(self._parameters)), None)
        self._parameters[path] = frozenset(parameters), ignores_others

    def key(self, environ: dict) -> Key | None:
        """The page that is asked for; None where it cannot be told yet, or is none that is kept."""
        query = environ.get("QUERY_STRING")
        parameters = ()
        if query and (parameters := self._declared(environ["PATH_INFO"], query)) is None:
            return None
        scheme = environ["wsgi.url_scheme"]
        if self._proxy_header and (said := environ.get(self._proxy_header)) is not None:
            scheme = "https" if said.split(",", 1)[0].strip() == self._proxy_value else "http"
        host = environ.get("HTTP_HOST", "")
        return scheme, host, environ["PATH_INFO"], parameters, self._language(environ)

    def _declared(self, path: str, query: str) -> tuple[tuple[str, str], ...] | None:
        known = self._parameters.get(path)
        if known is None or len(query) > LONGEST_QUERY or not query.isascii():
            return None
        names, ignores_others = known
        try:
            pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS)  # as Django reads it
        except ValueError:
            return None
        declared = tuple(pair for pair in pairs if pair[0] in names)
        return declared if ignores_others or len(declared) == len(pairs) else None

    def _language(self, environ: dict) -> str:
        """The language that LocaleMiddleware chooses."""
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        cookie = environ.get("HTTP_COOKIE")
        if cookie is not None and self._language_cookie in cookie:
            chosen = parse_cookie(cookie).get(self._language_cookie, "")
            asked: str | tuple[str, str] = (accepted, chosen)
        else:
            chosen, asked = "", accepted
        language = self._languages.get(asked)
        if language is None:
            cookies = {self._language_cookie: chosen} if chosen else {}
            request = SimpleNamespace(COOKIES=cookies, META={"HTTP_ACCEPT_LANGUAGE": accepted})
            language = get_language_from_request(request)
            if len(accepted) + len(chosen) <= LONGEST_HEADER:
                if len(self._languages) >= MOST_HEADERS:
                    self._languages.clear()
                self._languages[asked] = language
        return language

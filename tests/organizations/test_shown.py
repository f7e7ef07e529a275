"""What a view says of the page that may be kept."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from organizations.shown import KEEPING, Keeping, kept_page

HEADERS = {"HTTP_ACCEPT_ENCODING": "gzip", "HTTP_IF_NONE_MATCH": '"a"', "HTTP_COOKIE": "csrftoken=b; messages=c"}


def asked(query: str, *, asks=True, method="get", cookie="", **options):
    """What the view was given for `query`, and what it said of its page."""
    keeping = Keeping() if asks else None
    seen = {}

    @kept_page("page", "year", **options)
    def view(request):
        seen.update(
            given=request.GET.dict(),
            path=request.get_full_path(),
            method=request.method,
            cookies=request.COOKIES,
            conditions=[name for name in HEADERS if name in request.META and name != "HTTP_COOKIE"],
        )
        return HttpResponse()

    headers = HEADERS | ({"HTTP_COOKIE": cookie} if cookie else {})
    request = getattr(RequestFactory(), method)(f"/list/?{query}", **headers)
    if asks:
        request.META[KEEPING] = keeping
    view(request)
    return seen, keeping


def test_other_parameters_do_not_reach_the_view():
    seen, keeping = asked("page=2&from=wechat&size=l&page=3&utm_source=a")
    assert (seen["given"], seen["path"]) == ({"page": "3", "size": "l"}, "/list/?page=2&page=3&size=l")
    assert (keeping.parameters, keeping.ignores_others) == (("page", "year", "view", "size", "scheme"), True)


def test_they_reach_one_that_asks_for_them():
    seen, keeping = asked("id=12&page=2", ignores_others=False)
    assert (seen["given"], keeping.ignores_others) == ({"id": "12", "page": "2"}, False)
    assert seen["conditions"] == ["HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH"]


def test_a_page_to_be_kept_is_made_whole_and_for_anybody():
    seen, _keeping = asked("page=2", method="head")
    assert (seen["method"], seen["cookies"], seen["conditions"]) == ("GET", {}, [])


@pytest.mark.parametrize("options", [{"asks": False}, {"cookie": "sessionid=x"}])
def test_others_are_left_as_they_are(options):
    seen, keeping = asked("page=2", method="head", **options)
    assert (seen["method"], len(seen["cookies"]) > 0) == ("HEAD", True)
    assert seen["conditions"] == ["HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH"]
    assert keeping is None or keeping.parameters is None


def test_how_long_at_most_is_said_too():
    assert asked("", seconds=300)[1].seconds == 300

"""The articles a reader keeps: their numbers stand in the address, so nobody else keeps the list."""

import re

from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Article

MOST = 200
_NUMBER = re.compile(r"[0-9]{1,18}")


@require_safe
def favourites(request):
    """The readable articles of `?ids=3.17.5` in that order, at most MOST; what is not readable is left out unsaid.

    The reader's own browser holds the numbers (static/js/favourites.js) and asks with them.
    """
    asked = [int(number) for number in request.GET.get("ids", "").split(".")[:MOST] if _NUMBER.fullmatch(number)]
    found = Article.objects.readable().for_lists().in_bulk(asked)
    rows = [found[number] for number in dict.fromkeys(asked) if number in found]
    return render(request, "articles/favourites.html", {"articles": rows, "asked": "ids" in request.GET})

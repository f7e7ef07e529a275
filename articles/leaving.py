"""The notice on leaving the site (R13): a page that names the other site before a reader goes there.

The address carries the site's own signature, so that nobody can make this site announce a page of theirs.
"""

from urllib.parse import urlencode, urlsplit

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

_signer = Signer(salt="articles.leaving")
SCHEMES = ("http", "https")


def address(url: str) -> str:
    """The notice's address for `url`, a link to another site; `url` itself where it is a path, mail or telephone."""
    if urlsplit(url).scheme not in SCHEMES:
        return url
    return f"{reverse('leaving')}?{urlencode({'to': _signer.sign(url)})}"


@require_safe
def leaving(request):
    """Where a link leads that leaves this site. Raises Http404 for an address that this site has not signed."""
    try:
        target = _signer.unsign(request.GET.get("to", ""))
    except BadSignature:
        raise Http404
    return render(request, "articles/leaving.html", {"target": target, "host": urlsplit(target).hostname})

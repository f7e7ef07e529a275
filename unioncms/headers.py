"""Headers that Django has no setting for, and compression of text alone."""

from django.middleware.gzip import GZipMiddleware

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
TEXT = ("text/", "application/json", "application/xml", "application/atom+xml", "application/rss+xml")


class PermissionsPolicyMiddleware:
    """Refuse the browser features that no page here uses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RevalidationMiddleware:
    """Have every answer asked for anew, unless its view says how long it may be kept.

    Without a word of ours browsers keep what bears a Last-Modified for a tenth of its age: an article of last year for
    a month, however soon it is withdrawn. An ETag that still holds costs no body.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class CompressedTextMiddleware(GZipMiddleware):
    """Django's compression, which hides the length of tokens too, for text; pictures are small already."""

    def process_response(self, request, response):
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)

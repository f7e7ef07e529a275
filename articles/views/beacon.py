"""What static/js/views.js calls once a page view."""

from django.http import Http404, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .. import readers
from ..models import Article
from ..view_counts import said, waiting


@csrf_exempt  # it changes a number and nothing else, and public pages carry no token
@require_POST
def views(request, pk: int):
    """Count one reading of a public article and answer with the number and the words to show."""
    row = Article.objects.published().order_by().filter(pk=pk).values("view_count__count").first()
    if row is None:
        raise Http404
    if readers.counts(request, pk):
        waiting.add(pk)
    count = (row["view_count__count"] or 0) + waiting.of(pk)
    response = JsonResponse({"count": count, "text": said(count)})
    response.headers["Cache-Control"] = "no-store"
    return response

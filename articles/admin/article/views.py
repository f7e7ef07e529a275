"""How often articles are read: the most read of the day, the week and the month, and a file of chosen days."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import most_read
from articles.models import Article
from articles.view_export import ViewsForm, export, within

from .pages import Pages

SHOWN = 10


class ViewPages(Pages):
    def get_urls(self):
        return [
            self.page("views/", self.views_view, "views"),
            self.page("views/csv/", self.views_csv_view, "views_csv"),
            *super().get_urls(),
        ]

    def views_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._views_page(request, ViewsForm())

    def _views_page(self, request, form: ViewsForm):
        names = {"day": _("Today"), "week": _("The last seven days"), "month": _("The last thirty days")}
        context = {
            **self.admin_site.each_context(request),
            "title": _("How often articles are read"),
            "opts": self.opts,
            "form": form,
            "kept": settings.VIEWS_KEEP_DAYS,
            "lists": [(name, _most_read(request.user, period)) for period, name in names.items()],
        }
        return TemplateResponse(request, "admin/articles/article/views.html", context)

    def views_csv_view(self, request):
        """The file of the days asked for; taking it away is recorded, therefore a POST."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = ViewsForm(request.POST)
        if not form.is_valid():
            return self._views_page(request, form)
        asked = form.cleaned_data
        response = StreamingHttpResponse(export(request.user, **asked), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="views-{asked["first"]}-{asked["last"]}.csv"'
        return response


def _most_read(user, period: str) -> list[Article]:
    readings = dict(most_read.ranking(period, within(user))[:SHOWN])
    rows = Article.objects.filter(pk__in=readings).select_related("channel").order_by()
    for row in rows:
        row.readings = readings[row.pk]
    return sorted(rows, key=lambda row: (-row.readings, -row.pk))

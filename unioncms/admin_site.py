from threading import RLock

from django.conf import settings
from django.contrib.admin import AdminSite, autodiscover
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.i18n import JavaScriptCatalog

from organizations import rights

ROOMS = ("organizations", "articles", "plans", "importer")
ORDER = {  # what is used daily stands first
    "articles": ("Article", "Collection", "MediaFile", "Channel"),
    "plans": ("WorkPlan", "Theme", "Indicator"),
    "organizations": ("Organization", "User", "AuditEntry", "SiteSettings", "Level"),
    "importer": ("ImportBatch", "ImportItem"),
}


class Words(JavaScriptCatalog):
    """Django's own words for scripts and the ones of the text editor, which has no Chinese of its own."""

    packages = ["django.contrib.admin"]

    def get_catalog(self):
        from articles.editor import WORDS

        return super().get_catalog() | {word: said for word in WORDS if (said := _(word)) != word}


class UnionAdminSite(AdminSite):
    """The editors' admin (后台), called the desk."""

    _loaded, _loading = False, RLock()

    site_title = gettext_lazy("UnionCMS")
    site_header = gettext_lazy("UnionCMS")
    index_title = gettext_lazy("Desk")
    enable_nav_sidebar = True
    index_template = "admin/desk.html"
    empty_value_display = ""

    @property
    def _registry(self) -> dict:
        """The pages by their models; the rooms' admin modules are loaded by the first who asks."""
        with self._loading:
            if not self._loaded:
                self._loaded = True  # before: they ask for it, too
                try:
                    autodiscover()
                except BaseException:
                    self._loaded = False
                    raise
            return self._pages

    @_registry.setter
    def _registry(self, pages: dict) -> None:
        self._pages = pages

    def register(self, model_or_iterable, admin_class=None, **options):
        """The rooms' own pages alone; what libraries bring (groups, raw tags, task queues) stays out of sight."""
        if admin_class is not None and admin_class.__module__.split(".")[0] in ROOMS:
            with self._loading:
                loaded, self._loaded = self._loaded, True  # to register is no reason to load what else there is
                try:
                    super().register(model_or_iterable, admin_class, **options)
                finally:
                    self._loaded = loaded

    def has_permission(self, request) -> bool:
        user = request.user
        return user.is_active and user.is_staff and rights.may(user, "view")

    def login(self, request, extra_context=None):
        """One sign-in page for the whole site; who is signed in and has no right here is refused in words."""
        target = request.GET.get("next") or reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(target, settings.LOGIN_URL)

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("password_change"))

    def i18n_javascript(self, request, extra_context=None):
        return Words.as_view()(request)

    def get_app_list(self, request, app_label=None):
        """The rooms in the order of ORDER, and their models likewise."""
        apps = {app["app_label"]: app for app in super().get_app_list(request, app_label)}
        for label, app in apps.items():
            place = {name: number for number, name in enumerate(ORDER.get(label, ()))}
            app["models"].sort(key=lambda model: place.get(model["object_name"], len(place)))
        return [apps[label] for label in ORDER if label in apps]

    def index(self, request, extra_context=None):
        from .desk import to_do

        return super().index(
            request,
            {"to_do": to_do(request.user), "may_import": rights.may(request.user, "write"), **(extra_context or {})},
        )

    def get_log_entries(self, request):
        from django.contrib.admin.models import LogEntry

        return LogEntry.objects.none()

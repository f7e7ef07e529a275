"""Every address of the site."""

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

from . import directory, health, site_pages, views

handler404 = "unioncms.errors.not_found"
handler403 = "unioncms.errors.forbidden"


class Desk(URLResolver):
    """What lies below /admin/, loaded by the first request or link that leads there."""

    def __init__(self):
        super().__init__(RoutePattern("admin/"), "unioncms.desk_urls", app_name="admin", namespace="admin")

    def _populate(self):
        """Asked by the addresses above, for names that are no namespace's: it has none."""


urlpatterns = [
    path("", views.front, name="front"),
    path("organizations/", directory.organizations, name="organizations"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("sitemap/", site_pages.site_map, name="site-map"),
    path("accessibility/", site_pages.accessibility, name="accessibility"),
    path("", include("articles.urls")),
    path("", include("organizations.urls")),
    path("", include("plans.urls")),
    Desk(),
    path("favicon.ico", views.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", views.icon, {"name": "touch.png"}, name="touch-icon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

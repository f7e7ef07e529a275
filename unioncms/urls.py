"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from . import directory, health, site_pages, views

handler404 = "unioncms.errors.not_found"
handler403 = "unioncms.errors.forbidden"

urlpatterns = [
    path("", views.front, name="front"),
    path("organizations/", directory.organizations, name="organizations"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("sitemap/", site_pages.site_map, name="site-map"),
    path("accessibility/", site_pages.accessibility, name="accessibility"),
    path("", include("articles.urls")),
    path("", include("organizations.urls")),
    path("", include("plans.urls")),
    path("admin/", admin.site.urls),
    path("favicon.ico", views.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", views.icon, {"name": "touch.png"}, name="touch-icon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from . import health, views

handler404 = "unioncms.errors.not_found"
handler403 = "unioncms.errors.forbidden"

urlpatterns = [
    path("", views.front, name="front"),
    path("organizations/", views.organizations, name="organizations"),
    path("organizations/<slug:slug>/", views.organization, name="organization"),
    path("", include("articles.urls")),
    path("", include("organizations.urls")),
    path("", include("plans.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

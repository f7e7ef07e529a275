"""Addresses of what goes across all plans."""

from django.urls import path

from . import views

urlpatterns = [
    path("targets/", views.targets, name="plan-targets"),
    path("themes/", views.themes, name="plan-themes"),
    path("phrases/", views.phrases, name="plan-phrases"),
]

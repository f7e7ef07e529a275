"""Addresses of the staff's pages of plans; each folder has its own."""

from django.urls import include, path

FOLDERS = ("register", "page", "progress", "coverage", "comparison", "across")

urlpatterns = [path("plans/", include(f"plans.{folder}.urls")) for folder in FOLDERS]

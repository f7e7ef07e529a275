"""Addresses of coverage."""

urlpatterns = []

"""Addresses of progress."""

urlpatterns = []

"""Addresses of comparison."""

urlpatterns = []

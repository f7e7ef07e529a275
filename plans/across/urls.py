"""Addresses of what goes across all plans."""

urlpatterns = []

"""The desk's addresses; whoever imports this loads all its pages."""

from django.contrib import admin

urlpatterns, app_name, _namespace = admin.site.urls

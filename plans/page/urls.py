"""Addresses of one plan."""

from django.urls import path

from . import views

urlpatterns = [path("<int:pk>/", views.plan, name="plan")]

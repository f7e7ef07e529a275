"""Addresses of coverage."""

from django.urls import path

from . import views

urlpatterns = [
    path("coverage/", views.coverage, name="plan-coverage"),
    path("coverage/expected/", views.expected, name="plan-coverage-expected"),
    path("coverage/expect/", views.expect, name="plan-coverage-expect"),
    path("coverage/remind/", views.remind, name="plan-coverage-remind"),
    path("coverage/bodies/<slug:slug>/", views.body, name="plan-coverage-body"),
]

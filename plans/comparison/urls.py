"""Addresses of the comparison."""

from django.urls import path

from . import views

urlpatterns = [
    path("compare/", views.compare, name="plan-compare"),
    path("compare/pairs/", views.say, name="plan-pair"),
    path("compare/pairs/<int:pk>/take-back/", views.take_back, name="plan-pair-take-back"),
]

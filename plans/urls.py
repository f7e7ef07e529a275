"""Addresses of the register; behind the sign-in."""

from django.urls import path

from . import views

urlpatterns = [
    path("plans/", views.register, name="plans"),
    path("plans/<int:pk>/", views.plan, name="plan"),
]

"""Addresses of the register."""

from django.urls import path

from . import view_pages, views

urlpatterns = [
    path("", views.register, name="plans"),
    path("views/", view_pages.saved_views, name="plan-views"),
    path("views/save/", view_pages.save_view, name="plan-view-save"),
    path("views/<int:pk>/change/", view_pages.change_view, name="plan-view-change"),
    path("views/<int:pk>/delete/", view_pages.delete_view, name="plan-view-delete"),
]

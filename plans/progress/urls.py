"""Addresses of progress."""

from django.urls import path

from . import deeds, views

urlpatterns = [
    path("progress/", views.awaiting, name="plan-progress"),
    path("targets/<int:pk>/", views.target, name="plan-target"),
    path("targets/<int:pk>/report/", deeds.report, name="plan-report"),
    path("targets/<int:pk>/reports/<int:number>/", deeds.correct, name="plan-report-correct"),
    path("targets/<int:pk>/evidence/", deeds.judge, name="plan-evidence"),
    path("targets/<int:pk>/indicator/", deeds.assign, name="plan-target-indicator"),
    path("targets/<int:pk>/upper/", deeds.set_upper, name="plan-target-upper"),
    path("indicators/<int:pk>/", views.indicator, name="plan-indicator"),
    path("indicators/<int:pk>/targets/", deeds.assign_many, name="plan-indicator-targets"),
    path("<int:pk>/close/", views.close, name="plan-close"),
    path("<int:pk>/close/now/", deeds.close, name="plan-close-now"),
    path("<int:pk>/reopen/", deeds.reopen, name="plan-reopen"),
]

"""Addresses of one plan."""

from django.urls import path

from . import deeds, views

urlpatterns = [
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/document.docx", views.document, name="plan-document"),
    path("<int:pk>/undo/", deeds.undo_deed, name="plan-undo"),
    path("<int:pk>/noted/", deeds.noted_deed, name="plan-noted"),
    path("<int:pk>/targets/add/", deeds.add_deed, {"what": "targets"}, name="plan-target-add"),
    path("<int:pk>/clauses/add/", deeds.add_deed, {"what": "clauses"}, name="plan-clause-add"),
    path("<int:pk>/targets/<int:target>/<slug:deed>/", deeds.target_deed, name="plan-target-deed"),
    path("<int:pk>/clauses/<int:clause>/<slug:deed>/", deeds.clause_deed, name="plan-clause-deed"),
]

"""A small demonstration: one district's, of two years."""

import datetime

from django.apps import apps

from plans.demo.making import make_demonstration

DISTRICT = "370212"
LATEST, TODAY = 2025, datetime.date(2026, 5, 20)


def made(**options) -> dict[str, int]:
    return make_demonstration(DISTRICT, LATEST, TODAY, back=1, **options)[1]


def everything() -> dict[str, list]:
    """All rows of all tables, save the audit trail, which only grows, and the counts of lists, where 0 may stand."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in ("organizations.AuditEntry", "articles.ListCount") and model._meta.managed
    }

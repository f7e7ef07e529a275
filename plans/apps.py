from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Work plans")

    def ready(self) -> None:
        from . import consistency, following, marks  # noqa: F401  they register checks and listen to the articles

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "plans"
    verbose_name = _("Work plans")

    def ready(self) -> None:
        from . import concerned, following, marks  # noqa: F401  they register and listen to the articles
        from .coverage import expecting, reminding  # noqa: F401  these and the next register verbs
        from .progress import closing, indicators, reporting  # noqa: F401
        from .register import saved_views  # noqa: F401

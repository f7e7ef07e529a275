from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImporterConfig(AppConfig):
    name = "importer"
    verbose_name = _("Import")

    def ready(self) -> None:
        from organizations import rights
        from organizations.concerned import SITE, register_concerned, register_unseen

        from .models import ImportBatch, ImportItem

        rights.register_owner(ImportBatch, lambda batch: batch.owner)
        rights.register_owner(ImportItem, lambda item: item.batch.owner)
        register_unseen(ImportItem)  # what comes of one has entries of its own
        register_concerned(ImportBatch, lambda verb, batch: [SITE] if verb == "undo import" else [])

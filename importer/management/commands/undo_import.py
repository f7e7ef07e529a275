from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from importer.batches.undoing import undo
from importer.models import ImportBatch


class Command(BaseCommand):
    help = "Take back what an import batch made: its articles go to the trash, its plans back to draft."

    def add_arguments(self, parser) -> None:
        parser.add_argument("batch", type=int, help="the batch's number, as the admin lists it")
        parser.add_argument("--reason", required=True, help="shown to readers of what was public")
        parser.add_argument("--untouched-only", action="store_true", help="leave what somebody has edited since")

    def handle(self, *args, **options) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"There is no import batch {options['batch']}: look its number up in the admin.")
        try:
            count = undo(batch, None, options["reason"], untouched_only=options["untouched_only"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{count} article(s) taken back.")

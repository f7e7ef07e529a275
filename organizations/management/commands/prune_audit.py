"""Delete what is older than the audit trail must be kept."""

from django.conf import settings
from django.core.management.base import BaseCommand

from organizations import retention


class Command(BaseCommand):
    help = "Delete audit entries older than AUDIT_KEEP_DAYS days; --dry-run only counts them."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, delete nothing")

    def handle(self, *args, dry_run: bool, **options) -> None:
        days = settings.AUDIT_KEEP_DAYS
        if not days:
            self.stdout.write("AUDIT_KEEP_DAYS is 0: the audit trail is kept for ever, nothing is deleted.")
            return
        before = retention.first_kept_day(days)
        if dry_run:
            count = retention.outdated(days).count()
            self.stdout.write(f"{count} entries from before {before} would be deleted.")
            return

        def progress(done: int, count: int) -> None:
            self.stdout.write(f"{done} of {count}")

        self.stdout.write(f"{retention.prune(days, progress=progress)} entries from before {before} are deleted.")

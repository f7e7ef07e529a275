"""Apply the scheduled corrections whose time has come."""

from django.core.management.base import BaseCommand

from articles.corrections import apply_due


class Command(BaseCommand):
    help = "Applies the scheduled corrections whose time has come, as the worker does. For cron and for a lost task."

    def handle(self, *args, **options):
        done = apply_due()
        for article, failure in done:
            self.stdout.write(f"{article.pk} {article.title}: {failure or 'corrected'}")
        failed = sum(bool(failure) for _, failure in done)
        self.stdout.write(f"{len(done) - failed} corrected, {failed} failed")

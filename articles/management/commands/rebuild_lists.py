"""Make the lists of organisations and tags and all counts anew, should check_data say that one is wrong."""

from django.core.management.base import BaseCommand

from articles import listing


class Command(BaseCommand):
    help = "Make the lists of public articles and their counts anew."

    def handle(self, *args, **options) -> None:
        listing.rebuild(self._say)
        self.stdout.write("The lists are made anew.")

    def _say(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/3", ending="")

"""Make the lighter copies of pictures that were uploaded before there were any, or whose copies are lost."""

from django.core.management.base import BaseCommand

from articles import renditions
from articles.models import MediaFile


class Command(BaseCommand):
    help = "Make the missing lighter copies of all pictures; interrupted, it goes on where it stopped."

    def handle(self, *args, **options) -> None:
        rows = MediaFile.objects.filter(kind=MediaFile.Kind.IMAGE).order_by("pk")
        total, made, alone = rows.count(), 0, 0
        for done, media in enumerate(rows.iterator(), 1):
            if renditions.missing(media):
                renditions.make(media)
                left = bool(renditions.missing(media))
                made, alone = made + (not left), alone + left
            if self.stderr.isatty():
                self.stderr.write(f"\r{done}/{total}", ending="")
        self.stdout.write(f"{total} picture(s): copies of {made} made, {alone} stay alone.")

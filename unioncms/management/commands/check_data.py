from django.core.management.base import BaseCommand, CommandError

from organizations.consistency import faults


class Command(BaseCommand):
    help = "Check what must hold in the data beyond the database's own constraints; exit status 1 where it does not."

    def handle(self, *args, **options) -> None:
        count = 0
        for fault in faults():
            count += 1
            self.stderr.write(fault)
        if count:
            raise CommandError(f"{count} fault(s) in the data.")
        self.stdout.write("The data is sound.")

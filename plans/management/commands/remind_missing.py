"""Remind bodies of a plan that is missing, from the command line or a timer."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organizations.models import Level, Organization
from plans.coverage import reminding
from plans.coverage.cells import Mark
from plans.coverage.matrix import read_matrix
from plans.models import WorkPlan


class Command(BaseCommand):
    help = "Remind every body whose plan of --year is missing, each at most once in seven days; --dry-run only lists."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--organization", default="", help="address (slug) of the body at or below which")
        parser.add_argument("--level", default="", help="code of a level, such as district")
        parser.add_argument("--subject", default=WorkPlan.DEFAULT_SUBJECT)
        parser.add_argument("--note", default="", help="said to those reminded")
        parser.add_argument("--dry-run", action="store_true", help="list them, remind nobody")

    def handle(
        self, *args, year: int, organization: str, level: str, subject: str, note: str, dry_run: bool, **options
    ):
        within = Organization.objects.filter(slug=organization).first()
        if organization and within is None:
            raise CommandError(f"No organisation has the address {organization!r}.")
        if level and not Level.objects.filter(pk=level).exists():
            raise CommandError(f"No level has the code {level!r}.")
        matrix = read_matrix(
            WorkPlan.objects.all(), [year], timezone.localdate(), subject=subject, within=within, level=level
        )
        lacking = [body.pk for body in matrix.bodies if body.cells[0].mark == Mark.MISSING]
        reminded, lately = [], 0
        for start in range(0, len(lacking), reminding.MOST):
            bodies = Organization.objects.in_bulk(lacking[start : start + reminding.MOST])
            done = reminding.remind(bodies.values(), year, None, note, subject=subject, try_only=dry_run)
            reminded += [reminder.organization for reminder in done.reminders]
            lately += len(done.lately)
        for body in reminded:
            self.stdout.write(f"{body.name} {year}")
        would = "would be reminded" if dry_run else "reminded"
        self.stdout.write(f"{len(reminded)} {would}, {lately} were reminded within seven days.")

"""Make a demonstration of plans, or take it away again."""

import datetime
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations.forms import sentence
from plans.demo import making, removing

WIDTH = 30  # of the progress bar
DIVISION = "3702"


class Command(BaseCommand):
    help = "Make a demonstration: one city's federations with invented plans of six years; --remove takes it away."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--division", default=DIVISION, metavar="CODE", help="the city (default: %(default)s)")
        parser.add_argument("--year", type=int, metavar="YEAR", help="the latest complete year (default: last year)")
        parser.add_argument("--years", type=int, default=6, metavar="N", help="complete years (default: %(default)s)")
        parser.add_argument("--seed", type=int, default=0, help="another number tells another story")
        parser.add_argument("--beside", action="store_true", help="make it beside articles the site has published")
        parser.add_argument("--remove", action="store_true", help="take the demonstration away")
        parser.add_argument("--force", action="store_true", help="with --remove: what people added to it goes, too")

    def handle(self, *args, **options) -> None:
        try:
            self._remove(force=options["force"]) if options["remove"] else self._make(options)
        except ValidationError as refusal:
            raise CommandError(sentence(refusal))
        except KeyboardInterrupt:
            self.stderr.write("\n" + _("Broken off. Take away what is left of the demonstration: make demo-remove"))
            sys.exit(130)

    def _make(self, options: dict) -> None:
        today = timezone.localdate()
        latest = options["year"] or today.year - 1
        if not 2000 <= latest <= today.year or not 1 <= options["years"] <= 10:
            raise CommandError(_("Give a year that is over, and from one to ten years."))
        _made, counts = making.make_demonstration(
            options["division"],
            latest,
            min(today, datetime.date(latest + 1, 12, 31)),
            seed=options["seed"],
            back=options["years"] - 1,
            beside=options["beside"],
            tell=self._progress,
        )
        self.stdout.write(
            _("Made: %(organizations)d organizations, %(plans)d plans, %(targets)d targets, %(articles)d articles.")
            % {
                "organizations": counts.get("organizations.organization", 0),
                "plans": counts.get("plans.workplan", 0),
                "targets": counts.get("plans.target", 0),
                "articles": counts.get("articles.article", 0),
            }
        )
        self.stdout.write(
            _("The accounts demo-… have no password: manage.py reset_password demo-editor gives one. Remove it all: %s")
            % "make demo-remove"
        )

    def _remove(self, *, force: bool) -> None:
        count = removing.remove(force=force, tell=self._progress)
        self.stdout.write(_("The demonstration is gone: %(count)d rows.") % {"count": count})

    def _progress(self, number: int, total: int) -> None:
        if self.stderr.isatty():
            width = WIDTH * number // total
            self.stderr.write(f"\r{'━' * width}{'─' * (WIDTH - width)} {number}/{total}", ending="")
            if number == total:
                self.stderr.write("")

"""Make the tree of a place's federations from the official divisions."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import federations
from organizations.forms import sentence
from organizations.models import User

WIDTH = 30  # of the progress bar
SHOWN = 10  # names in a list


class Command(BaseCommand):
    help = "Make the federations of a division, of those above it and of all below it; keep what is there."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--division", required=True, metavar="CODE", help="2, 4, 6 or 9 digits, e.g. 3702")
        parser.add_argument("--since", type=int, metavar="YEAR", help="the year the new ones exist from")
        parser.add_argument("--by", metavar="USER", help="user name of the account that makes them")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made and change nothing")

    def handle(self, *args, division: str, since: int | None, by: str | None, dry_run: bool, **options) -> None:
        if since is not None and not 1900 <= since <= 2100:
            raise CommandError(_("“%(year)s” is no year: give one such as 2001.") % {"year": since})
        user = self._user(by)
        try:
            found = federations.survey(division)
        except ValidationError as refusal:
            raise CommandError(sentence(refusal))
        missing = found.missing
        if dry_run:
            for one in missing:
                above = one.parent.name if one.parent else "—"
                self.stdout.write(f"{one.division.code if one.division else '':9} {one.name} ← {above}")
        else:
            self._create(found, len(missing), user, since)
        self._summary(found, len(missing), dry_run)

    def _user(self, username: str | None) -> User | None:
        user = User.objects.filter(username=username).first() if username else None
        if username and user is None:
            raise CommandError(_("No account has the user name “%(name)s”.") % {"name": username})
        return user

    def _create(self, found: federations.Survey, total: int, user: User | None, since: int | None) -> None:
        done = 0
        try:
            for count in federations.create(found, user, since=since):
                done += count
                self._progress(done, total)
        except PermissionDenied:
            raise CommandError(_("This account may not add organizations there: it takes a manager of the body above."))
        except ValidationError as refusal:
            raise CommandError(sentence(refusal))

    def _progress(self, number: int, total: int) -> None:
        if self.stderr.isatty():
            width = WIDTH * number // total
            self.stderr.write(f"\r{'━' * width}{'─' * (WIDTH - width)} {number}/{total}", ending="")
            if number == total:
                self.stderr.write("")

    def _summary(self, found: federations.Survey, made: int, dry_run: bool) -> None:
        kept = len(found.all) - made
        said = (
            ngettext("%(count)d federation would be made", "%(count)d federations would be made", made)
            if dry_run
            else ngettext("%(count)d federation made", "%(count)d federations made", made)
        )
        self.stdout.write(_("%(made)s, %(kept)d kept as they are.") % {"made": said % {"count": made}, "kept": kept})
        if found.left_out:
            self._list(
                _("No federation by rule for %(count)d entries of the table; add one by hand where there is one:"),
                [f"{one.name} ({one.code})" for one in found.left_out],
            )
        if found.namesakes:
            self._list(
                _("%(count)d bodies without a known place have such a name; see by hand whether they are the same:"),
                [f"{row.name} ({row.pk}, {row.origin})" for row in found.namesakes],
            )

    def _list(self, title: str, names: list[str]) -> None:
        more = "…" if len(names) > SHOWN else ""
        self.stdout.write(f"{title % {'count': len(names)}} {'、'.join(names[:SHOWN])}{more}")

"""Hand everything of one account over to another and close the first, when somebody leaves."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organizations import accounts
from organizations.forms import sentence
from organizations.models import User


def account(username: str) -> User:
    """The account of that user name; CommandError where there is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"No account has the user name {username}.")
    return user


class Command(BaseCommand):
    help = "Hand all work, and the roles, of the account FROM over to the account TO, and close FROM."

    def add_arguments(self, parser) -> None:
        parser.add_argument("from_username", metavar="FROM")
        parser.add_argument("to_username", metavar="TO")
        parser.add_argument("--without-roles", action="store_true", help="TO keeps only the roles it has")
        parser.add_argument(
            "--administrator",
            action="store_true",
            help="make TO an administrator of the whole site first; needed where FROM is the last one",
        )

    def handle(self, *args, from_username: str, to_username: str, without_roles: bool, administrator: bool, **options):
        user, to = account(from_username), account(to_username)
        had = set(to.memberships.values_list("organization_id", "role"))
        try:
            count = accounts.hand_over(user, to, None, with_roles=not without_roles, administrator=administrator)
        except ValidationError as refusal:
            hint = " (--administrator)" if refusal.code == "last" else ""
            raise CommandError(sentence(refusal) + hint)
        self.stdout.write(f"{count} things of {user.username} ({user}) are with {to.username} ({to}) now.")
        for held in to.memberships.select_related("organization"):
            if (held.organization_id, held.role) not in had:
                self.stdout.write(f"  role taken over: {held.organization}, {held.get_role_display()}")
        if to.is_superuser:
            self.stdout.write(f"  {to.username} is an administrator of the whole site.")
        self.stdout.write(f"The account {user.username} is closed and signed out everywhere; it is not deleted.")

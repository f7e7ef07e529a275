"""Give an account a new password, for somebody who lost theirs and has no manager near."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organizations import accounts
from organizations.forms import sentence

from .hand_over import account


class Command(BaseCommand):
    help = "Give the account USERNAME a new password, printed once; lift its lock and sign it out everywhere."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args, username: str, **options) -> None:
        user = account(username)
        try:
            password = accounts.reset_password(user, None)
        except ValidationError as refusal:
            raise CommandError(sentence(refusal))
        self.stdout.write(f"The new password of {user.username} ({user}), shown this once: {password}")
        self.stdout.write("It must be changed at the next sign-in.")

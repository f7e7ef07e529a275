"""Take the second factor of an account away, for somebody who lost both phone and recovery codes."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from organizations import accounts
from organizations.forms import sentence

from .hand_over import account


class Command(BaseCommand):
    help = "Take the second factor of the account USERNAME away and sign it out everywhere."

    def add_arguments(self, parser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    def handle(self, *args, username: str, **options) -> None:
        user = account(username)
        try:
            accounts.reset_second_factor(user, None)
        except ValidationError as refusal:
            raise CommandError(sentence(refusal))
        self.stdout.write(f"The second factor of {user.username} ({user}) is taken away.")

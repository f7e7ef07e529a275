"""First start of a site: vocabularies, the site's own organisation, an administrator."""

import secrets

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Channel
from organizations import tree
from organizations.models import Level, Organization, SiteSettings, User
from plans.models import Theme

EDITORIAL_OFFICE = "本站编辑部"
VOCABULARIES = ((Level, "levels"), (Channel, "channels"), (Theme, "themes"))


SMALL, CAPITAL, DIGITS, MARKS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-_+="


def new_password() -> str:
    """Sixteen characters of four kinds, without those that are easily taken for one another."""
    chars = [secrets.choice(kind) for kind in (SMALL, CAPITAL, DIGITS, MARKS)]
    chars += [secrets.choice(SMALL + CAPITAL + DIGITS) for _ in range(12)]
    secrets.SystemRandom().shuffle(chars)
    return "".join(chars)


class Command(BaseCommand):
    help = "Load the vocabularies, make the site's own organisation and an administrator; keep what is there."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        for model, fixture in VOCABULARIES:
            if not model.objects.exists():
                call_command("loaddata", fixture, verbosity=0)
                self.stdout.write(f"Loaded {fixture}.")
        site = SiteSettings.load()
        if site.organization is None:
            site.organization = tree.add(Organization(name=EDITORIAL_OFFICE, origin="site"), None)
            site.save()
            self.stdout.write(f"Made the site's own organisation, {EDITORIAL_OFFICE}.")
        if not User.objects.filter(is_superuser=True).exists():
            password = new_password()
            User.objects.create_superuser("admin", password=password, name="管理员")
            self.stdout.write("")
            self.stdout.write("  管理员账号 Administrator: admin")
            self.stdout.write(f"  密码 Password (shown this once): {password}")
            self.stdout.write("")

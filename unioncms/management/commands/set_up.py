"""First start of a site: vocabularies, the site's own organisation, an administrator."""

import itertools

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Channel
from organizations import tree
from organizations.accounts import generated_password
from organizations.models import Level, Organization, SiteSettings, User
from plans.models import Theme

EDITORIAL_OFFICE = "本站编辑部"
VOCABULARIES = ((Level, "levels"), (Channel, "channels"), (Theme, "themes"))


def free_username() -> str:
    """The first free name of admin, admin2 and so on: a closed or ordinary account called admin is left alone."""
    names = itertools.chain(["admin"], (f"admin{number}" for number in itertools.count(2)))
    return next(name for name in names if not User.objects.filter(username=name).exists())


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
        if not User.objects.filter(is_superuser=True, is_active=True).exists():
            username, password = free_username(), generated_password()
            User.objects.create_superuser(username, password=password, name="管理员", must_change_password=True)
            self.stdout.write("")
            self.stdout.write(f"  管理员账号 Administrator: {username}")
            self.stdout.write(f"  密码 Password (shown this once): {password}")
            self.stdout.write("")

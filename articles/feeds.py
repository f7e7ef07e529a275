"""Atom feeds: the newest articles of the site and of a channel."""

from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from organizations.models import SiteSettings

from .menu import channels, covered
from .models import Article, Channel

LENGTH = 30


@dataclass(frozen=True)
class Subject:
    """What a feed is of: the site, or one channel of it."""

    site: SiteSettings
    channel: Channel | None = None
    covered: tuple[int, ...] = ()
    """The channel and those below it."""


class NewestFeed(Feed):
    """What was published last, everywhere or in the channel of the address and those below it."""

    feed_type = Atom1Feed

    def get_object(self, request, slug: str | None = None):
        site = SiteSettings.load()
        if slug is None:
            return Subject(site)
        known = channels(request)
        found = next((row for row in known.values() if row.slug == slug), None)
        if found is None:
            raise Http404
        return Subject(site, found, tuple(covered(found, known)))

    def title(self, subject):
        return f"{subject.channel.name} - {subject.site.name}" if subject.channel else subject.site.name

    def subtitle(self, subject):
        return subject.channel.description if subject.channel else subject.site.motto

    def link(self, subject):
        return subject.channel.get_absolute_url() if subject.channel else reverse("front")

    def items(self, subject):
        rows = Article.objects.published().for_lists().newest()
        return (rows.filter(channel__in=subject.covered) if subject.channel else rows)[:LENGTH]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_author_name(self, item):
        return item.author or (item.organization.name if item.organization else None)

    def item_pubdate(self, item):
        return item.published_at or item.first_published_at

    def item_updateddate(self, item):
        return item.revised_at or item.first_published_at

"""Atom and RSS: what was published last on the site, in a channel, of a union, in a collection, with a tag."""

from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from taggit.models import Tag

from organizations.models import Organization, SiteSettings
from organizations.shown import shows

from . import months
from .listing import organization_list, tag_list
from .long_lists import newest_of, within_reach
from .menu import channels, covered
from .models import Article, Collection

LENGTH = 30


@dataclass(frozen=True)
class Subject:
    """What a feed is of: its name, a sentence about it, the page it belongs to, and its articles."""

    name: str
    about: str
    address: str
    articles: object


class NewestFeed(Feed):
    """The newest articles of a subject, each with its summary; subclasses say of what."""

    feed_type = Atom1Feed

    def get_object(self, request, **parts):
        self.site = SiteSettings.load()
        return self.subject(request, **parts)

    def subject(self, request) -> Subject:
        shows("articles")
        return Subject("", self.site.motto, reverse("front"), Article.objects.published())

    def title(self, subject):
        return f"{subject.name} - {self.site.name}" if subject.name else self.site.name

    def subtitle(self, subject):
        return subject.about

    description = subtitle  # as RSS calls it

    def link(self, subject):
        return subject.address

    def items(self, subject):
        return subject.articles.for_lists().newest()[:LENGTH]

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

    def item_categories(self, item):
        return [item.channel.name]


class ChannelFeed(NewestFeed):
    """A channel's articles with those of the channels below it."""

    def subject(self, request, slug: str) -> Subject:
        known = channels(request)
        found = next((row for row in known.values() if row.slug == slug), None)
        if found is None:
            raise Http404
        reach = covered(found, known)
        rows = Article.objects.published().filter(channel__in=reach)
        rows = within_reach(rows, months.counts(reach).all, LENGTH)
        return Subject(found.name, found.description, found.get_absolute_url(), rows)


class OrganizationFeed(NewestFeed):
    """A union's articles with those of its subordinates."""

    def subject(self, request, slug: str) -> Subject:
        found = get_object_or_404(Organization, slug=slug)
        shows(f"organization:{found.path}")
        rows = newest_of(Article.objects.published(), organization_list(found), LENGTH)
        return Subject(found.name, found.intro, found.get_absolute_url(), rows)


class CollectionFeed(NewestFeed):
    def subject(self, request, slug: str) -> Subject:
        found = get_object_or_404(Collection.objects.published(), slug=slug)
        shows(f"collection:{found.pk}")
        rows = Article.objects.published().filter(places__collection=found)
        return Subject(found.title, found.intro, found.get_absolute_url(), rows)


class TagFeed(NewestFeed):
    def subject(self, request, name: str) -> Subject:
        found = get_object_or_404(Tag, name=name)
        shows(f"tag:{found.name.casefold()}")
        rows = newest_of(Article.objects.published(), tag_list(found.pk), LENGTH)
        if not rows.exists():
            raise Http404
        return Subject(found.name, "", reverse("tag", args=[found.name]), rows)


def rss(feed: type[NewestFeed]) -> type[NewestFeed]:
    """The same feed as RSS 2.0."""
    return type(f"Rss{feed.__name__}", (feed,), {"feed_type": Rss201rev2Feed})

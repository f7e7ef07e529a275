"""The public addresses of articles; an article's never changes."""

from collections.abc import Iterator

from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from organizations.shown import kept_page

from . import feeds, sitemap
from .leaving import leaving
from .views import archive, article, beacon, favourites, lists, media, preview, search, share

FEEDS = {  # name: the list it belongs to, and its feed
    "feed": ("", feeds.NewestFeed),
    "channel-feed": ("channels/<slug:slug>/", feeds.ChannelFeed),
    "organization-feed": ("organizations/<slug:slug>/", feeds.OrganizationFeed),
    "collection-feed": ("collections/<slug:slug>/", feeds.CollectionFeed),
    "tag-feed": ("tags/<path:name>/", feeds.TagFeed),
}


def feed_addresses() -> Iterator[URLPattern]:
    """feed/ and feed/rss/ below each list."""
    for name, (place, feed) in FEEDS.items():
        yield path(f"{place}feed/", require_safe(kept_page()(feed())), name=name)
        yield path(f"{place}feed/rss/", require_safe(kept_page()(feeds.rss(feed)())), name=f"{name}-rss")


urlpatterns = [
    *feed_addresses(),
    path("articles/<int:pk>/", article.article, name="article"),
    path("articles/<int:pk>/views", beacon.views, name="article-views"),
    path("articles/<int:pk>/qr.svg", share.code, name="article-qr"),
    path("articles/<int:pk>/preview/", preview.preview, name="article-preview"),
    path("preview/<str:token>/", preview.by_link, name="preview-link"),
    path("channels/", lists.channels, name="channels"),
    path("channels/<slug:slug>/", lists.channel, name="channel"),
    path("collections/", lists.collections, name="collections"),
    path("collections/<slug:slug>/", lists.collection, name="collection"),
    path("tags/", lists.tags, name="tags"),
    path("tags/<path:name>/", lists.tag, name="tag"),
    path("search/", search.search_page, name="search"),
    path("search/suggest", search.suggest, name="search-suggest"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<int:year>/", archive.archive_year, name="archive-year"),
    path("archive/<int:year>/<int:month>/", archive.archive_month, name="archive-month"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("leaving/", leaving, name="leaving"),
    path("media/<path:path>", media.media, name="media"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-lists.xml", sitemap.lists, name="sitemap-lists"),
    path("sitemap-unions-<int:part>.xml", sitemap.unions, name="sitemap-unions"),
    path("sitemap-<int:part>.xml", sitemap.articles, name="sitemap-articles"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("opensearch.xml", sitemap.opensearch, name="opensearch"),
]

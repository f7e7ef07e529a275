"""The public addresses of articles; an article's never changes."""

from django.urls import path
from django.views.decorators.http import require_safe

from . import sitemap
from .feeds import NewestFeed
from .leaving import leaving
from .views import article, beacon, favourites, lists, media, preview, search

feed = require_safe(NewestFeed())

urlpatterns = [
    path("articles/<int:pk>/", article.article, name="article"),
    path("articles/<int:pk>/views", beacon.views, name="article-views"),
    path("articles/<int:pk>/preview/", preview.preview, name="article-preview"),
    path("preview/<str:token>/", preview.by_link, name="preview-link"),
    path("channels/", lists.channels, name="channels"),
    path("channels/<slug:slug>/", lists.channel, name="channel"),
    path("channels/<slug:slug>/feed/", feed, name="channel-feed"),
    path("collections/", lists.collections, name="collections"),
    path("collections/<slug:slug>/", lists.collection, name="collection"),
    path("tags/", lists.tags, name="tags"),
    path("tags/<path:name>/", lists.tag, name="tag"),
    path("search/", search.search_page, name="search"),
    path("archive/", lists.archive, name="archive"),
    path("archive/<int:year>/", lists.archive_year, name="archive-year"),
    path("archive/<int:year>/<int:month>/", lists.archive_month, name="archive-month"),
    path("favourites/", favourites.favourites, name="favourites"),
    path("leaving/", leaving, name="leaving"),
    path("media/<path:path>", media.media, name="media"),
    path("feed/", feed, name="feed"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("robots.txt", sitemap.robots, name="robots"),
]

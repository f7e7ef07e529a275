"""The pages about the site: its map (网站地图) and its reading aids (无障碍说明)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.menu import below, channels, single_pages
from articles.models import Channel, Collection
from articles.months import by_month
from organizations.directory import Directory
from organizations.shown import kept_page, shows

TOPICS = 60


@require_safe
@kept_page()
def site_map(request):
    """Every channel, single page and topic, the directory by level, the archive by year."""
    shows("collections")
    known = channels(request)
    lists = [row for row in known.values() if row.parent_id is None and row.shown and row.kind == Channel.Kind.LIST]
    context = {
        "section": "sitemap",
        "channels": [(channel, below(channel, known)) for channel in lists],
        "pages": single_pages(request),
        "collections": Collection.objects.published().only("title", "slug")[:TOPICS],
        "levels": [level for level in Directory().levels if level.total],
        "years": [(year, sum(months.values())) for year, months in by_month().items()],
    }
    return render(request, "unioncms/site_map.html", context)


@require_safe
@kept_page()
def accessibility(request):
    """What helps to read the site."""
    return render(request, "unioncms/accessibility.html", {"section": "accessibility"})

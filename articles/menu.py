"""The channels as a page needs them, for the menu, the breadcrumb and the list of channels: kept until one changes, or
the first article of one appears or its last one goes; where nothing is kept, read once a request."""

from django.db.models import Exists, OuterRef

from organizations.kept import kept

from .models import Article, Channel

MENU_LENGTH = 8


def channels(request) -> dict[int, Channel]:
    """All channels by number, in menu order; `shown` says that something public stands in one or below it (R3)."""
    if not hasattr(request, "_channels"):
        request._channels = kept("channels", (), _channels)
    return request._channels


def _channels() -> dict[int, Channel]:
    public = Article.objects.published().order_by()
    # A range, not an equality: PostgreSQL takes every channel to be full, and looks for one's articles in the whole
    # table from its beginning, not in the index. An empty channel then cost each page a reading of all articles.
    own = public.filter(channel__gte=OuterRef("pk"), channel__lte=OuterRef("pk"))
    rows = Channel.objects.annotate(
        has_articles=Exists(own), has_page=Exists(public.filter(pk=OuterRef("page")))
    ).order_by("position", "pk")
    found = {channel.pk: channel for channel in rows}
    for channel in found.values():
        channel.shown = channel.has_page if channel.kind == Channel.Kind.PAGE else channel.has_articles
    for channel in found.values():
        if channel.shown:
            for above in trail(channel, found):
                above.shown = True
    return found


def trail(channel: Channel, known: dict[int, Channel]) -> list[Channel]:
    """The channels from the top down to `channel`."""
    way = [channel]
    while way[0].parent_id in known and len(way) < 10:
        way.insert(0, known[way[0].parent_id])
    return way


def covered(channel: Channel, known: dict[int, Channel]) -> list[int]:
    """The numbers of `channel` and of every channel below it, however deep."""
    return [row.pk for row in known.values() if channel in trail(row, known)]


def menu(request) -> list[Channel]:
    """What the main menu shows: top channels that have something to read."""
    return [c for c in channels(request).values() if c.in_menu and c.parent_id is None and c.shown][:MENU_LENGTH]


def below(channel: Channel, known: dict[int, Channel]) -> list[Channel]:
    """The channels just below `channel` that have something to read (R3)."""
    return [child for child in known.values() if child.parent_id == channel.pk and child.shown]


def single_pages(request) -> list[Channel]:
    """The single pages that are there to read (概况, 办事指南), in menu order."""
    return [channel for channel in channels(request).values() if channel.kind == Channel.Kind.PAGE and channel.shown]

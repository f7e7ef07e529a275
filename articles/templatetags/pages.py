"""What every page needs: the reader's modes, the menu, dates, titles, the tags of the page tag standard."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import date_format, get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from organizations.kept import kept
from organizations.models import SiteSettings

from ..headlines import headline as headline_html
from ..menu import channels as known_channels
from ..menu import menu, trail
from ..models import Article
from .head import breadcrumb_ld

register = template.Library()

MODES = {"view": ("elder",), "size": ("s", "l"), "scheme": ("light", "dark")}


@register.simple_tag(takes_context=True)
def modes(context) -> str:
    """The attributes of <html> for the modes asked for in the address, and for the site's grey mode or its accent."""
    request, site = context.get("request"), context.get("site")
    asked = [(name, request.GET[name]) for name, values in MODES.items() if request and request.GET.get(name) in values]
    if getattr(site, "grey_mode", False):
        asked.append(("tone", "grey"))
    elif (accent := getattr(site, "accent", SiteSettings.Accent.RED)) != SiteSettings.Accent.RED:
        asked.append(("accent", accent))
    return format_html_join("", ' data-{}="{}"', asked)


@register.simple_tag(takes_context=True)
def current_mode(context, name: str, value: str) -> str:
    request = context.get("request")
    asked = request.GET.get(name, "") if request else ""
    return mark_safe(' aria-current="true"') if asked == value else ""


@register.simple_tag
def today() -> str:
    now = timezone.localtime()
    return f"{format_date(now, get_format('DATE_FORMAT'))} {date_format(now, 'l')}"


@register.inclusion_tag("parts/main_menu.html", takes_context=True)
def main_menu(context) -> dict:
    """The main menu; the page says where it stands with `channel` or `section`."""
    request, channel = context["request"], context.get("channel")
    current = [step.pk for step in trail(channel, known_channels(request))] if channel else []
    return {
        "items": menu(request),
        "current": current,
        "front": context.get("front"),
        "section": context.get("section"),
    }


@register.simple_tag(takes_context=True)
def kept_part(context, name: str) -> str:
    """The template `name`, the same for every reader: kept where the address says nothing of how the page is to look.

    It may show no more of the page than where in the menu it stands, and the day.
    """
    part = context.template.engine.get_template(name)
    request = context.get("request")
    if request is None or request.GET:
        return part.render(context)
    place = [context.get(what) for what in ("front", "section", "own_search")]
    place += [getattr(context.get("channel"), "pk", None), get_language(), timezone.localdate()]
    return kept(f"{name} {place}", (), lambda: part.render(context))


@register.simple_tag(takes_context=True)
def same_part(context, name: str) -> str:
    """The template `name`, which shows nothing but the site and its words: the same on every page of a language."""
    part = context.template.engine.get_template(name)
    return kept(f"{name} {get_language()}", (), lambda: part.render(context))


@register.filter
def headline(title) -> str:
    """A title that breaks at words."""
    return headline_html(str(title))


@register.simple_tag
def published(article, minutes: bool = False) -> str:
    """When the article is dated: to the minute where asked for and known, else the day; 日期不详 without a date."""
    if article.published_at is None:
        return format_html('<span class="nodate">{}</span>', _("date unknown"))
    local = timezone.localtime(article.published_at)
    if minutes and article.published_precision == Article.Precision.SECOND:
        return format_html('<time datetime="{}">{}</time>', local.isoformat("T", "minutes"), f"{local:%Y-%m-%d %H:%M}")
    return format_html('<time datetime="{0}">{0}</time>', f"{local:%Y-%m-%d}")


@register.simple_tag
def day(moment) -> str:
    """The day of a moment."""
    return format_html('<time datetime="{0}">{0}</time>', f"{timezone.localtime(moment):%Y-%m-%d}")


@register.simple_tag
def page_tag(name: str, content) -> str:
    """<meta name content>; nothing at all for an empty value (R1)."""
    content = " ".join(str(content or "").split())
    return format_html('<meta name="{}" content="{}">\n', name, content) if content else ""


@register.simple_tag(takes_context=True)
def site_tags(context) -> str:
    """The tags of the page tag standard that every page carries."""
    site = context.get("site")
    pairs = [("SiteName", site.name), ("SiteDomain", site.domain), ("SiteIDCode", site.site_code)] if site else []
    return format_html_join("\n", '<meta name="{}" content="{}">', [pair for pair in pairs if pair[1]])


def _crumbs(context, steps: list[tuple[str, str]], last: str) -> dict:
    return {"steps": steps, "last": last, "data": breadcrumb_ld(context["request"], steps, last)}


@register.simple_tag(takes_context=True)
def crumbs(context, channel=None, last: str = "") -> str:
    """The breadcrumb through the channels to `last`; without `last` the channel itself is the current page."""
    request = context["request"]
    place = [getattr(channel, "pk", None), str(last), request.scheme, request.get_host(), get_language()]
    return kept(f"crumbs {place}", (), lambda: _through_channels(context, channel, last))


def _through_channels(context, channel, last: str) -> str:
    steps = trail(channel, known_channels(context["request"])) if channel else []
    if not last and steps:
        *steps, here = steps
        last = here.name
    data = _crumbs(context, [(step.name, step.get_absolute_url()) for step in steps], last)
    return context.template.engine.get_template("parts/crumbs.html").render(context.new(data))


@register.inclusion_tag("parts/crumbs.html", takes_context=True)
def crumb(context, last: str, *steps) -> dict:
    """A breadcrumb of address names: {% crumb "Search" "organizations" "Unions by level" %}."""
    return _crumbs(context, [(steps[i + 1], reverse(steps[i])) for i in range(0, len(steps), 2)], last)


@register.inclusion_tag("parts/crumbs.html", takes_context=True)
def crumb_steps(context, steps, last: str) -> dict:
    """A breadcrumb of (name, address)."""
    return _crumbs(context, list(steps), last)


@register.inclusion_tag("parts/pages.html", takes_context=True)
def page_links(context, page, total: str = "") -> dict:
    """Words and numbers to turn the pages of a list; `total` says how many there are, else the articles are counted."""
    paginator = page.paginator
    numbers = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1) if paginator.num_pages > 1 else []
    count = paginator.count
    total = total or ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}
    return {
        "page": page,
        "numbers": numbers,
        "ellipsis": paginator.ELLIPSIS,
        "total": total,
        "request": context["request"],
    }

"""What a page tells machines: description, canonical address, Open Graph, JSON-LD, its feeds."""

import json

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

LISTED = ("page", "year", "level", "place", "letter", "under", "news")
"""Parameters that make another page of an address; the others change its look or tell where a reader came from."""
LONGEST_HEADLINE = 110


@register.simple_tag(takes_context=True)
def head_tags(context, title="", description="", image="", kind="website", path="") -> SafeString:
    """Description, canonical address and Open Graph; what is empty prints nothing, the description falls back on the
    site's. `image` is an absolute address, `kind` an Open Graph type, `path` that of the page where its text belongs.
    """
    site, request = context["site"], context["request"]
    address = request.build_absolute_uri(path) if path else canonical(request)
    description = " ".join((description or site.description or site.motto).split())
    shared = {
        "og:site_name": site.name,
        "og:type": kind,
        "og:title": title or site.name,
        "og:description": description,
        "og:url": address,
        "og:image": image,
        "og:locale": "zh_CN",
    }
    named = [("description", description)] if description else []
    return format_html(
        '<link rel="canonical" href="{}">\n{}{}',
        address,
        format_html_join("", '<meta name="{}" content="{}">\n', named),
        format_html_join("", '<meta property="{}" content="{}">\n', [pair for pair in shared.items() if pair[1]]),
    )


def canonical(request) -> str:
    """The absolute address of this page without what only changes its look."""
    query = request.GET.copy()
    for name in set(query) - set(LISTED):
        del query[name]
    if query.get("page") == "1":
        del query["page"]
    return request.build_absolute_uri(request.path + (f"?{query.urlencode()}" if query else ""))


@register.simple_tag(takes_context=True)
def article_ld(context) -> SafeString:
    """An article as a NewsArticle of schema.org; needs the context of article.page_context."""
    article, revision, request = context["article"], context["revision"], context["request"]
    site = context["site"]
    changed = article.revised_at or article.published_at or article.first_published_at
    publisher = {"@type": "Organization", "name": site.organizer or site.name}
    if site.logo:
        publisher["logo"] = {"@type": "ImageObject", "url": request.build_absolute_uri(site.logo_address)}
    dated = article.published_at or article.first_published_at
    author = {"@type": "Person", "name": revision.author} if revision.author else None
    if author is None and article.organization:
        own = request.build_absolute_uri(article.organization.get_absolute_url())
        author = {"@type": "Organization", "name": article.organization.name, "url": own}
    return script(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title[:LONGEST_HEADLINE],
            "alternativeHeadline": revision.subtitle,
            "description": article.summary,
            "mainEntityOfPage": context["address"],
            "datePublished": moment(dated),
            "dateModified": moment(max(filter(None, (changed, dated)), default=None)),
            "author": author or publisher,
            "publisher": publisher,
            "image": context["image"],
            "articleSection": article.channel.name,
            "keywords": list(revision.tags),
            "inLanguage": "zh-CN",
            "isBasedOn": getattr(revision, "original_url", ""),
            "isAccessibleForFree": True,
        }
    )


def moment(at) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def breadcrumb_ld(request, steps: list[tuple[str, str]], last: str) -> SafeString:
    """The breadcrumb as a BreadcrumbList: (name, address) from the front page down, and the page itself."""
    places = [(_("Front page"), reverse("front")), *steps, (last, "")]
    items = [
        {"@type": "ListItem", "position": place, "name": str(name)}
        | ({"item": request.build_absolute_uri(address)} if address else {})
        for place, (name, address) in enumerate(places, 1)
    ]
    return script({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})


def script(data: dict) -> SafeString:
    """`data` as a block of JSON-LD without its empty values; its words cannot end the script."""
    kept = {name: value for name, value in data.items() if value not in ("", [], None)}
    written = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308  escaped above


@register.simple_tag
def feed_links(kind: str, name: str, *arguments) -> SafeString:
    """The Atom and RSS feeds of a list: kind is "site", "channel", "organization", "collection" or "tag"."""
    prefix = "" if kind == "site" else f"{kind}-"
    feeds = [("atom", f"{prefix}feed", "Atom"), ("rss", f"{prefix}feed-rss", "RSS")]
    return format_html_join(
        "\n",
        '<link rel="alternate" type="application/{}+xml" title="{} {}" href="{}">',
        [(form, name, said, reverse(address, args=arguments)) for form, address, said in feeds],
    )

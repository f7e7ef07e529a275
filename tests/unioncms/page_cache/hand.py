"""A process that works on a live site's database: reads requests as JSON, one a line, and answers each with one.

{"do": name, "seed": number} does a deed (deeds.py); {"addresses": n} gives the pages of the site; {"ending": seconds}
makes an article that ends then and gives its address; {"fresh": [address]} makes pages anew, in a
process that keeps nothing, as [status, where it leads, body].
"""

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ["PAGE_CACHE_MEGABYTES"] = "0"
    django.setup()

    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from articles.models import Article, Channel, Collection
    from organizations.models import Organization
    from tests.unioncms.page_cache import deeds

    FIXED = ("/", "/channels/", "/organizations/", "/collections/", "/tags/", "/archive/", "/sitemap/", "/feed/")
    MACHINES = ("/sitemap.xml", "/sitemap-lists.xml", "/sitemap-1.xml", "/robots.txt")

    def addresses(most: int) -> list[str]:
        """Every list, and the pages of the articles changed last and of some others: `most` of them."""
        year = timezone.localdate().year
        lists = [*FIXED, *MACHINES, f"/archive/{year}/", f"/archive/{year - 1}/", "/archive/2025/3/", "/no/such/"]
        for row in [*Channel.objects.all(), *Organization.objects.all()[:5], *Collection.objects.all()]:
            lists.append(row.get_absolute_url())
        for slug in Channel.objects.filter(kind=Channel.Kind.LIST).values_list("slug", flat=True):
            lists += [f"/channels/{slug}/?page=2", f"/channels/{slug}/?year={year}"]
        lists += [
            "/organizations/haibin/feed/rss/",
            "/organizations/haibin/?news=own&page=1",
            "/channels/yaowen/?page=3",
        ]
        for tag in deeds.TAGS:
            lists.append(f"/tags/{tag}/")
        shown = Article.objects.exclude(first_published_at=None)
        articles = [*shown.order_by("-changed_at")[: most // 2], *shown.order_by("-sort_at")[:most]]
        return list(dict.fromkeys([*lists, *[row.get_absolute_url() for row in articles][:most]]))

    client = Client(raise_request_exception=False, HTTP_HOST="localhost")

    def fresh(address: str) -> list:
        cache.clear()
        response = client.get(address)
        return [response.status_code, response.headers.get("Location", ""), response.content.decode()]

    def answer(asked: dict):
        connection.close()  # it may have been away meanwhile
        if "do" in asked:
            return deeds.do(asked["do"], asked["seed"])
        if "fresh" in asked:
            return [fresh(address) for address in asked["fresh"]]
        if "addresses" in asked:
            return addresses(asked["addresses"])
        if "ending" in asked:
            return deeds.ending(asked["ending"])
        return deeds.furnish()

    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)

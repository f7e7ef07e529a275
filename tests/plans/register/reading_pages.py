"""What stands in a page of the register, and what it cost."""

import lxml.html
from django.db import connection
from django.test.utils import CaptureQueriesContext


def pks(response) -> list[int]:
    """The plans of the table, top down, by what their links say."""
    links = lxml.html.fromstring(response.content).xpath("//tr[@class='plan']/th/a/@href")
    return [int(link.strip("/").split("/")[-1]) for link in links]


def facet(response, name: str) -> dict[str, int]:
    """The facet's numbers as printed beside its boxes."""
    labels = lxml.html.fromstring(response.content).xpath(f"//label[input/@name='{name}']")
    return {label.xpath("input/@value")[0]: int(label.xpath("span[@class='n']")[0].text) for label in labels}


def queries(client, address: str) -> list[str]:
    """The SELECTs of the page itself: without the session's and the user's own row."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    found = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH", "("))]
    return [
        sql
        for sql in found
        if 'FROM "organizations_signedinsession"' not in sql and 'FROM "organizations_user"' not in sql
    ]

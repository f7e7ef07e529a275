"""What a leader does on the page of a preview link, for its tests."""

import re

from articles import links, publishing
from organizations.models import AuditEntry

LEADER = "王主席"


def another_text(article, title="送清凉"):
    return publishing.save_revision(article, None, {"title": title})


def ticket_in(response) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', response.content.decode())[1]


def press(client, link, ticket, decision="pass", opinion="", confirmed="on"):
    data = {"ticket": ticket, "decision": decision, "opinion": opinion, "confirmed": confirmed}
    return client.post(links.address(link), data)


def entries(verb: str):
    return AuditEntry.objects.filter(verb=verb).order_by("pk")

"""Which channel an imported text belongs in."""

import re
from collections.abc import Iterable

from articles.models import Article, Channel

BY_KIND = {"plan": "jihua", "notice": "tongzhi", "speech": "jianghua", "document": "zhengce", "news": "jiceng"}
EXPERIENCE = re.compile("浅[见谈议析]|刍议|思考|体会|探[索讨]|做法|经验|研究|启示|之我见")
FALLBACK = "jiceng"


def choose_channel(kind: str, title: str, breadcrumb: list[str], there: Iterable[Channel]) -> Channel:
    """Of the channels that are `there`: plans go to the plans'; else the deepest breadcrumb name that is (part of) a
    channel's; else by kind.
    """
    channels = {channel.slug: channel for channel in there}
    if kind != "plan":
        for name in reversed(breadcrumb):
            for channel in channels.values():
                if len(name) >= 2 and (name == channel.name or name in channel.name or channel.name in name):
                    return channel
        if kind == "speech" and EXPERIENCE.search(title) and "jingyan" in channels:
            return channels["jingyan"]
    return channels.get(BY_KIND.get(kind, FALLBACK)) or next(iter(channels.values()))


def article_kind(kind: str) -> str:
    """The article kind for a kind the importer prints."""
    return kind if kind in Article.Kind.values else Article.Kind.OTHER

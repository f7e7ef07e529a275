"""Records of an invented province, as many as wanted and the same for the same seed: python -m bench records.

Record number i (its id) is made from the seed and i alone, so that any part can be made again. What is planted, and
how often, is told by about(). Every tenth record is a plan.
"""

import argparse
import datetime
import itertools
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from . import vocabulary as words

SITE = "bench"
BEGIN, END = datetime.datetime(2011, 9, 1, 8), datetime.datetime(2026, 9, 1, 8)
ZONE = datetime.timezone(datetime.timedelta(hours=8))
RARE = 17
TAGS = 400
YEARS = range(2012, 2027)
NUMERALS = "一二三四五六七八九十"
SHORTEST, LONGEST = 1_500, 4_000  # characters of a text


@cache
def bodies() -> list[dict]:
    """The organisations: keys of a record that name each, the national and the provincial one not among them."""
    names = ["".join(pair) for pair in itertools.product(words.FIRST, words.SECOND)]
    random.Random(1).shuffle(names)
    free = iter(names)
    top = [{"name": "中华全国总工会", "level": "national"}, {"name": "云岭省总工会", "level": "province"}]
    found = []

    def add(name: str, level: str, above: list[dict]) -> list[dict]:
        found.append({"organization": name, "organization_level": level, "organization_above": above})
        return [*above, {"name": name, "level": level}]

    for _ in range(12):
        city = add(f"{next(free)}市总工会", "city", top)
        for _ in range(7):
            district = add(f"{next(free)}县总工会", "district", city)
            for _ in range(5):
                add(f"{next(free)}镇总工会", "township", district)
            for firm in range(5):
                kind = words.FIRMS[(len(found) + firm) % len(words.FIRMS)]
                add(f"{district[-1]['name'][:2]}{kind}有限公司工会委员会", "enterprise", district)
    return found


def planted(number: int, count: int) -> list[str]:
    """The words that are planted in record `number` (from 0) of `count`, besides the one that all have."""
    place = number * 7919 % 100  # over a hundred records in a row each value once
    found = []
    step = max(1, count // RARE)
    if number % step == step // 2 and number // step < RARE:
        found.append(words.PLANTED["rare"])
    if place == 34:
        found.append(words.PLANTED["hundredth"])
    if 40 <= place < 52:
        found.append(words.PLANTED["eighth"])
    if 60 <= place < 67:
        found.append(words.PAIR[0])
    if 65 <= place < 72:
        found.append(words.PAIR[1])
    return found


def about(count: int, seed: int) -> dict:
    """What stands in the records, counted."""
    found: Counter = Counter()
    both = 0
    for number in range(count):
        here = planted(number, count)
        found.update(here)
        both += set(words.PAIR) <= set(here)
    found[words.PLANTED["every"]] = count
    return {
        "count": count,
        "seed": seed,
        "site": SITE,
        "plans": sum(1 for number in range(count) if is_plan(number)),
        "organizations": len(bodies()),
        "words": {name: {"word": word, "count": found[word]} for name, word in words.PLANTED.items()},
        "pair": {"words": list(words.PAIR), "counts": [found[word] for word in words.PAIR], "both": both},
    }


def is_plan(number: int) -> bool:
    return number % 10 == 3


class Writer:
    """Writes one record from its own chance."""

    def __init__(self, number: int, count: int, seed: int):
        self.number, self.count, self.seed = number, count, seed
        self.chance = random.Random(f"{seed} {number}")
        self.choose = self.chance.choice

    def fill(self, pattern: str, **more) -> str:
        choose = self.choose
        return pattern.format(
            when=choose(words.WHEN),
            who=choose(words.WHO),
            how=choose(words.HOW),
            how2=choose(words.HOW),
            verb=choose(words.VERBS),
            what=choose(words.WHAT),
            what2=choose(words.WHAT),
            aim=choose(words.AIMS),
            where=choose(words.WHERE),
            things=choose(words.THINGS),
            n=int(self.chance.random() ** 2 * 900) + 2,
            p=85 + int(self.chance.random() * 14),
            **more,
        )

    def record(self) -> dict:
        chance, number = self.chance, self.number
        plan = is_plan(number)
        whose = bodies()[self._plan_place()[0] if plan else int(chance.random() ** 1.7 * len(bodies()))]
        date = BEGIN + (END - BEGIN) * ((number + chance.random()) / self.count) ** 0.8
        channel, name = words.PLANS if plan else self._channel()
        record = {
            "id": str(number + 1),
            "site": SITE,
            "kind": "plan" if plan else "article",
            "title": "",
            "slug": f"/news/{number + 1}.html",
            "channel": channel,
            "channel_name": name,
            **whose,
            "published_at": date.replace(microsecond=0, tzinfo=ZONE).isoformat(),
            "source": whose["organization"] if chance.random() < 0.8 else "云岭工人报",
            "author": "",
            "tags": self._tags(),
        }
        return record | (self._plan(whose["organization"]) if plan else self._article(whose["organization"]))

    def _channel(self) -> tuple[str, str]:
        shares = [share for _name, share in words.CHANNELS.values()]
        slug = self.chance.choices(list(words.CHANNELS), shares)[0]
        return slug, words.CHANNELS[slug][0]

    def _tags(self) -> list[str]:
        numbers = {int(self.chance.random() ** 3 * TAGS) for _ in range(int(self.chance.random() * 5))}
        return [f"{words.WHAT[at % len(words.WHAT)]}{'' if at < len(words.WHAT) else at}" for at in sorted(numbers)]

    def _article(self, place: str) -> dict:
        title = self.fill(self.choose(words.HEADLINES), place=place)
        paragraphs, length = [], 0
        least = SHORTEST + 300 + self.chance.random() ** 1.5 * (LONGEST - SHORTEST - 700)
        while length < least:
            paragraph = "".join(self.fill(self.choose(words.SENTENCES)) for _ in range(self.choose((2, 3, 4, 5))))
            paragraphs.append(paragraph)
            length += len(paragraph)
        self._plant(paragraphs)
        html = [f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs]
        for at in range(5, len(html), 6):
            html[at] = f"<h2>{self.fill(self.choose(words.SECTIONS))}</h2>" + html[at]
        return {"title": title, "body_html": "".join(html)}

    def _plant(self, paragraphs: list[str]) -> None:
        paragraphs[0] += f"{words.PLANTED['every']}干部参加。"
        for word in planted(self.number, self.count):
            at = int(self.chance.random() * len(paragraphs))
            paragraphs[at] += f"其中，{word}受到欢迎。"

    def _plan_place(self) -> tuple[int, int, str]:
        """Which body's plan it is, of which year and subject: no two are of the same."""
        years, which = divmod(self.number // 10, len(bodies()))
        subjects, year = divmod(years, len(YEARS))
        return which, YEARS[year], words.SUBJECTS[subjects % len(words.SUBJECTS)]

    def _plan(self, place: str) -> dict:
        _which, year, subject = self._plan_place()
        opening = ["".join(self.fill(self.choose(words.SENTENCES)) for _ in range(5))]
        self._plant(opening)
        sections, html = [], [f"<p>{opening[0]}</p>"]
        for at in range(6 + int(self.chance.random() * 4)):
            heading = self.fill(self.choose(words.SECTIONS))
            promise, comparator, unit = self.choose(words.PROMISES)
            amount = int(self.chance.random() * 90) + 10
            quote = self.fill(promise.replace("{n}", str(amount)).replace("{p}", str(amount)))
            text = "".join(self.fill(self.choose(words.SENTENCES)) for _ in range(7)) + f"{quote}。"
            target = {"quote": quote, "number": str(amount), "unit": unit, "comparator": comparator}
            sections.append({"number": f"{NUMERALS[at]}、", "heading": heading, "text": text, "targets": [target]})
            html.append(f"<h2>{NUMERALS[at]}、{heading}</h2><p>{text}</p>")
        named = "" if subject == words.SUBJECTS[0] else subject
        about = {"plan": {"subject": subject}} if named else {}
        title = f"{place}{year}年{named}工作要点"
        return {"title": title, "body_html": "".join(html), "year": year, **about, "sections": sections}


def lines(count: int, seed: int, first: int = 0) -> Iterator[bytes]:
    """The records from number `first` (from 0) on, each a line."""
    for number in range(first, count):
        yield json.dumps(Writer(number, count, seed).record(), ensure_ascii=False).encode() + b"\n"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=1_000, help="records made or loaded")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same records")
    parser.add_argument("--about", type=Path, metavar="FILE.json", help="what was planted (records; else to stderr)")


def measure(options: argparse.Namespace) -> None:
    """Write the records to standard output, and what was planted beside them."""
    for line in lines(options.count, options.seed):
        sys.stdout.buffer.write(line)
    told = json.dumps(about(options.count, options.seed), ensure_ascii=False, indent=1)
    if options.about:
        options.about.write_text(told + "\n", "utf-8")
    else:
        print(told, file=sys.stderr)

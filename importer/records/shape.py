"""What a line of records says: a Record, or why it is none. Pure."""

import datetime
import json
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime

from articles.html import CONTROL

BEIJING = ZoneInfo("Asia/Shanghai")
ARTICLE, PLAN = "article", "plan"
LONGEST_ID = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100


def gettext_noop(message: str) -> str:
    return message


class BadRecord(Exception):
    """Why a line is passed over: a sentence (English source) with its parameters."""

    def __init__(self, sentence: str, **params):
        super().__init__(sentence, params)
        self.sentence, self.params = sentence, params

    def __reduce__(self):
        return _bad_record, (self.sentence, self.params)


def _bad_record(sentence: str, params: dict) -> BadRecord:
    return BadRecord(sentence, **params)


@dataclass(frozen=True)
class Body:
    """An organisation above another, by its name and level (a code or a name)."""

    name: str
    level: str = ""


@dataclass(frozen=True)
class Whose:
    """The organisation a record names. `above` are those over it, the highest first; None: its place is not known;
    where the record does not say (`told` is false) the name decides."""

    name: str
    level: str = ""
    above: tuple[Body, ...] | None = None
    told: bool = False
    address: str = ""


@dataclass
class PlanGiven:
    """What makes a record a plan; its `sections`, and `targets` of none of them, as given (None: the text is read)."""

    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    sections: object = None
    targets: object = None
    about: dict = field(default_factory=dict)  # of ABOUT_PLAN


@dataclass
class Record:
    """A line of a file. `text` has keys of articles.text.TEXT_FIELDS without the channel; `more` the rarer keys."""

    id: str
    site: str
    text: dict
    slug: str = ""
    channel: str = ""
    channel_name: str = ""
    whose: Whose | None = None
    published_at: datetime.datetime | None = None
    precision: str | None = None
    plan: PlanGiven | None = None
    more: dict = field(default_factory=dict)


LINES = ("title", "source", "author")
MORE_LINES = (
    *("kicker", "subtitle", "summary", "author_title", "editor", "reviewer"),
    *("index_number", "document_number", "original_url"),
)
"""Keys of one line that are named only where there is something to say."""
ABOUT_PLAN = (
    "role",
    "subject",
    "period",
    "state",
    "doc_number",
    "year_stated",
    "year_evidence",
    "name_then",
    "level_then",
)


def record_of(raw: bytes) -> Record:
    """Read a line. Raises BadRecord."""
    return read(parsed(raw))


def parsed(raw: bytes) -> dict:
    """The object that a line holds. Raises BadRecord where it holds none."""
    try:
        data = json.loads(raw)
    except UnicodeDecodeError:
        raise BadRecord(gettext_noop("The line is not in UTF-8."))
    except (ValueError, RecursionError):
        raise BadRecord(gettext_noop("The line is no JSON."))
    if not isinstance(data, dict):
        raise BadRecord(gettext_noop("The line holds no JSON object."))
    return data


def key(data: dict, origin: str = "") -> tuple[str, str]:
    """The site and the id by which a record is known; `origin` stands before the line's own site."""
    name = data.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int) or not (name := CONTROL.sub("", str(name)).strip()):
        raise BadRecord(gettext_noop("The record has no “id”."))
    if len(name) > LONGEST_ID:
        raise BadRecord(gettext_noop("The record's “id” is longer than 200 characters."))
    return (origin or _string(data, "site"))[:LONGEST_ID], name


def read(data: dict, origin: str = "") -> Record:
    """The record that an object is. Raises BadRecord."""
    kind = data.get("kind") or ARTICLE
    if kind not in (ARTICLE, PLAN):
        raise BadRecord(gettext_noop("“kind” is “article” or “plan”."))
    site, name = key(data, origin)
    text = {line: _string(data, line) for line in LINES}
    text |= {line: value for line in MORE_LINES if (value := _string(data, line))}
    if not text["title"].strip():
        raise BadRecord(gettext_noop("The record has no “title”."))
    text["body"] = _string(data, "body_html")
    text["tags"] = _tags(data)
    if (day := _string(data, "written_on")) and (on := _day(day)):
        text["written_on"] = on
    if data.get("complete") is False:
        text["complete"] = False
    moment, precision = _moment(data, "published_at")
    more = {}
    for place in ("article_kind", "organization_as_written", "level", "state", "withdrawal_kind", "withdrawal_reason"):
        if value := _string(data, place):
            more[place] = value
    if end := _moment(data, "withdraw_at")[0]:
        more["withdraw_at"] = end
    if data.get("published_precision") in ("day", "second"):
        precision = data["published_precision"]
    old = data.get("old_addresses") or []
    whose = _whose(data)
    if whose is None and (level := _string(data, "organization_level").strip()):
        more.setdefault("level", level)  # of the article then
    more["old_addresses"] = [one for one in old if isinstance(one, str)] if isinstance(old, list) else []
    return Record(
        id=name,
        site=site,
        text=text,
        slug=_string(data, "slug").strip(),
        channel=_string(data, "channel").strip(),
        channel_name=_string(data, "channel_name").strip(),
        whose=whose,
        published_at=moment,
        precision=precision,
        plan=_plan(data) if kind == PLAN else None,
        more=more,
    )


def _string(data: dict, name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(gettext_noop("“%(key)s” is not a string."), key=name)
    return CONTROL.sub("", value)


def _tags(data: dict) -> list[str]:
    tags = data.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BadRecord(gettext_noop("“%(key)s” is not a list of strings."), key="tags")
    return [CONTROL.sub("", tag) for tag in tags]


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _moment(data: dict, name: str) -> tuple[datetime.datetime | None, str | None]:
    """A day or a time; without a zone it is Beijing's."""
    text = _string(data, name).strip()
    if not text:
        return None, None
    if day := _day(text):
        return datetime.datetime.combine(day, datetime.time(), BEIJING), "day"
    try:
        moment = parse_datetime(text)
        if moment is not None:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
            moment.astimezone(datetime.UTC)  # what lies at the end of time has no other zone
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise BadRecord(gettext_noop("“%(key)s” is no date: write 2024-03-01 or 2024-03-01T09:30:00+08:00."), key=name)
    return moment, None


def _whose(data: dict) -> Whose | None:
    name = " ".join(_string(data, "organization").split())
    if not name:
        return None
    above = data.get("organization_above")
    bodies = None
    if above is not None:
        right = isinstance(above, list) and all(isinstance(one, dict) and one.get("name") for one in above)
        if not right:
            raise BadRecord(gettext_noop("“organization_above” is not a list of objects with a “name”."))
        bodies = tuple(Body(_string(one, "name"), _string(one, "level")) for one in above)
    return Whose(
        name,
        _string(data, "organization_level").strip(),
        bodies,
        "organization_above" in data,
        _string(data, "organization_address").strip(),
    )


def _plan(data: dict) -> PlanGiven:
    year, about = data.get("year"), data.get("plan") or {}
    if year is not None:
        try:
            year = int(year) if not isinstance(year, bool | float) else -1
        except (TypeError, ValueError):
            year = -1
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadRecord(gettext_noop("“year” is no year between 1900 and 2100."))
    if not isinstance(about, dict):
        raise BadRecord(gettext_noop("“%(key)s” is not an object."), key="plan")
    days: list[Any] = [_day(_string(about, name)) for name in ("starts_on", "ends_on")]
    if year and days == [None, None]:
        days = [datetime.date(year, 1, 1), datetime.date(year, 12, 31)]
    sections = data.get("sections")
    given = {name: about[name] for name in ABOUT_PLAN if isinstance(about.get(name), str | bool)}
    others = data.get("targets")
    told = bool(sections) or others is not None
    return PlanGiven(*days, sections if told else None, others, given)

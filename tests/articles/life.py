"""The life of articles in plain dicts, told anew without the site's code: who may do what, and what follows.

Each verb answers with what the site must do: DENIED (no right), WRONG (a sentence), else the verbs that the audit trail
gets, parted by commas, "" where there is nothing to change. What is accepted has then happened here.
"""

import datetime

DENIED, WRONG = "denied", "wrong"
WRITING = {"contributor", "editor", "reviewer", "signer", "manager"}
EDITING = WRITING - {"contributor"}
ROLES = {
    "view": WRITING | {"auditor"},
    "write": WRITING,
    "edit": EDITING,
    "publish": EDITING,
    "withdraw": EDITING,
    "review": {"reviewer", "signer"},
    "sign": {"signer"},
    "show": EDITING,
    "delegate": {"signer", "manager"},
}
ABOVE = {"city": None, "township": "city", "foreign city": None}
CHANNELS = {  # name: (the one above, stages of review)
    "notices": (None, 0),
    "news": (None, 1),
    "townships": ("news", 2),
    "documents": (None, 3),
}
PEOPLE = {  # name: memberships (role, organisation, the channel they are narrowed to)
    "contributor": [("contributor", "township", None)],
    "editor": [("editor", "city", None)],
    "narrowed editor": [("editor", "city", "news")],
    "reviewer": [("reviewer", "city", None)],
    "second reviewer": [("reviewer", "city", None)],
    "signer": [("signer", "city", None)],
    "manager": [("manager", "city", None)],
    "auditor": [("auditor", "city", None)],
    "foreign editor": [("editor", "foreign city", None)],
    "foreign signer": [("signer", "foreign city", None)],
    "nobody": [],
    "administrator": [],
}
STAGES = {0: (), 1: ("final",), 2: ("first", "final"), 3: ("first", "second", "final")}
AWAITING = ("first", "second", "final")
DECIDES = {"first": "review", "second": "review", "final": "sign", "approved": "publish"}
NO_CORRECTION = {"correction": None, "correct_at": None, "correction_by": None, "failed": False}
KEPT = ("outdated", "archived")


def bears(written: str, name: str) -> bool:
    return written.replace(" ", "").startswith(name.replace(" ", ""))


def covers(above: dict, lower: str | None, upper: str) -> bool:
    while lower is not None and lower != upper:
        lower = above[lower]
    return lower == upper


class Life:
    def __init__(self, now):
        self.now = now
        self.stages = {name: stages for name, (_, stages) in CHANNELS.items()}
        self.held = {person: list(held) for person, held in PEOPLE.items()}
        self.articles: list[dict] = []
        self.links: list[dict] = []

    # What is so

    def may(self, person, verb, owner, channel) -> bool:
        parents = {name: parent for name, (parent, _) in CHANNELS.items()}
        return person == "administrator" or any(
            role in ROLES[verb] and covers(ABOVE, owner, at) and (limit is None or covers(parents, channel, limit))
            for role, at, limit in self.held[person]
        )

    def may_with(self, person, verb, article) -> bool:
        return self.may(person, verb, article["owner"], article["channel"])

    def may_in_both(self, person, verb, article) -> bool:
        """In the channel it is in and in the one its newest text is meant for."""
        meant = article["revisions"][-1]["channel"]
        return self.may_with(person, verb, article) and self.may(person, verb, article["owner"], meant)

    def has_been_public(self, article) -> bool:
        return article["first_at"] is not None and article["first_at"] <= self.now

    def is_public(self, article) -> bool:
        start, end = article["publish_at"], article["withdraw_at"]
        return article["state"] == "public" and not (start and start > self.now) and not (end and end <= self.now)

    def is_readable(self, article) -> bool:
        return self.is_public(article) or (article["state"] == "withdrawn" and article["kind"] in KEPT)

    def review_stage(self, article) -> str:
        stage = article["revisions"][-1]["stage"]
        last = len(article["revisions"])
        if article["state"] == "trashed" or last in (article["live"], article["correction"]):
            return ""
        return "" if stage in ("draft", "superseded") else stage

    def authors(self, article) -> set:
        """Who wrote or submitted what readers have not had yet."""
        since = article["live"] if article["live"] and self.has_been_public(article) else 0
        parts = ("by", "submitter", "origin")
        return {one[part] for one in article["revisions"][since:] for part in parts if one[part]}

    def asked(self, article, revision) -> tuple:
        """The stages its channel asks for, or those of what readers have, if more."""
        stages, live = self.stages[revision["channel"]], article["live"]
        if live and article["revisions"][live - 1] is not revision and self.has_been_public(article):
            stages = max(stages, self.stages[article["revisions"][live - 1]["channel"]])
        return STAGES[stages]

    def outstanding(self, article, revision) -> list[str]:
        """The stages that are still to be passed, one after the other and each by somebody who is no author."""
        asked = list(self.asked(article, revision))
        for stage, who, passed, _ in revision["decisions"]:
            if passed and asked and stage == asked[0] and who not in self.authors(article):
                asked.pop(0)
        return asked

    def may_decide(self, person, article) -> bool:
        stage = self.review_stage(article)
        right = stage in DECIDES and self.may_in_both(person, DECIDES[stage], article)
        named = any(to and bears(to, person) for _, _, _, to in article["revisions"][-1]["decisions"])
        waits = any(
            one["article"] is article and one["by"] == person and one["decides"] and self.is_unused(one)
            for one in self.links
        )
        return right and not (person in self.apart(article) or named or waits)

    def is_unused(self, link) -> bool:
        return link["until"] > self.now and not link.get("used")

    def apart(self, article) -> set:
        """Who must not decide on the newest text: its authors, and who has decided on it."""
        return self.authors(article) | {who for _, who, _, _ in article["revisions"][-1]["decisions"]}

    def had_a_part(self, recipient, article) -> bool:
        """By the name alone: of somebody apart, or of one who decided by a link."""
        decided = [to or who for _, who, _, to in article["revisions"][-1]["decisions"]]
        return any(bears(recipient, name) for name in [*self.apart(article), *decided]) or any(
            bears(name, recipient) for name in decided
        )

    def is_fit(self, article) -> bool:
        """Whether the newest text may become public."""
        latest = article["revisions"][-1]
        return bool(latest["body"]) and latest["stage"] != "returned" and not self.outstanding(article, latest)

    # Verbs

    def create(self, person, owner, channel, title, body) -> str:
        if not self.may(person, "write", owner, channel):
            return DENIED
        if not title:
            return WRONG
        article = {"owner": owner, "channel": channel, "state": "draft", "revisions": [], "live": None, "kind": ""}
        article |= {"first_at": None, "publish_at": None, "withdraw_at": None, "into": None, "notes": []}
        article |= NO_CORRECTION
        self.articles.append(article)
        self._add(article, person, title, body, channel, "")
        return "create"

    def _add(self, article, person, title, body, channel, note, origin=None) -> None:
        if self.review_stage(article) not in ("", "returned") if article["revisions"] else False:
            article["revisions"][-1]["stage"] = "superseded"
        text = {"title": title, "body": body, "channel": channel, "note": note}
        text |= {"stage": "draft", "by": person, "submitter": None, "origin": origin, "decisions": []}
        article["revisions"].append(text)
        if article["live"] is None:
            article["channel"] = channel

    def _add_same(self, article, person) -> None:
        latest = article["revisions"][-1]
        text = (latest[name] for name in ("title", "body", "channel", "note"))
        self._add(article, person, *text, origin=latest["origin"] or latest["by"])

    def save(self, person, article, title, body, channel, base, major, note, origin=None) -> str:
        latest, last = article["revisions"][-1], len(article["revisions"])
        if not self.may_with(person, "write" if article["state"] == "draft" else "edit", article):
            return DENIED
        if article["state"] == "trashed" or not title or (major and not note):
            return WRONG
        if major is None:
            note = "" if article["live"] == last else latest["note"]
        note = "" if major is False else note
        same = (latest["title"], latest["body"], latest["channel"]) == (title, body, channel)
        if same and (note == latest["note"] or (not note and article["live"] == last)):
            return ""
        if base not in (None, last):
            return WRONG
        if not self.may(person, "write", article["owner"], channel):
            return DENIED
        self._add(article, person, title, body, channel, note, origin)
        return "save"

    def restore_revision(self, person, article, number) -> str:
        if not 0 < number <= len(article["revisions"]):
            return WRONG
        old = article["revisions"][number - 1]
        text = (old["title"], old["body"], old["channel"])
        said = self.save(person, article, *text, None, None, "", origin=old["origin"] or old["by"])
        return {"": WRONG, "save": "save,restore revision"}.get(said, said)

    def submit(self, person, article) -> str:
        latest = article["revisions"][-1]
        if not self.may_with(person, "write" if article["state"] == "draft" else "edit", article):
            return DENIED
        if article["state"] == "trashed" or len(article["revisions"]) in (article["live"], article["correction"]):
            return WRONG
        left = self.outstanding(article, latest)
        if not latest["body"] or latest["stage"] in (*AWAITING, "returned"):
            return WRONG
        if latest["stage"] == "approved" and not left:
            return WRONG
        if latest["submitter"] not in (None, person):
            self._add_same(article, person)
            latest = article["revisions"][-1]
            left = self.outstanding(article, latest)
        latest["stage"] = left[0] if left else "approved"
        latest["submitter"] = person
        return "submit"

    def decide(self, person, article, number, shown, passed, opinion) -> str:
        stage = article["revisions"][-1]["stage"]
        if not self.may_in_both(person, DECIDES.get(stage, "sign"), article):
            return DENIED
        if number != len(article["revisions"]) or not self.may_decide(person, article):
            return WRONG
        if shown not in (None, stage):
            return WRONG
        return self._decided(article, person, passed, opinion, "")

    def _decided(self, article, person, passed, opinion, recipient) -> str:
        latest = article["revisions"][-1]
        if (passed and latest["stage"] not in AWAITING) or not (passed or opinion):
            return WRONG
        latest["decisions"].append((latest["stage"], person, passed, recipient))
        left = self.outstanding(article, latest)
        latest["stage"] = "returned" if not passed else left[0] if left else "approved"
        return "pass" if passed else "return"

    def make_link(self, person, article, recipient, decides, hours) -> str:
        if not self.may_with(person, "delegate" if decides else "show", article):
            return DENIED
        if article["state"] == "trashed" or not recipient or not 0 < hours <= 31 * 24:
            return WRONG
        if decides and (self.review_stage(article) not in AWAITING or person in self.apart(article)):
            return WRONG
        if decides and (bears(recipient, person) or self.had_a_part(recipient, article)):
            return WRONG
        until = self.now + datetime.timedelta(hours=hours)
        self.links.append(
            {"article": article, "by": person, "recipient": recipient, "decides": decides, "until": until}
        )
        return "make link"

    def revoke_link(self, person, link) -> str:
        if not self.may_with(person, "show", link["article"]):
            return DENIED
        if link["until"] <= self.now:
            return WRONG
        link["until"] = self.now
        return "revoke link"

    def decide_by_link(self, visitor, link, shown, passed, opinion) -> str:
        """`shown` is the number and the stage of the text on the link's page; `visitor` is signed in there, or None."""
        article, maker = link["article"], link["by"]
        latest = article["revisions"][-1]
        if not link["decides"] or link["until"] <= self.now or not self.may_in_both(maker, "delegate", article):
            return WRONG
        if self.review_stage(article) not in AWAITING or shown != (len(article["revisions"]), latest["stage"]):
            return WRONG
        if link.get("used") or visitor == maker or self.apart(article) & {maker, visitor}:
            return WRONG
        if self.had_a_part(link["recipient"], article):
            return WRONG
        said = self._decided(article, maker, passed, opinion, link["recipient"])
        link["used"] = said != WRONG
        return said

    def publish(self, person, article, at) -> str:
        if not self.may_in_both(person, "publish", article):
            return DENIED
        if article["state"] == "trashed" or (at and (self.has_been_public(article) or at <= self.now)):
            return WRONG
        if self.is_public(article) and article["live"] == len(article["revisions"]):
            return ""
        end = article["withdraw_at"]
        if not self.is_fit(article) or (not self.has_been_public(article) and end and end <= (at or self.now)):
            return WRONG
        cancelled = "cancel correction," if article["correction"] else ""
        self._show(article, len(article["revisions"]), at)
        return cancelled + ("schedule" if at else "publish")

    def _show(self, article, number, at=None) -> None:
        if self.has_been_public(article):
            note = article["revisions"][number - 1]["note"]
            article["notes"] += [note] if note and article["live"] != number else []
        else:
            article["first_at"], article["publish_at"] = at or self.now, at
        if article["withdraw_at"] and article["withdraw_at"] <= self.now:
            article["withdraw_at"] = None
        article |= NO_CORRECTION
        article |= {"state": "public", "live": number, "kind": "", "into": None}
        article["channel"] = article["revisions"][number - 1]["channel"]

    def withdraw(self, person, article, reason, kind, into) -> str:
        if not self.may_with(person, "withdraw", article):
            return DENIED
        kept = article["state"] == "withdrawn" and article["kind"] in KEPT
        if not reason or not (article["state"] == "public" or kept):
            return WRONG
        if kind == "merged" and (into is None or into is article or not self.is_public(into)):
            return WRONG
        cancelled = "cancel correction," if article["correction"] else ""
        article |= NO_CORRECTION
        if self.has_been_public(article):
            article |= {"state": "withdrawn", "kind": kind, "into": into if kind == "merged" else None}
        else:
            article |= {"state": "draft", "live": None, "first_at": None, "publish_at": None}
            article["channel"] = article["revisions"][-1]["channel"]
        return cancelled + "withdraw"

    def schedule_correction(self, person, article, at) -> str:
        if not self.may_in_both(person, "publish", article):
            return DENIED
        start, end, last = article["publish_at"], article["withdraw_at"], len(article["revisions"])
        if article["state"] != "public" or (end and end <= max(self.now, at)) or article["live"] == last:
            return WRONG
        if at <= self.now or (start and at <= start) or not self.is_fit(article):
            return WRONG
        article |= {"correction": last, "correct_at": at, "correction_by": person, "failed": False}
        return "schedule correction"

    def cancel_correction(self, person, article) -> str:
        if not self.may_with(person, "publish", article):
            return DENIED
        if not article["correction"]:
            return WRONG
        article |= NO_CORRECTION
        return "cancel correction"

    def apply_correction(self, article) -> tuple[str, str | None]:
        """At its time, by the worker: what the trail gets and whom it names."""
        number, who, end = article["correction"], article["correction_by"], article["withdraw_at"]
        if not number or article["failed"] or article["correct_at"] > self.now:
            return "", None
        meant = article["revisions"][number - 1]
        entitled = self.may_with(who, "publish", article) and self.may(
            who, "publish", article["owner"], meant["channel"]
        )
        if not entitled or (end and end <= self.now) or self.outstanding(article, meant):
            article["failed"] = True
            return "correction failed", who
        self._show(article, number)
        return "correct", who

    def trash(self, person, article) -> str:
        if not self.may_with(person, "withdraw" if article["live"] else "write", article):
            return DENIED
        if article["state"] in ("public", "trashed"):
            return WRONG
        article["state"] = "trashed"
        return "trash"

    def restore(self, person, article) -> str:
        if not self.may_with(person, "withdraw" if article["live"] else "write", article):
            return DENIED
        if article["state"] != "trashed":
            return WRONG
        article["state"] = "withdrawn" if article["live"] else "draft"
        return "restore"

    def describe(self, person, article, values: dict) -> str:
        changed = {name: value for name, value in values.items() if article[name] != value}
        if not changed:
            return ""
        verb = "write" if article["state"] == "draft" else "edit"
        live = article["live"] and article["revisions"][article["live"] - 1]["channel"]
        signed = "owner" in changed and live and self.stages[live]
        if not self.may_with(person, verb, article) or (signed and not self.may_with(person, "sign", article)):
            return DENIED
        if article["state"] == "trashed":
            return WRONG
        if not self.may(person, verb, values.get("owner", article["owner"]), article["channel"]):
            return DENIED
        later = max(filter(None, (self.now, article["publish_at"], article["correct_at"])))
        if changed.get("withdraw_at") and changed["withdraw_at"] <= later:
            return WRONG
        article |= changed
        under_way = self.review_stage(article) in (*AWAITING, "approved")
        if "owner" in changed and under_way and self.asked(article, article["revisions"][-1]):
            self._add_same(article, person)
        return "describe"

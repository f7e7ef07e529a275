"""The life of articles in plain dicts, told anew without the site's code: who may do what, and what follows.

Each verb answers with what the site must do: DENIED (no right), WRONG (a sentence), else the verb that the audit trail
gets, "" where there is nothing to change. What is accepted has then happened here.
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
        return {who for one in article["revisions"][since:] for who in (one["by"], one["submitter"]) if who}

    def outstanding(self, article, revision) -> list[str]:
        """The stages that are still to be passed, one after the other and each by somebody who is no author."""
        asked = list(STAGES[self.stages[revision["channel"]]])
        for stage, who, passed, _ in revision["decisions"]:
            if passed and asked and stage == asked[0] and who not in self.authors(article):
                asked.pop(0)
        return asked

    def may_decide(self, person, article) -> bool:
        stage = self.review_stage(article)
        right = stage in DECIDES and self.may_in_both(person, DECIDES[stage], article)
        return right and person not in self.apart(article)

    def apart(self, article) -> set:
        """Who must not decide on the newest text: its authors, and who has decided on it."""
        return self.authors(article) | {who for _, who, _, _ in article["revisions"][-1]["decisions"]}

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

    def _add(self, article, person, title, body, channel, note) -> None:
        if self.review_stage(article) not in ("", "returned") if article["revisions"] else False:
            article["revisions"][-1]["stage"] = "superseded"
        text = {"title": title, "body": body, "channel": channel, "note": note}
        article["revisions"].append(text | {"stage": "draft", "by": person, "submitter": None, "decisions": []})
        if article["live"] is None:
            article["channel"] = channel

    def save(self, person, article, title, body, channel, base, major, note) -> str:
        latest = article["revisions"][-1]
        if not self.may_with(person, "write" if article["state"] == "draft" else "edit", article):
            return DENIED
        if article["state"] == "trashed" or base not in (None, len(article["revisions"])) or not title:
            return WRONG
        if major and not note:
            return WRONG
        note = note if major else ""
        same = (latest["title"], latest["body"], latest["channel"]) == (title, body, channel)
        if same and note in ("", latest["note"]):
            return ""
        if not self.may(person, "write", article["owner"], channel):
            return DENIED
        self._add(article, person, title, body, channel, note)
        return "save"

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
        latest["stage"] = left[0] if left else "approved"
        latest["submitter"] = latest["submitter"] or person
        return "submit"

    def decide(self, person, article, number, passed, opinion) -> str:
        stage = article["revisions"][-1]["stage"]
        if not self.may_in_both(person, DECIDES.get(stage, "sign"), article):
            return DENIED
        if number != len(article["revisions"]) or not self.may_decide(person, article):
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
        used = any(recipient == link["recipient"] for _, _, _, recipient in latest["decisions"])
        if used or link.get("used") or visitor == maker or self.apart(article) & {maker, visitor}:
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
        if not self.is_fit(article):
            return WRONG
        self._show(article, len(article["revisions"]), at)
        return "schedule" if at else "publish"

    def _show(self, article, number, at=None) -> None:
        if self.has_been_public(article):
            new = [one["note"] for one in article["revisions"][article["live"] or 0 : number] if one["note"]]
            article["notes"] += dict.fromkeys(new)
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
        article |= NO_CORRECTION
        if self.has_been_public(article):
            article |= {"state": "withdrawn", "kind": kind, "into": into if kind == "merged" else None}
        else:
            article |= {"state": "draft", "live": None, "first_at": None, "publish_at": None}
            article["channel"] = article["revisions"][-1]["channel"]
        return "withdraw"

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
        if (end and end <= self.now) or self.outstanding(article, article["revisions"][number - 1]):
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
        if not self.may_with(person, verb, article):
            return DENIED
        if not self.may(person, verb, values.get("owner", article["owner"]), article["channel"]):
            return DENIED
        if changed.get("withdraw_at") and changed["withdraw_at"] <= self.now:
            return WRONG
        article |= changed
        return "describe"

"""The session engine: Django's own in the database, with whose a session is and from where in columns of its own.

The columns are written with the data, from what `note_sign_in` put there, so no request asks or writes more for them.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import time

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends import db
from django.dispatch import receiver
from django.utils import timezone

from .actor import client_address

KEPT_AFTER_END = timedelta(days=1)  # an ended session is kept so long, to tell a returning person why it ended
BROWSERS = {  # sign: name, the first that fits; most browsers claim to be Chrome and Safari as well
    "MicroMessenger": "WeChat",
    "DingTalk": "DingTalk",
    "QQBrowser": "QQ Browser",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "OpenHarmony": "HarmonyOS",
    "HarmonyOS": "HarmonyOS",
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        from .models import SignedInSession

        return SignedInSession

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        signed_in = data.get("signed_in")
        if SESSION_KEY in data and signed_in:
            row.user_id = int(data[SESSION_KEY])
            row.address, row.browser = signed_in["address"], signed_in["browser"]
            row.signed_in_at, row.seen_at = _moment(signed_in["at"]), _moment(data["seen"])
        return row


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def browser_words(user_agent: str) -> str:
    """The browser and the system in short, as far as they are known: "Chrome · Windows"."""
    found = (next((name for sign, name in signs.items() if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))


@receiver(user_logged_in)
def note_sign_in(sender, request, **kwargs) -> None:
    """Say in the session since when and from where it is, and clear away what ended long ago."""
    if request is None:
        return
    now = int(time())
    browser = browser_words(request.META.get("HTTP_USER_AGENT", ""))
    request.session["seen"] = now
    request.session["signed_in"] = {"at": now, "address": client_address(request), "browser": browser}
    SessionStore.get_model_class().objects.filter(expire_date__lt=timezone.now() - KEPT_AFTER_END).delete()


def sessions_of(user):
    """The living sessions of `user`, the one used last first."""
    rows = SessionStore.get_model_class().objects.filter(user_id=user.pk, expire_date__gt=timezone.now())
    return rows.defer("session_data").order_by("-seen_at")


def public_name(session_key: str) -> str:
    """A name for a session that a page may show; the key itself would let its reader in."""
    return sha256(session_key.encode()).hexdigest()[:20]


def end_sessions(user, *, but: str | None = None) -> int:
    """Sign `user` out everywhere, except in the session with the key `but`; returns how many sessions that ended."""
    rows = SessionStore.get_model_class().objects.filter(user_id=user.pk)
    return rows.exclude(session_key=but).delete()[0] if but else rows.delete()[0]


def ended_by_idleness(session_key: str) -> bool:
    """True where the key is that of somebody's session which nobody ended, but which ran out."""
    rows = SessionStore.get_model_class().objects.filter(user_id__isnull=False, expire_date__lte=timezone.now())
    return rows.filter(session_key=session_key).exists()

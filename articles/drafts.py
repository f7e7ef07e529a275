"""What somebody types and has not saved, and who has an article open (EditingSession).

A person has one personal draft an article, and one of a new article (`article` None). Keeping it makes no revision and
no entry in the audit trail. It is known by the time it was kept at: a window that knows another time, or none, does not
write over it, so that neither a second window nor a form opened afresh destroys what is there. A window whose answer
was lost on the way does not know the time; it has a name of its own, which the draft keeps beside the text.
"""

import datetime
import json

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rights

from .html import CONTROL
from .models import Article, EditingSession

LIMIT = 2 * 1024 * 1024  # bytes of a draft as JSON
PRESENT = datetime.timedelta(minutes=2)  # how long a form is taken for open after its last sign of life
FORGOTTEN = datetime.timedelta(days=1)  # how long a row without text is left
WINDOW = "window"  # in a draft's text: the name of the window that kept it
SWEPT = 50  # rows taken away at most when a form is opened
NAMED = 10  # people named to each other at most


def may_write(user, article: Article | None) -> bool:
    """Whether `user` may type in the form of `article`: a draft's every writer, else an editor; nobody in the trash."""
    if article is None:
        return rights.may(user, "write")
    verb = "write" if article.state == Article.State.DRAFT else "edit"
    return article.state != Article.State.TRASHED and rights.may(user, verb, article)


def may_keep(user, article: Article | None) -> bool:
    """Whether what `user` typed is kept: a writer's also where the form was closed, by publishing or the trash."""
    return rights.may(user, "write", article)


def closed(article: Article) -> str:
    """Why a writer may not type in the form of `article` any more, in one sentence."""
    if article.state == Article.State.TRASHED:
        return _("The article is in the trash now. Your text is kept; you find it on the article's page.")
    return _("Only editors may change the article now. Your text is kept; you find it on the article's page.")


def kept(article: Article | None, user) -> EditingSession | None:
    """The person's draft, None where there is none."""
    return EditingSession.objects.filter(user=user, article=article, text_at__isnull=False).first()


def others(article: Article, user) -> list[EditingSession]:
    """Who else has the article's form open now, the one who opened it first before the rest; without their texts."""
    rows = EditingSession.objects.filter(
        article=article, opened_at__isnull=False, seen_at__gte=timezone.now() - PRESENT, user__is_active=True
    )
    return list(rows.exclude(user=user).select_related("user").defer("text").order_by("opened_at", "pk")[:NAMED])


def keep(
    article: Article | None, user, text: dict, *, base: int | None, known=None, window: str = ""
) -> EditingSession:
    """Keep `text` (values of the form's widgets) as the person's draft and return it.

    `base` is the number of the revision it started from, `known` the time that the draft was kept at which this one
    replaces, `window` the name of the one that keeps it. Raises PermissionDenied (may_keep), or ValidationError where
    the text is too large (code "size") or another draft is there (code "other"); then that one stays.
    """
    if not may_keep(user, article):
        raise PermissionDenied("write")
    window = CONTROL.sub("", window)
    text = {name: _storable(value) for name, value in text.items()} | ({WINDOW: window} if window else {})
    if len(json.dumps(text, ensure_ascii=False, cls=DjangoJSONEncoder).encode()) > LIMIT:
        raise ValidationError(_("The text is too large to be kept while you write. Save it."), code="size")
    now = timezone.now()
    values = {"text": text, "text_at": now, "base": base, "seen_at": now}
    rows = EditingSession.objects.filter(user=user, article=article)
    own = Q(text_at=None) | Q(text_at=known) | (Q(**{f"text__{WINDOW}": window}) if window else Q())
    if not rows.filter(own).update(**values, opened_at=_opened(now)):
        made = EditingSession(user=user, article=article, opened_at=now, **values)
        EditingSession.objects.bulk_create([made], ignore_conflicts=True)
    draft = rows.filter(text_at=now).first()
    if draft is None:
        raise ValidationError(
            _("You have other unsaved text of this article, perhaps in another window. Decide about it first."),
            code="other",
        )
    return draft


def forget(article: Article | None, user, known) -> None:
    """Drop the person's draft that was kept at `known`; a later one stays."""
    if known is not None:
        rows = EditingSession.objects.filter(user=user, article=article, text_at=known)
        rows.update(text=None, text_at=None, base=None)


def open_form(article: Article, user) -> None:
    """Note that the person has the form of `article` open, and take away some rows that nobody needs any more."""
    if not may_write(user, article):
        raise PermissionDenied("write")
    now = timezone.now()
    old = EditingSession.objects.filter(text_at=None, seen_at__lt=now - FORGOTTEN).order_by().values("pk")[:SWEPT]
    EditingSession.objects.filter(pk__in=old).delete()
    if not alive(article, user):
        made = EditingSession(user=user, article=article, opened_at=now, seen_at=now)
        EditingSession.objects.bulk_create([made], ignore_conflicts=True)


def alive(article: Article, user) -> bool:
    """Note a sign of life of an open form: one small UPDATE; False where no row of the person's is there."""
    now = timezone.now()
    rows = EditingSession.objects.filter(user=user, article=article)
    return bool(rows.update(opened_at=_opened(now), seen_at=now))


def leave(article: Article | None, user) -> None:
    """The form was left: nobody is told of the person any more; a draft stays."""
    rows = EditingSession.objects.filter(user=user, article=article)
    rows.filter(text_at=None).delete()
    rows.update(opened_at=None)


def _opened(now):
    """Since when the form is open: as noted, or from `now` on where it was left or gave no sign of life."""
    return Case(When(seen_at__gte=now - PRESENT, opened_at__isnull=False, then=F("opened_at")), default=Value(now))


def _storable(value):
    """`value` as either database can hold it in JSON, with one kind of line end."""
    if isinstance(value, str):
        return CONTROL.sub("", value.replace("\r\n", "\n"))
    return [_storable(part) for part in value] if isinstance(value, list) else value

"""The verbs of an article's revisions: take an earlier one up again, give one a name."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record

from .html import CONTROL
from .locking import lock
from .models import Article, Revision
from .publishing import save_revision
from .text import TEXT_FIELDS


@transaction.atomic
def restore_revision(article: Article, by, number: int) -> Revision:
    """Save the text of revision `number` as the next revision and return it; nothing after it is lost.

    It remembers the one it was taken up from: whoever wrote that one stays an author, for the review.

    Needs the right to save. Raises PermissionDenied, or ValidationError where there is no such revision, where its
    text is the latest already, or where the article is in the trash.
    """
    locked = lock(article)
    revision = locked.revisions.select_related("channel", "lead_image").filter(number=number).first()
    if revision is None:
        raise ValidationError(_("There is no revision %d of this text.") % number, code="number")
    text = {name: getattr(revision, name) for name in TEXT_FIELDS}
    saved = save_revision(article, by, text, change_note=_("revision %d taken up again") % number)
    if saved.pk == locked.latest_revision_id:
        raise ValidationError(_("Revision %d says what the latest one says; nothing changes.") % number, code="same")
    saved.restored_from_id = revision.restored_from_id or revision.pk
    saved.save(update_fields=["restored_from"])
    record("restore revision", locked, by=by, organization=locked.owner, revision=saved.number, after={"from": number})
    return saved


@transaction.atomic
def name_revision(revision: Revision, by, name: str) -> Revision:
    """Give a revision a name by which people find it, such as 送审稿; an empty one takes it away.

    Needs the right to write. Raises PermissionDenied, or ValidationError where the name is too long.
    """
    article = lock(revision.article)
    if by is not None:
        rights.require(by, "write", article)
    name = " ".join(filter(None, (CONTROL.sub("", word) for word in name.split())))
    limit = Revision._meta.get_field("name").max_length
    if len(name) > limit:
        raise ValidationError(
            {"name": _("A name has at most %d characters; shorten it.") % limit},
            code="length",
        )
    before = Revision.objects.values_list("name", flat=True).get(pk=revision.pk)
    if name != before:
        Revision.objects.filter(pk=revision.pk).update(name=name)
        record(
            "name revision",
            article,
            by=by,
            organization=article.owner,
            revision=revision.number,
            before={"name": before},
            after={"name": name},
        )
    revision.name = name
    return revision

"""The forms an editor writes in."""

import datetime
import re

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import rights
from organizations.forms import RefusableForm

from .channel_limits import channel_choices
from .editor import BodyWidget, TagsWidget
from .models import Article, Channel, MediaFile, Revision
from .particulars import same
from .publishing import TEXT_FIELDS

_MARKS = re.compile(r"[,，、;；\n]+")
_TAG_LENGTH = 100
TIMES = ("published_at", "publish_at", "withdraw_at")
EARLIEST = 1900  # year
ZONE = gettext_lazy("Beijing time (Asia/Shanghai, UTC+8)")
PARTICULARS = ("owner", "organization", "level", "kind", *TIMES)


def moment(written) -> datetime.datetime | None:
    """The time that a form wrote into a hidden field; None where that is none."""
    try:
        found = parse_datetime(written)
        return found.astimezone(datetime.UTC) if found and timezone.is_aware(found) else None
    except (OverflowError, TypeError, ValueError):
        return None


def _require_modern(time) -> None:
    if time.year < EARLIEST:
        raise ValidationError(_("Give a year from %d on.") % EARLIEST, code="year")


class TagsField(forms.CharField):
    """Tags as a list: parted at commas where there are any, else at spaces."""

    widget = TagsWidget

    def prepare_value(self, value):
        if not isinstance(value, list | tuple):
            return value
        return "，".join(value) + ("，" if len(value) == 1 and " " in value[0] else "")

    def to_python(self, value) -> list[str]:
        text = value or ""
        parts = _MARKS.split(text) if _MARKS.search(text) else text.split()
        return list(dict.fromkeys(tag for tag in (" ".join(part.split()) for part in parts) if tag))

    def run_validators(self, value):
        if any(len(tag) > _TAG_LENGTH for tag in value):
            raise ValidationError(_("A tag has at most %d characters; part the words with commas.") % _TAG_LENGTH)

    def has_changed(self, initial, data) -> bool:
        return self.to_python(data) != list(initial or [])


def _text(name: str, label=None, **options) -> forms.CharField:
    field = Revision._meta.get_field(name)
    options.setdefault("widget", forms.TextInput(attrs={"class": "vTextField"}))
    return forms.CharField(
        label=label or field.verbose_name, max_length=field.max_length, required=name == "title", **options
    )


class ArticleForm(RefusableForm):
    """The text of the next revision and, beside it, the article's particulars.

    It begins with `kept`, where that is set: what its widgets gave and was not saved (EditingSession.text).
    """

    kept: dict | None = None

    title = _text("title", error_messages={"required": gettext_lazy("Give the article a title.")})
    kicker = _text("kicker", help_text=gettext_lazy("A line above the title."))
    subtitle = _text("subtitle", help_text=gettext_lazy("A line below the title."))
    summary = _text(
        "summary",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("For lists. Empty: the first sentences of the text."),
    )
    body = _text("body", widget=BodyWidget)
    source = _text("source")
    author = _text("author")
    author_title = _text("author_title")
    editor = _text("editor")
    reviewer = _text("reviewer")
    index_number = _text("index_number", help_text=gettext_lazy("Of the public register of documents."))
    document_number = _text("document_number", help_text=gettext_lazy("Such as 工发〔2019〕3号."))
    written_on = forms.DateField(
        label=Revision._meta.get_field("written_on").verbose_name,
        required=False,
        widget=AdminDateWidget,
        validators=[_require_modern],
        help_text=gettext_lazy("The day the document was signed."),
    )
    original_url = _text(
        "original_url",
        help_text=gettext_lazy("Where a reprint was published first, such as https://www.acftu.org/…"),
    )
    tags = TagsField(
        label=gettext_lazy("tags"), required=False, help_text=gettext_lazy("Part them with commas or spaces.")
    )
    channel = forms.ModelChoiceField(Channel.objects.all(), label=gettext_lazy("channel"))
    lead_image = forms.ModelChoiceField(MediaFile.objects.none(), label=gettext_lazy("lead picture"), required=False)
    complete = forms.BooleanField(
        label=gettext_lazy("complete"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Off: the page says that the original text is cut short."),
    )
    change_note = _text("change_note", help_text=gettext_lazy("What you changed and why; for your colleagues."))
    major = forms.BooleanField(
        label=gettext_lazy("major change"),
        required=False,
        help_text=gettext_lazy("Readers are told, and the page says when it was updated. Not for slips of the pen."),
    )
    public_note = _text(
        "public_note", help_text=gettext_lazy("One sentence that says what changed; it stands below the public text.")
    )
    date_reason = forms.CharField(
        label=gettext_lazy("reason for another date"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Needed where you change the date; the audit trail keeps it."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    started = forms.JSONField(required=False, widget=forms.HiddenInput, encoder=DjangoJSONEncoder)

    class Meta:
        model = Article
        fields = ("owner", "organization", "level", "kind", "published_at", "publish_at", "withdraw_at")

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        latest = instance.latest_revision if instance else None
        if latest:
            begun = {"base": latest.number, "started": model_to_dict(instance, fields=PARTICULARS)}
            initial = {name: getattr(latest, name) for name in TEXT_FIELDS} | begun | (initial or {})
            if instance.has_unpublished_changes:  # what it will tell readers goes on to the next revision
                initial = {"major": latest.major, "public_note": latest.public_note} | initial
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        kept = {name: value for name, value in (self.kept or {}).items() if name in self.fields}
        self.initial |= {name: self.fields[name].bound_data(value, None) for name, value in kept.items()}
        pictures = MediaFile.objects.visible_to(self.acting_user).filter(kind=MediaFile.Kind.IMAGE)
        if latest and latest.lead_image_id:
            pictures = pictures | MediaFile.objects.filter(pk=latest.lead_image_id)
        self.fields["lead_image"].queryset = pictures
        offered = channel_choices(self.acting_user)
        self.fields["channel"].queryset = Channel.objects.filter(pk__in=[pk for pk, _name in offered])
        self.fields["channel"].choices = [("", "---------"), *offered]
        said = {
            "published_at": _("Empty: the time of publication. Midnight means: the day alone."),
            "publish_at": _("For a later time: set it, then press Publish."),
            "withdraw_at": _("From then on the address says that the article's time has ended."),
        }
        for name in said.keys() & self.fields.keys():
            self.fields[name].validators.append(_require_modern)
            self.fields[name].help_text = f"{said[name]} {ZONE}"

    def clean_owner(self):
        owner = self.cleaned_data["owner"]
        if not rights.may(self.acting_user, "write", Article(owner=owner)):
            raise ValidationError(_("You do not write for that organization. Choose one of yours."))
        return owner

    def clean_started(self) -> dict:
        """The particulars as the form was shown with them; none where that cannot be read."""
        try:
            started = {name: value for name, value in self.cleaned_data["started"].items() if name in PARTICULARS}
            times = {name: moment(started[name]) for name in TIMES if started.get(name)}
        except (AttributeError, TypeError, ValueError):
            return {}
        return started | times

    def clean(self):
        cleaned = super().clean()
        owner, channel = cleaned.get("owner"), cleaned.get("channel")
        if owner and channel and not rights.may(self.acting_user, "write", Article(owner=owner, channel=channel)):
            self.add_error("channel", _("You do not write in that channel for that organization. Choose another one."))
        start = cleaned.get("publish_at")
        shown = (cleaned.get("started") or {}).get("publish_at", self.instance.publish_at)
        if start and not same(start, shown) and "_publish" not in self.data:
            self.add_error(
                "publish_at",
                _("To publish at that time, press “Save and publish”."),
            )
        if cleaned.get("public_note") and not cleaned.get("major"):
            self.add_error("major", _("Readers see the note of a major change alone: tick this, or empty the note."))
        return cleaned

    def text(self) -> dict:
        """What was typed, as publishing.py takes it."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}


class UploadForm(RefusableForm):
    """A new picture or attachment; on a stored one only the words change."""

    file = forms.FileField(
        label=gettext_lazy("file"),
        help_text=gettext_lazy("JPEG, PNG, WebP or GIF; for attachments PDF or Office files."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("The file is empty. Choose another file."),
        },
    )
    alt = forms.CharField(
        label=gettext_lazy("text alternative"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("What the picture shows, for readers who cannot see it. Pictures need it."),
    )

    class Meta:
        model = MediaFile
        fields = ("owner", "caption")

    def clean_owner(self):
        owner = self.cleaned_data["owner"]
        if not rights.may(self.acting_user, "write", MediaFile(owner=owner)):
            raise ValidationError(_("You do not write for that organization. Choose one of yours."))
        return owner


class MediaFileForm(RefusableForm):
    """The words of a stored file; a picture keeps a text alternative."""

    def clean_alt(self):
        alt = " ".join(self.cleaned_data["alt"].split())
        if self.instance.kind == MediaFile.Kind.IMAGE and not alt:
            raise ValidationError(_("Say in a few words what the picture shows, for readers who cannot see it."))
        return alt

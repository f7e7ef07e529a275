"""What the desk asks about imports: files to upload, corrections of one file or of a batch, reasons."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.editor import BodyWidget
from articles.models import Channel
from importer.batches import texts
from organizations import rights
from organizations.models import Level, Organization

KINDS = (
    ("plan", _("work plan or summary")),
    ("news", _("news")),
    ("notice", _("notice")),
    ("speech", _("speech or signed article")),
    ("document", _("document")),
    ("other", _("not a union's page")),
)
PRECISE = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")
LONGEST_REASON = 200


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or many."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in files or [None]]


class UploadForm(forms.Form):
    files = FilesField(
        label=_("files"), allow_empty_file=True, error_messages={"required": _("Choose at least one file.")}
    )
    name = forms.CharField(
        label=_("name of the batch"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("So that you find it again."),
    )
    owner = forms.ModelChoiceField(
        label=_("owner"), queryset=Organization.objects.none(), help_text=_("Its editors may change the articles.")
    )
    full_width = forms.BooleanField(
        label=_("Set half-width marks in Chinese text full-width"),
        required=False,
        help_text=_("Commas, brackets and the like; numbers and letters stay. The page as it came is kept."),
    )

    def __init__(self, *args, user, verb: str, widget=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        owners = Organization.objects.filter(rights.reach(user, verb, ""))
        self.fields["owner"].queryset = owners
        if widget is not None:
            self.fields["owner"].widget = widget
            widget.choices = self.fields["owner"].choices


class TextField(forms.CharField):
    """The text in the desk's editor; in it pictures have the `addresses` where they can be seen before it is filed."""

    widget = BodyWidget({"form": "review-form"})
    addresses: dict[str, str] = {}

    def prepare_value(self, value):
        return texts.with_addresses(value or "", self.addresses)

    def to_python(self, value) -> str:
        return texts.with_addresses(super().to_python(value), {there: own for own, there in self.addresses.items()})

    def has_changed(self, initial, data) -> bool:
        return not texts.same(self.prepare_value(initial), (data or "").replace("\r\n", "\n"))


class CorrectionForm(forms.Form):
    """The values of one article as they will be filed; empty where the page tells none."""

    title = forms.CharField(label=_("title"), max_length=200, required=False)
    kicker = forms.CharField(label=_("kicker"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=KINDS)
    channel = forms.ChoiceField(label=_("channel"), required=False)
    organization = forms.CharField(
        label=_("organization"), max_length=120, required=False, help_text=_("The union it is about and from.")
    )
    level = forms.ChoiceField(label=_("level"), required=False)
    published_on = forms.DateField(
        label=_("date"),
        required=False,
        input_formats=PRECISE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"placeholder": "2024-03-05", "autocomplete": "off"}),
    )
    source = forms.CharField(label=_("source"), max_length=100, required=False)
    author = forms.CharField(label=_("author"), max_length=100, required=False)
    author_title = forms.CharField(label=_("author's post"), max_length=100, required=False)
    editor = forms.CharField(label=_("editor"), max_length=50, required=False)
    carries_plan = forms.BooleanField(label=_("It holds a work plan"), required=False)
    plan_year = forms.IntegerField(label=_("year of the plan"), min_value=1949, max_value=2100, required=False)
    full_width = forms.BooleanField(label=_("Set half-width marks in Chinese text full-width"), required=False)
    body_html = TextField(label=_("text"), required=False)

    def __init__(self, *args, channels=(), levels=(), pictures=None, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["body_html"].addresses = pictures or {}
        self.fields["channel"].choices = [("", _("as the importer chooses")), *channels]
        self.fields["level"].choices = [("", _("none")), *levels]

    def changes(self) -> dict:
        """What was typed otherwise than the form showed, in the importer's own terms: None for what is empty."""
        data = {name: self.cleaned_data[name] for name in self.changed_data}
        if data.get("published_on"):
            data["published_on"] = data["published_on"].isoformat()
        return {name: value if value != "" else None for name, value in data.items()}


class BatchCorrectionForm(forms.Form):
    """One correction of all that waits in a batch; what is left empty stays as it was read."""

    channel = forms.ChoiceField(label=_("channel"), required=False)
    organization = forms.ModelChoiceField(label=_("organization"), queryset=Organization.objects.all(), required=False)
    source = forms.CharField(label=_("source"), max_length=100, required=False)

    def __init__(self, *args, channels=(), widget=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", _("as it was read")), *channels]
        if widget is not None:
            self.fields["organization"].widget = widget
            widget.choices = self.fields["organization"].choices

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Nothing was chosen. Choose a channel or an organization, or write a source."))
        return data

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if value}


class UndoForm(forms.Form):
    REACH = (
        ("untouched", _("Only what nobody has edited since. Articles that somebody worked on stay.")),
        ("all", _("All of it; where somebody has edited an article since, nothing is done and you are told which.")),
    )
    reach = forms.ChoiceField(
        label=_("What is taken back"), choices=REACH, widget=forms.RadioSelect, initial="untouched"
    )
    reason = forms.CharField(label=_("reason"), max_length=LONGEST_REASON)


class DismissForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=LONGEST_REASON)


def channel_choices() -> list[tuple[str, str]]:
    """The channels that hold articles, by their address."""
    return list(Channel.objects.filter(kind=Channel.Kind.LIST).values_list("slug", "name"))


def level_choices() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Level.objects.values_list("pk", "name")]

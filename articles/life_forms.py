"""What the desk asks before an article is withdrawn or corrected at a set time."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .forms import ZONE
from .models import Article


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("reason of withdrawal"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("One sentence. Readers who open the address will see it."),
        error_messages={"required": gettext_lazy("Say why the article is withdrawn; readers will see it.")},
    )


class WithdrawForm(ReasonForm):
    """Why an article is withdrawn: the kind decides what its address says from then on."""

    kind = forms.ChoiceField(
        label=gettext_lazy("kind of withdrawal"),
        widget=forms.RadioSelect,
        choices=[
            (
                Article.Withdrawal.ERROR,
                gettext_lazy("Published in error: the text is gone; its address gives your reason."),
            ),
            (
                Article.Withdrawal.MERGED,
                gettext_lazy("Merged into another article: the address leads readers there."),
            ),
            (
                Article.Withdrawal.OUTDATED,
                gettext_lazy("Outdated: the text stays at its address, marked as out of date, and leaves every list."),
            ),
            (
                Article.Withdrawal.ARCHIVED,
                gettext_lazy("Archived: the text stays at its address, marked as a record, and leaves every list."),
            ),
        ],
        error_messages={"required": gettext_lazy("Choose what becomes of the address.")},
    )
    into = forms.ModelChoiceField(
        Article.objects.none(),
        label=gettext_lazy("merged into"),
        required=False,
        help_text=gettext_lazy("Only for a merged article: the public article that holds its text now."),
    )
    field_order = ("kind", "into", "reason")

    def __init__(self, *args, into_widget=None, **kwargs):
        super().__init__(*args, **kwargs)
        if into_widget is not None:
            self.fields["into"].widget = into_widget
        self.fields["into"].queryset = Article.objects.published()

    def clean(self):
        cleaned = super().clean()
        merged = cleaned.get("kind") == Article.Withdrawal.MERGED
        if merged and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("Choose the public article that holds this one's text now."))
        return cleaned | {"into": cleaned.get("into") if merged else None}


class CorrectForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("publish this text at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=ZONE,
        error_messages={
            "required": gettext_lazy("Give a day and a time."),
            "invalid": gettext_lazy("Give a day and a time, such as 2026-05-01 08:30."),
        },
    )

"""The forms of preview links: making one, and deciding by one."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from .links import DAYS, MOST_DAYS
from .models import PreviewLink, Revision

PASS_WORDS = {
    Revision.Stage.FIRST: gettext_lazy("Pass the first review"),
    Revision.Stage.SECOND: gettext_lazy("Pass the second review"),
    Revision.Stage.FINAL: gettext_lazy("Agree to publication"),
}
"""What the button says that passes a text at each stage."""


class LinkForm(forms.Form):
    """A new link: for whom, to which text, how long. Without `may_decide` nothing is asked about deciding."""

    recipient = forms.CharField(
        label=gettext_lazy("for whom"),
        max_length=PreviewLink._meta.get_field("recipient").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text=gettext_lazy("Name and post. What is read or decided by this link is recorded under this name."),
        error_messages={"required": gettext_lazy("Write the name of the person the link is for.")},
    )
    shows = forms.ChoiceField(label=gettext_lazy("which text"), widget=forms.RadioSelect, initial="latest")
    decides = forms.BooleanField(
        label=gettext_lazy("may pass or return the text"),
        required=False,
        help_text=gettext_lazy("Once. You answer for whom you give the link to, and may not decide on this text then."),
    )
    days = forms.IntegerField(
        label=pgettext_lazy("how long a link is valid", "valid for days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=gettext_lazy("At most 31."),
    )

    def __init__(self, *args, latest: int, may_decide: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shows"].choices = [
            ("latest", _("always the newest text")),
            (str(latest), _("this text alone, revision %d") % latest),
        ]
        if not may_decide:
            del self.fields["decides"]

    @property
    def revision(self) -> int | None:
        """The number of the revision to pin the link to, None to follow the latest."""
        shows = self.cleaned_data["shows"]
        return None if shows == "latest" else int(shows)


class DecisionForm(forms.Form):
    """A leader's decision at the end of the text."""

    opinion = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    confirmed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Confirm that it is you who decides: tick the box.")}
    )
    decision = forms.ChoiceField(choices=[("pass", ""), ("return", "")])
    ticket = forms.CharField(widget=forms.HiddenInput)

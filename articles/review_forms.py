"""The forms of the review at the desk: deciding on one text, passing several."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000
CHOICES = ("pass", "publish", "return")


class OpinionField(forms.CharField):
    def __init__(self, **options):
        widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})
        super().__init__(label=_("opinion"), required=False, max_length=LONGEST, widget=widget, **options)


class ReviewForm(forms.Form):
    """A decision on the revision of that number, which the page showed at that stage."""

    opinion = OpinionField(
        help_text=_("To return the text, say what is to be changed. To pass it, you may leave this empty.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    stage = forms.CharField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(word, word) for word in CHOICES])


class PassManyForm(forms.Form):
    opinion = OpinionField(help_text=_("It is kept with each of these texts. You may leave it empty."))

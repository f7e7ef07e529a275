"""What somebody writes to keep a state of a page of plans, or to change what they keep."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organizations.models import Organization
from plans.models import SavedView
from plans.organization_choice import choose


class ViewForm(forms.Form):
    """The name of a view and with whom it is shared, by that body's name; `query` is the state of `page` it keeps."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "name"),
        max_length=SavedView._meta.get_field("name").max_length,
        error_messages={"required": gettext_lazy("Please give the view a name.")},
    )
    shared_with = forms.CharField(label=gettext_lazy("shared with"), required=False, max_length=120)
    page = forms.ChoiceField(choices=SavedView.Page, required=False)
    query = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        return self.cleaned_data["page"] or SavedView.Page.REGISTER

    def clean_shared_with(self) -> Organization | None:
        written = self.cleaned_data["shared_with"].strip()
        if not written:
            return None
        chosen, candidates = choose(written)
        if chosen:
            return chosen
        if candidates:
            names = "、".join(one.name for one in candidates[:3])
            sentence = _("Several organizations match “%(name)s”: %(names)s. Write the full name.")
            raise ValidationError(sentence % {"name": written, "names": names})
        raise ValidationError(
            _("No organization is called “%(name)s”. Write its full name, or a part of it.") % {"name": written}
        )

"""Forms of accounts and organisations."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import second_factor
from .refusals import in_words


class SignInForm(AuthenticationForm):
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("User name or password is wrong. Mind capitals and small letters and try again."),
    }


def prove(request, password: str) -> str:
    """The password of whoever is signed in; ValidationError where it is wrong, which counts towards the lockout."""
    if authenticate(request, username=request.user.get_username(), password=password) != request.user:
        raise ValidationError(_("Your password is wrong. Mind capitals and small letters and try again."))
    return password


class PasswordForm(PasswordChangeForm):
    error_messages = {
        **PasswordChangeForm.error_messages,
        "same": _("The new password is the old one. Choose another."),
    }

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        return prove(self.request, self.cleaned_data["old_password"])

    def clean_new_password1(self):
        """Compared with the old one as typed, once that is proved: else this field would tell it by trying."""
        password = self.cleaned_data["new_password1"]
        if self.cleaned_data.get("old_password") == password:
            raise forms.ValidationError(self.error_messages["same"], code="same")
        return password


class CodeForm(forms.Form):
    """One code of the second factor."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request


class CodeAndPasswordForm(CodeForm):
    """Asked before a second factor is set up: a code of the new one, and the password."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "code")

    def clean_password(self):
        return prove(self.request, self.cleaned_data["password"])


class ProofForm(CodeAndPasswordForm):
    """Asked before something about the second factor changes: the password and a code of the one there is."""

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            second_factor.check(self.request.user, cleaned["code"])
        return cleaned


def sentence(error: Exception) -> str:
    """What a verb's refusal says to the person at the screen."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else in_words(error)


class RefusableForm(forms.ModelForm):
    """A form that is shown again with a verb's refusal, with everything that was typed."""

    refusal: Exception | None = None
    acting_user = None

    def clean(self):
        cleaned = super().clean()
        if isinstance(self.refusal, ValidationError) and hasattr(self.refusal, "error_dict"):
            for name, errors in self.refusal.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        elif self.refusal is not None:
            self.add_error(None, sentence(self.refusal))
        return cleaned


class LinesField(forms.CharField):
    """A list of texts, written one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value) -> list[str]:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data) -> bool:
        return self.to_python(data) != list(initial or [])

    def run_validators(self, value):
        super().run_validators("\n".join(value))

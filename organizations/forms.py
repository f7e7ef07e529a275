"""Forms of accounts and organisations."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NO_RIGHT = _("Your role does not allow this. Ask the manager of the organization.")


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("User name or password is wrong. Mind capitals and small letters and try again."),
        "inactive": _("This account is closed. Ask the administrator of your organization."),
    }


class PasswordForm(PasswordChangeForm):
    error_messages = {
        **PasswordChangeForm.error_messages,
        "same": _("The new password is the old one. Choose another."),
    }

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(self.error_messages["same"], code="same")
        return password


def sentence(error: Exception) -> str:
    """What a verb's refusal says to the person at the screen."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(NO_RIGHT)


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

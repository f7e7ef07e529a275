"""One's own second factor: setting it up, new recovery codes, taking it away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from . import second_factor, sessions
from .forms import CodeAndPasswordForm, CodeForm, ProofForm
from .qr_codes import qr_code
from .views import OwnPage, desk, target_or_desk

KEY = "second_factor_key"  # in the session while it is being set up


def show_codes(request, codes: list[str]):
    """The one page that ever shows recovery codes."""
    context = {
        "title": _("Recovery codes"),
        "codes": codes,
        "target": target_or_desk(request),
        "home": desk(request.user),
    }
    return render(request, "registration/recovery_codes.html", context)


class SetUp(OwnPage, FormView):
    """Asks for the password too, lest whoever finds an open desk shuts its owner out; not where it was just given."""

    template_name = "registration/second_factor.html"
    extra_context = {"title": _("Set up the second factor")}

    def get_form_class(self):
        return CodeForm if second_factor.DUE in self.request.session else CodeAndPasswordForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["code"].widget.attrs["inputmode"] = "numeric"
        return form

    def get(self, request, *args, **kwargs):
        if second_factor.device_of(request.user) is not None:
            return HttpResponseRedirect(reverse("security"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        key = self.request.session.setdefault(KEY, second_factor.new_key())
        return super().get_context_data(
            qr=qr_code(second_factor.key_address(key, self.request.user)),
            key=second_factor.key_in_words(key),
            is_due=second_factor.DUE in self.request.session,
            next=self.request.POST.get("next") or self.request.GET.get("next", ""),
            **kwargs,
        )

    def form_valid(self, form):
        session = self.request.session
        if KEY not in session:
            return HttpResponseRedirect(reverse("second_factor"))
        try:
            codes = second_factor.turn_on(self.request.user, session[KEY], form.cleaned_data["code"])
        except ValidationError as refusal:
            form.add_error("code", refusal)
            return self.form_invalid(form)
        del session[KEY]
        session.pop(second_factor.DUE, None)
        sessions.end_sessions(self.request.user, but=session.session_key)
        return show_codes(self.request, codes)


class ProvedPage(OwnPage, FormView):
    """A page for whoever has a second factor, which asks for the password and a code before it does anything."""

    template_name = "registration/second_factor_proof.html"
    form_class = ProofForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and second_factor.device_of(request.user) is None:
            return HttpResponseRedirect(reverse("security"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}


class NewCodes(ProvedPage):
    extra_context = {
        "title": _("New recovery codes"),
        "text": _("Ten new codes are made and shown once. The earlier ones stop working."),
        "button": _("Make new codes"),
    }

    def form_valid(self, form):
        return show_codes(self.request, second_factor.new_codes(self.request.user))


class TurnOff(ProvedPage):
    extra_context = {
        "title": _("Take the second factor away"),
        "text": _("From then on the password alone lets somebody in. The recovery codes stop working."),
        "button": _("Take it away"),
    }

    def form_valid(self, form):
        try:
            second_factor.turn_off(self.request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The second factor is taken away."))
        return HttpResponseRedirect(reverse("security"))

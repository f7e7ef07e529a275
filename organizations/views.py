"""Signing in and out, and changing one's own password."""

from django.contrib import messages
from django.contrib.auth import views
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .audit import record
from .forms import PasswordForm, SignInForm


def desk(user) -> str:
    """Where a person starts after signing in: editors at the desk, other staff in the register."""
    return reverse("admin:index") if user.is_staff else reverse("plans")


class SignIn(views.LoginView):
    template_name = "registration/login.html"
    authentication_form = SignInForm
    extra_context = {"title": _("Sign in")}

    def get_context_data(self, **kwargs):
        """Django's view names the host as the site; here `site` is the site's settings."""
        context = super().get_context_data(**kwargs)
        del context["site"], context["site_name"]
        return context

    def get_default_redirect_url(self):
        return desk(self.request.user)


class ChangePassword(views.PasswordChangeView):
    template_name = "registration/password_change_form.html"
    form_class = PasswordForm
    extra_context = {"title": _("Change password")}

    def form_valid(self, form):
        form.user.must_change_password = False
        response = super().form_valid(form)
        record("change password", form.user, by=form.user)
        messages.success(self.request, _("Your password is changed."))
        return response

    def get_success_url(self):
        target = self.request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(target, {self.request.get_host()}, self.request.is_secure()):
            return target
        return desk(self.request.user)

    def get_context_data(self, **kwargs):
        target = self.request.POST.get("next") or self.request.GET.get("next", "")
        return super().get_context_data(next=target, must_change=self.request.user.must_change_password, **kwargs)

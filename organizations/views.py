"""Signing in, by password and second factor, changing one's own password, and one's own sessions."""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from . import passwords, second_factor, sessions
from .audit import record
from .forms import CodeForm, PasswordForm, SignInForm
from .idle import IDLE, session_ran_out
from .models import User

HALF = "half_signed_in"  # in the session of somebody whose password was right and whose code is awaited
HALF_SECONDS = 300
CODES_A_PASSWORD = 5  # wrong codes after which the password is asked again


def desk(user) -> str:
    """Where a person starts after signing in: editors at the desk, other staff in the register."""
    return reverse("admin:index") if user.is_staff else reverse("plans")


def target_or_desk(request) -> str:
    """The address in `next` where it is one of this site's, else where the person starts."""
    target = request.POST.get("next") or request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if allowed else desk(request.user)


class SignIn(views.LoginView):
    template_name = "registration/login.html"
    authentication_form = SignInForm
    extra_context = {"title": _("Sign in")}

    def form_valid(self, form):
        """Sign in whoever has no second factor; of others remember for a while that the password was right."""
        user = form.get_user()
        if second_factor.device_of(user) is None:
            return super().form_valid(form)
        record("password accepted", user, by=user)
        self.request.session[HALF] = {
            "user": user.pk,
            "backend": user.backend,
            "hash": user.get_session_auth_hash(),
            "at": int(time.time()),
            "next": self.get_redirect_url() or desk(user),
            "wrong": 0,
        }
        return HttpResponseRedirect(reverse("sign_in_code"))

    def get_context_data(self, **kwargs):
        """Django's view names the host as the site; here `site` is the site's settings."""
        was_idle = IDLE in self.request.GET or session_ran_out(self.request)
        context = super().get_context_data(was_idle=was_idle, idle_minutes=settings.SESSION_COOKIE_AGE // 60, **kwargs)
        del context["site"], context["site_name"]
        return context

    def get_default_redirect_url(self):
        return desk(self.request.user)


@method_decorator(never_cache, name="dispatch")
class SignInCode(FormView):
    """The second step of signing in. Until the code is right the session belongs to nobody and has no rights."""

    template_name = "registration/sign_in_code.html"
    form_class = CodeForm
    extra_context = {"title": _("Second factor")}

    def dispatch(self, request, *args, **kwargs):
        self.half = request.session.get(HALF)
        self.person = self._person()
        if self.person is None:
            request.session.pop(HALF, None)
            return HttpResponseRedirect(reverse("login"))
        return super().dispatch(request, *args, **kwargs)

    def _person(self) -> User | None:
        """Whose code is awaited: not too long ago, with the password unchanged and the account still open."""
        if self.half is None or time.time() - self.half["at"] > HALF_SECONDS:
            return None
        user = User.objects.filter(pk=self.half["user"], is_active=True, is_service=False).first()
        same = user is not None and constant_time_compare(self.half["hash"], user.get_session_auth_hash())
        return user if same else None

    def form_valid(self, form):
        try:
            was_recovery = second_factor.check(self.person, form.cleaned_data["code"])
        except ValidationError as refusal:
            return self._refuse(form, refusal)
        del self.request.session[HALF]
        login(self.request, self.person, backend=self.half["backend"])
        if was_recovery:
            left = second_factor.codes_left(self.person)
            messages.warning(self.request, _("That recovery code is used up; %(left)d are left.") % {"left": left})
        return HttpResponseRedirect(self.half["next"])

    def _refuse(self, form, refusal: ValidationError):
        self.half["wrong"] += refusal.code == "wrong"
        if self.half["wrong"] >= CODES_A_PASSWORD:
            del self.request.session[HALF]
            messages.error(self.request, _("Too many wrong codes. Sign in with your password again."))
            return HttpResponseRedirect(reverse("login"))
        self.request.session.modified = True
        form.add_error("code", refusal)
        return self.form_invalid(form)


class OwnPage(LoginRequiredMixin):
    """A page about one's own account: for whoever is signed in, kept by no cache."""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(home=desk(self.request.user), **kwargs)


class ChangePassword(OwnPage, views.PasswordChangeView):
    template_name = "registration/password_change_form.html"
    form_class = PasswordForm
    extra_context = {"title": _("Change password")}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        form.user.must_change_password = False
        response = super().form_valid(form)
        sessions.end_sessions(form.user, but=self.request.session.session_key)
        record("change password", form.user, by=form.user)
        messages.success(self.request, _("Your password is changed. Everywhere else you are signed out."))
        return response

    def get_success_url(self):
        return target_or_desk(self.request)

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            next=self.request.POST.get("next") or self.request.GET.get("next", ""),
            must_change=user.must_change_password,
            too_old=passwords.is_too_old(user),
            age=passwords.age(user).days,
            **kwargs,
        )


class Security(OwnPage, TemplateView):
    template_name = "registration/security.html"
    extra_context = {"title": _("Account and security")}

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            changed_at=user.password_changed_at or user.date_joined,
            password_days=passwords.age(user).days,
            max_age=settings.PASSWORD_MAX_AGE_DAYS,
            device=second_factor.device_of(user),
            required=second_factor.is_required(user),
            codes_left=second_factor.codes_left(user),
            codes_made=second_factor.RECOVERY_CODES,
            session_count=sessions.sessions_of(user).count(),
            **kwargs,
        )


class Sessions(OwnPage, TemplateView):
    template_name = "registration/sessions.html"
    extra_context = {"title": _("Where you are signed in")}

    def get_context_data(self, **kwargs):
        own = self.request.session.session_key
        rows = [
            {"row": row, "name": sessions.public_name(row.session_key), "is_this": row.session_key == own}
            for row in sessions.sessions_of(self.request.user)
        ]
        return super().get_context_data(rows=rows, idle_minutes=settings.SESSION_COOKIE_AGE // 60, **kwargs)

    def post(self, request):
        """End the session that `session` names, or without it all but this one."""
        own = request.session.session_key
        name = request.POST.get("session", "")
        rows = [
            row for row in sessions.sessions_of(request.user) if name in ("", sessions.public_name(row.session_key))
        ]
        if name and [row.session_key for row in rows] == [own]:
            logout(request)
            return HttpResponseRedirect(reverse("login"))
        ended = [row for row in rows if row.session_key != own]
        for row in ended:
            row.delete()
            record("end session", request.user, by=request.user, note=f"{row.browser} {row.address or ''}".strip())
        if ended:
            messages.success(request, _("Signed out there."))
        else:
            messages.info(request, _("Nothing to end: you are signed in only here."))
        return HttpResponseRedirect(reverse("own_sessions"))

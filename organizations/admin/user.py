"""Accounts at the desk: opened and reset with a password shown once, handed over, closed, never deleted."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.forms import UsernameField
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import accounts, rights, second_factor
from organizations.forms import RefusableForm, sentence
from organizations.models import Membership, Organization, User

from .membership import INSIDE, MembershipInline
from .scoped import ScopedAdmin


class AccountForm(RefusableForm):
    """A new account: who, and the first role. The password is generated."""

    organization = forms.ModelChoiceField(Organization.objects.all(), label=gettext_lazy("organization"))
    role = forms.ChoiceField(choices=Membership.Role, label=gettext_lazy("role"), initial=Membership.Role.EDITOR)

    class Meta:
        model = User
        fields = ("username", "name", "phone", "email")
        field_classes = {"username": UsernameField}

    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if not rights.may(self.acting_user, "manage", organization):
            raise ValidationError(INSIDE)
        return organization


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("To"))
    with_roles = forms.BooleanField(label=gettext_lazy("Give the same roles too"), required=False, initial=True)

    administrator = forms.BooleanField(
        label=gettext_lazy("Make the person an administrator of the whole site"), required=False
    )

    def __init__(self, *args, choices, by, user, **kwargs):
        """`choices`: to whom `by` may hand `user` over; an administrator may hand on the office itself."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = choices
        if not (by.is_superuser and user.is_superuser):
            del self.fields["administrator"]


@admin.register(User)
class UserAdmin(ScopedAdmin):
    verbs = {"view": "manage", "add": "manage", "change": "manage", "delete": None}
    list_display = ("username", "name", "roles", "is_active", "last_login")
    list_filter = ("is_active", "memberships__role")
    search_fields = ("username", "name", "phone")
    actions = None
    change_form_template = "admin/organizations/user/change_form.html"

    def get_queryset(self, request):
        return accounts.manageable_by(request.user).prefetch_related("memberships__organization")

    def _may(self, request, step, obj=None):
        if self.verbs[step] is None or not rights.may(request.user, "manage"):
            return False
        if obj is None or request.user.is_superuser:
            return True
        asked = request.__dict__.setdefault("managed_users", {})
        if obj.pk not in asked:
            asked[obj.pk] = accounts.manageable_by(request.user).filter(pk=obj.pk).exists()
        return asked[obj.pk]

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is not None:
            return super().get_form(request, obj, change=change, **kwargs)
        kwargs |= {"form": AccountForm, "fields": AccountForm.Meta.fields}
        form = super().get_form(request, obj, change=change, **kwargs)
        field = form.base_fields["organization"]
        field.widget = AutocompleteSelect(Membership._meta.get_field("organization"), self.admin_site)
        field.widget.choices = field.choices
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fieldsets(self, request, obj=None):
        person = (None, {"fields": ("username", "name", "phone", "email")})
        if obj is None:
            return (person, (_("First role"), {"fields": ("organization", "role")}))
        standing = ["last_login", "date_joined", "password_changed_at", "has_second_factor", "must_change_password"]
        if request.user.is_superuser:
            standing = ["is_superuser", "is_service", *standing]
        return (person, (_("Account"), {"fields": standing}))

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return ()
        own = ("is_superuser", "is_service") if obj.pk == request.user.pk else ()  # nobody locks themselves out
        return (*own, "last_login", "date_joined", "password_changed_at", "has_second_factor")

    def get_inlines(self, request, obj):
        return [MembershipInline] if obj else []

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_superuser" and field is not None:
            field.label = _("Administrator of the whole site")
            field.help_text = ""
        return field

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def has_second_factor(self, user):
        return second_factor.device_of(user) is not None

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user):
        if user.is_superuser:
            return _("Administrator of the whole site")
        return "；".join(f"{held.organization} {held.get_role_display()}" for held in user.memberships.all())

    def get_list_display_links(self, request, list_display):
        return ("username",)  # a person may have no name yet

    # Verbs

    def get_urls(self):
        own = [
            path("<int:pk>/reset/", self.admin_site.admin_view(self.reset_view), name="organizations_user_reset"),
            path(
                "<int:pk>/hand-over/",
                self.admin_site.admin_view(self.hand_over_view),
                name="organizations_user_hand_over",
            ),
            path(
                "<int:pk>/second-factor/",
                self.admin_site.admin_view(self.second_factor_view),
                name="organizations_user_second_factor",
            ),
            path("<int:pk>/active/", self.admin_site.admin_view(self.active_view), name="organizations_user_active"),
        ]
        return own + super().get_urls()

    def save_model(self, request, user, form, change):
        if change:
            if "is_service" in form.changed_data:
                accounts.set_service(user, request.user, user.is_service)
            user.save()
            if "is_superuser" in form.changed_data:
                second_factor.ask_at_the_next_sign_in(user)
            return
        data = form.cleaned_data
        fields = ("username", "name", "phone", "email", "organization", "role")
        opened, request.shown_password = accounts.open_account(request.user, **{name: data[name] for name in fields})
        user.pk = opened.pk
        user.__dict__.update({key: value for key, value in opened.__dict__.items() if key != "_state"})

    def construct_change_message(self, request, form, formsets, add=False):
        """The account's own fields; roles stand in the trail one by one (organizations/memberships.py)."""
        return super().construct_change_message(request, form, [], add)

    def log_addition(self, request, obj, message):
        """accounts.open_account has written it already."""

    def response_add(self, request, user, post_url_continue=None):
        return self._show_password(request, user, request.shown_password)

    def _show_password(self, request, user, password):
        """The one page that ever shows it: not in a message, not stored (every page of the desk is no-store)."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Password for %s") % user,
            "opts": self.opts,
            "original": user,
            "password": password,
        }
        return TemplateResponse(request, "admin/organizations/user/password_shown.html", context)

    def _managed(self, request, pk):
        user = self.object_or_404(request, pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied(self.verbs["change"])
        return user

    def reset_view(self, request, pk):
        user = self._managed(request, pk)
        if request.method == "POST":
            try:
                return self._show_password(request, user, accounts.reset_password(user, request.user))
            except ValidationError as refusal:
                self.message_user(request, sentence(refusal), messages.ERROR)
                return self.back_to(user)
        return self.confirm(
            request,
            user,
            title=_("Reset the password of %s") % user,
            text=_("A new password is made and shown once. The old one ends at once, and so does a lockout."),
            button=_("Make a new password"),
        )

    def second_factor_view(self, request, pk):
        user = self._managed(request, pk)
        if request.method == "POST":
            self.run(
                request,
                lambda: accounts.reset_second_factor(user, request.user),
                _("The second factor of %s is taken away.") % user,
            )
            return self.back_to(user)
        return self.confirm(
            request,
            user,
            title=_("Reset the second factor of %s") % user,
            text=_(
                "For a lost phone. Make sure in person that it is %s who asks: from then on the password alone lets "
                "them in, until they set up a new one."
            )
            % user,
            button=_("Take the second factor away"),
        )

    def hand_over_view(self, request, pk):
        user = self._managed(request, pk)
        choices = accounts.manageable_by(request.user).filter(is_active=True, is_service=False).exclude(pk=user.pk)
        form = HandOverForm(request.POST or None, choices=choices, by=request.user, user=user)
        if request.method == "POST" and form.is_valid():
            asked = form.cleaned_data
            to = asked["to"]
            done = self.run(
                request,
                lambda: accounts.hand_over(
                    user,
                    to,
                    request.user,
                    with_roles=asked["with_roles"],
                    administrator=asked.get("administrator", False),
                ),
                _("All of %(user)s's work is with %(to)s now, and the account of %(user)s is closed.")
                % {"user": user, "to": to},
            )
            if done:
                return HttpResponseRedirect(reverse("admin:organizations_user_changelist"))
        return self.confirm(
            request,
            user,
            title=_("Hand over from %s") % user,
            text=_("Every article and draft goes to the person you choose. This account is then closed, not deleted."),
            button=_("Hand over and close the account"),
            form=form,
        )

    def active_view(self, request, pk):
        user = self._managed(request, pk)
        closing = user.is_active
        if request.method == "POST":
            done = _("The account is closed.") if closing else _("The account is open again.")
            self.run(request, lambda: accounts.set_active(user, request.user, not closing), done)
            return self.back_to(user)
        if closing:
            title, text = _("Close the account of %s") % user, _("Nobody can sign in with it; nothing else changes.")
        else:
            title, text = _("Reopen the account of %s") % user, _("Its roles count again as before.")
        return self.confirm(
            request, user, title=title, text=text, button=_("Close the account") if closing else _("Reopen the account")
        )

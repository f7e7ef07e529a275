"""A person's roles on the page of the account, each narrowed to some channels or not."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from organizations import memberships, rights
from organizations.models import Membership

from .inlines import ScopedInline

INSIDE = gettext_lazy("You do not manage that organization. Choose one of yours.")


class MembershipForm(forms.ModelForm):
    """One role. `numbers`, where an upper room offers it, are what the role is narrowed to; none: it is not."""

    acting_user = None
    numbers = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "union-numbers"})
    )

    class Meta:
        model = Membership
        fields = ("organization", "role")

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        narrowing = memberships.narrowing()
        if narrowing and instance is not None and instance.pk:
            initial = {"numbers": narrowing.numbers(instance), **(initial or {})}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if not rights.may(self.acting_user, "manage", organization):
            raise ValidationError(INSIDE)
        return organization

    def clean(self):
        cleaned = super().clean()
        try:
            memberships.check(cleaned.get("role", ""), cleaned.get("numbers", ()))
        except ValidationError as refusal:
            self.add_error("numbers", refusal)
        return cleaned

    def chosen(self) -> list[int]:
        return self.cleaned_data.get("numbers", [])


class MembershipFormSet(forms.BaseInlineFormSet):
    """Saves by the verbs of organizations/memberships.py."""

    def save_new(self, form, commit=True):
        membership = super().save_new(form, commit=False)
        return memberships.give(membership, form.acting_user, numbers=form.chosen())

    def save_existing(self, form, obj, commit=True):
        return memberships.change(form.save(commit=False), form.acting_user, numbers=form.chosen())

    def delete_existing(self, obj, commit=True):
        memberships.take(obj, self.form.acting_user)


class MembershipInline(ScopedInline):
    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    autocomplete_fields = ("organization",)
    verbose_name_plural = gettext_lazy("roles")

    def get_fields(self, request, obj=None):
        return ("organization", "role", "numbers") if memberships.narrowing() else ("organization", "role")

    def get_queryset(self, request):
        narrowing = memberships.narrowing()
        rows = super().get_queryset(request).select_related("organization", "user")
        return rows.prefetch_related(narrowing.prefetch) if narrowing else rows

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.acting_user = request.user
        if narrowing := memberships.narrowing():
            field = formset.form.base_fields["numbers"]
            field.label, field.help_text = narrowing.label, narrowing.help_text
            field.choices = narrowing.choices()
        return formset

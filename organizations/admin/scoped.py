"""What every admin page of the site keeps to: the one policy of rights, the one audit trail, verbs that may refuse."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from organizations import rights
from organizations.audit import record
from organizations.forms import RefusableForm, sentence
from organizations.models import AuditEntry

from .capped import CappedPaginator, OfferedOrders
from .times import ExactDateTime

HISTORY_PAGE = 100
CHOOSE_ROW = "Select this object for an action - {}"  # in Django's own catalogue


class PlainChoices:
    """Related rows are chosen, not added or changed in pop-up windows."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for step in ("add", "change", "delete", "view"):
            if hasattr(field and field.widget, f"can_{step}_related"):
                setattr(field.widget, f"can_{step}_related", False)
        return field


class ScopedAdmin(PlainChoices, admin.ModelAdmin):
    """Rows and rights follow organizations.rights; changes go to the audit trail, not to Django's own log.

    `owner_field` is the relation to the organisation whose members may touch a row ("" = the row is one, None = the
    site's own, which administrators alone change). `verbs` names the right each step needs; None: nobody.
    """

    form = RefusableForm
    formfield_overrides = {models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": ExactDateTime}}
    owner_field: str | None = "owner"
    limited_field = ""  # the relation to what may narrow a membership (rights.register_limit), where rows have one
    verbs = {"view": "view", "add": "write", "change": "write", "delete": None}
    show_full_result_count = False
    paginator = CappedPaginator
    list_max_show_all = 0
    list_per_page = 30
    save_on_top = False

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if self.owner_field is None:
            return rows
        return rows.filter(rights.reach(request.user, self.verbs["view"], self.owner_field, limited=self.limited_field))

    def _may(self, request, step: str, obj=None) -> bool:
        verb = self.verbs[step]
        if verb is None:
            return False
        if self.owner_field is None:
            return rights.may(request.user, verb) if step == "view" else request.user.is_superuser
        return rights.may(request.user, verb, obj)

    def has_view_permission(self, request, obj=None):
        return self._may(request, "view", obj)

    def has_add_permission(self, request):
        return self._may(request, "add")

    def has_change_permission(self, request, obj=None):
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return self._may(request, "delete", obj)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "verb_refusal", None)
        form.acting_user = request.user
        return form

    def get_changelist(self, request, **kwargs):
        return OfferedOrders

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied(self.verbs["view"])
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As Django's; where a verb refuses, everything is rolled back and the form is shown again with its reason."""
        if object_id and not self.has_view_permission(request):
            raise PermissionDenied(self.verbs["view"])
        adds = self.owner_field is not None and self.verbs["add"]
        if not object_id and adds and not self.has_add_permission(request):
            raise PermissionDenied(adds)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, PermissionDenied) as refusal:
            if request.method != "POST" or (isinstance(refusal, PermissionDenied) and not refusal.args):
                raise  # Django's own: this page is not for this person
            request.verb_refusal = refusal
            for upload in request.FILES.values():
                upload.seek(0)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def action_checkbox(self, obj):
        """As Django's, which renders three templates for it: a fifth of what a list costs."""
        label = format_html(_(CHOOSE_ROW), str(obj))
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            label,
        )

    def lookup_allowed(self, lookup, value, request):
        """As Django's, which lets every field of the row through: here a field must be offered as a filter.

        Else a list tells, letter by letter, what it does not show, such as the digest of a password.
        """
        if not super().lookup_allowed(lookup, value, request):
            return False
        try:
            self.opts.get_field(lookup.split(LOOKUP_SEP)[0])
        except FieldDoesNotExist:
            return True  # a filter's own parameter, or nothing that the database knows
        return any(lookup == name or lookup.startswith(name + LOOKUP_SEP) for name in self._filter_names(request))

    def _filter_names(self, request) -> set[str]:
        names = {self.date_hierarchy} if self.date_hierarchy else set()
        for offered in self.get_list_filter(request):
            field = offered[0] if isinstance(offered, list | tuple) else offered
            names.add(getattr(field, "parameter_name", field))
        return names

    # The audit trail in place of admin's own log

    def construct_change_message(self, request, form, formsets, add=False):
        """What changed, as {"before": …, "after": …} of the form and of each inline row that was touched.

        `organization` is that of the first such row that has one, for an object that has none of its own.
        """
        names = [name for name in form.changed_data if name in form.cleaned_data]
        after = _values(form, form.cleaned_data, names)
        before = {} if add else _values(form, form.initial, names)
        organizations = []
        for formset in formsets or []:
            label = formset.model._meta.label_lower
            for row in _touched(formset):
                names = row.fields.keys() - {formset.fk.name, formset.model._meta.pk.name, DELETION_FIELD_NAME}
                if row in formset.initial_forms:
                    before.setdefault(label, []).append(_values(row, row.initial, names))
                if row not in formset.deleted_forms:
                    after.setdefault(label, []).append(_values(row, row.cleaned_data, names))
                organizations.append(rights.owner(row.instance))
        return {"before": before, "after": after, "organization": next(filter(None, organizations), None)}

    def log_addition(self, request, obj, message):
        self._record(request, "add", obj, message)

    def log_change(self, request, obj, message):
        if message["before"] or message["after"]:
            self._record(request, "change", obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._record(request, "delete", obj, {"before": {}, "after": {}})

    def _record(self, request, verb: str, obj, message: dict) -> None:
        record(
            verb,
            obj,
            by=request.user,
            organization=rights.owner(obj) or message.get("organization"),
            before=message["before"] or None,
            after=message["after"] or None,
        )

    def history_view(self, request, object_id, extra_context=None):
        """Who did what to this object, from the audit trail."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, obj):
            raise PermissionDenied(self.verbs["view"])
        entries = AuditEntry.objects.filter(object_type=self.opts.label_lower, object_id=str(obj.pk))
        page = Paginator(entries.order_by("-at", "-id"), HISTORY_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % obj,
            "opts": self.opts,
            "object": obj,
            "page": page,
        }
        return TemplateResponse(request, "admin/object_audit.html", context)

    # Verbs from buttons, pages and list actions

    def response_action(self, request, queryset, **options):
        """As Django's; “all” are those that the list counts, however many more there are."""
        if request.POST.get("select_across", "0") != "0":
            queryset = queryset.filter(pk__in=list(queryset.values_list("pk", flat=True)[: self.paginator.most]))
        return super().response_action(request, queryset, **options)

    def run(self, request, verb, done: str) -> bool:
        """Call `verb()`, tell the person `done` or why not; returns whether it was done."""
        try:
            with transaction.atomic():
                verb()
        except (ValidationError, PermissionDenied) as refusal:
            self.message_user(request, sentence(refusal), messages.ERROR)
            return False
        self.message_user(request, done, messages.SUCCESS)
        return True

    def run_on_each(self, request, rows, verb, done: str) -> None:
        """Call `verb(row)` for each row; `done` names the count as %d, refusals name their row."""
        count = 0
        for row in rows:
            try:
                with transaction.atomic():
                    verb(row)
                count += 1
            except (ValidationError, PermissionDenied) as refusal:
                self.message_user(request, f"{row}: {sentence(refusal)}", messages.ERROR)
        if count:
            self.message_user(request, done % count, messages.SUCCESS)

    def object_or_404(self, request, object_id):
        """The row for a page of its own; PermissionDenied where the person may not see it."""
        obj = self.get_object(request, unquote(str(object_id)))
        if obj is None or not self.has_view_permission(request, obj):
            raise PermissionDenied(self.verbs["view"])
        return obj

    def back_to(self, obj) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.address(obj))

    def address(self, obj) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    def confirm(self, request, obj, **context):
        """A page of its own that asks before something is done: `title`, `text`, `button`, `fields` (a form) …"""
        return TemplateResponse(
            request,
            "admin/confirm.html",
            {**self.admin_site.each_context(request), "opts": self.opts, "original": obj, "form": None, **context},
        )


class ReadOnlyAdmin(ScopedAdmin):
    """Rows that are looked at and never typed in."""

    verbs = {"view": "view", "add": None, "change": None, "delete": None}
    actions = None


def _touched(formset) -> list:
    """The forms of the rows that were added, changed or deleted."""
    deleted = formset.deleted_forms
    changed = [row for row in formset.initial_forms if row in deleted or row.has_changed()]
    return changed + [row for row in formset.extra_forms if row not in deleted and row.has_changed()]


def _values(form, data: dict, names) -> dict:
    """The values of the fields `names` in `data` (a form's initial or cleaned data), related rows by their names."""
    return {name: _plain(_named(form.fields[name], data.get(name))) for name in sorted(names)}


def _named(field, value):
    """`value`, or the row it is the number of."""
    if isinstance(field, forms.ModelChoiceField) and isinstance(value, int):
        return field.queryset.model._base_manager.filter(pk=value).first() or value
    return value


def _plain(value):
    """`value` as JSON can hold it."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple) or hasattr(value, "iterator"):
        return [_plain(part) for part in value]
    return str(value)

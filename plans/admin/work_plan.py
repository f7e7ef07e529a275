"""A work plan at the desk: filed for an organisation and a year, read, corrected, put in force."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import search
from articles.canonical import canonical
from articles.html import plain_text
from articles.models import Article
from organizations import rights
from organizations.admin.filters import NamedEmptyFilter, YearFilter
from organizations.admin.scoped import ScopedAdmin
from organizations.models import Organization
from organizations.numbered import in_order
from plans import filing
from plans.anchoring import reanchor
from plans.forms import FilingForm
from plans.grammar.quotes import quote_hash
from plans.models import Clause, Target, WorkPlan
from plans.proposals import GAP

from .inlines import ClauseInline, TargetInline

BODIES = 500  # whose plans are found by one name
STATE_LOOKS = {"in_force": "ok", "draft": "warn", "replaced": "cool", "closed": "cool"}


class PlanYearFilter(YearFilter):
    field = "starts_on"

    def in_year(self, queryset, year):
        """Every plan whose days touch the year."""
        return queryset.in_years(year, year)


@admin.register(WorkPlan)
class WorkPlanAdmin(ScopedAdmin):
    owner_field = "article__owner"
    limited_field = "article__channel"
    verbs = {"view": "view", "add": "file_plan", "change": "file_plan", "delete": None}
    list_display = ("article_title", "organization", "years_shown", "role", "subject", "state_shown", "level_then")
    list_filter = ("state", PlanYearFilter, ("level_then", NamedEmptyFilter), "role", "year_stated")
    list_select_related = ("organization", "level_then", "article")
    search_fields = ("article__title", "organization__name", "name_then", "doc_number")
    search_help_text = gettext_lazy("Words of the title or the text, the organization, the document number")
    autocomplete_fields = ("article", "organization", "replaces")
    actions = ("put_chosen_in_force",)
    add_form_template = "admin/plans/workplan/add_form.html"
    ordering = ("-starts_on", "pk")
    sortable_by = ("years_shown",)

    # Lists

    def get_search_results(self, request, queryset, search_term):
        """By the index of the articles and by the names of bodies; no row of another table is looked through."""
        if not (term := search_term.strip()):
            return queryset, False
        seen = Article.objects.filter(rights.reach(request.user, "view", "owner", limited="channel"))
        of_plans = seen.filter(work_plan__isnull=False)
        found = search.search(term, public=False, order="date", limit=search.CAP, among=of_plans)
        bodies = list(
            Organization.objects.filter(name__icontains=term).order_by().values_list("pk", flat=True)[:BODIES]
        )
        written = Q(name_then__icontains=term) | Q(doc_number__icontains=term)
        return queryset.filter(Q(article__in=found.ids) | Q(organization__in=bodies) | written), False

    @admin.display(description=gettext_lazy("title"), ordering="article__title")
    def article_title(self, plan):
        return plan.article.title

    @admin.display(description=gettext_lazy("year"), ordering="starts_on")
    def years_shown(self, plan):
        if plan.years and not plan.year_stated:
            return format_html('<span class="inferred">{}</span> <small>{}</small>', plan.years, _("inferred"))
        return plan.years

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, plan):
        return format_html('<span class="st st-{}">{}</span>', STATE_LOOKS[plan.state], plan.get_state_display())

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, plan):
        address = reverse("admin:articles_article_change", args=[plan.article_id])
        return format_html('<a href="{}">{}</a>', address, plan.article)

    # The form

    def has_change_permission(self, request, obj=None):
        """A draft is corrected by whoever may file it; a plan in force only by those who may put it there."""
        verb = "file_plan" if obj is None or obj.state == WorkPlan.State.DRAFT else "put_in_force"
        return rights.may(request.user, verb, obj)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs |= {"form": FilingForm, "fields": FilingForm.Meta.fields}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            fields = ("article", "organization", "year", "role", "subject", "period", "read")
            days = ("starts_on", "ends_on")
            return ((None, {"fields": fields}), (_("Other days than the year's"), {"fields": days}))
        return (
            (None, {"fields": ("article_link", "organization", "starts_on", "ends_on", "role", "subject", "period")}),
            (
                _("Evidence and names"),
                {
                    "classes": ("collapse",),
                    "fields": ("year_stated", "year_evidence", "doc_number", "name_then", "level_then", "replaces"),
                },
            ),
        )

    def get_readonly_fields(self, request, obj=None):
        return ("article_link",) if obj else ()

    def get_inlines(self, request, obj):
        return [ClauseInline, TargetInline] if obj else []

    def save_model(self, request, plan, form, change):
        if change:
            plan.save()
            return
        data = form.cleaned_data
        data["organization"] = data["organization"] or data["article"].organization
        names = ("organization", "starts_on", "ends_on", "role", "subject", "period", "read")
        rights.require(request.user, "view", data["article"])
        made = filing.propose(
            data["article"], request.user, year_evidence=str(data["year"] or ""), **{name: data[name] for name in names}
        )
        plan.pk = made.pk
        plan.refresh_from_db()

    def save_formset(self, request, form, formset, change):
        rows = in_order(formset, formset.model.objects.filter(plan=form.instance), GAP)
        for row, fields in formset.changed_objects:
            if {"quote", "heading"} & set(fields):
                row.broken = False  # other words: found anew when all is saved
        for row in rows:
            if formset.model is Target:
                row.quote_hash = quote_hash(row.quote)
            row.save()
        if formset.model is Clause:
            for row_form in formset.forms:
                if "theme" in row_form.changed_data and row_form.instance.pk and row_form not in formset.deleted_forms:
                    row_form.save_theme()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        plan = form.instance
        if change:
            reanchor(plan, plan.text_revision, request.user)
            self._name_broken(request, plan)
        if "_put_in_force" in request.POST:
            request.clash = filing.clashing(plan) if plan.organization_id else None
            if request.clash is None:
                filing.put_in_force(plan, request.user)

    def _name_broken(self, request, plan):
        text = canonical(plain_text(plan.text_revision.body))
        for target in plan.targets.filter(broken=True):
            if canonical(target.quote) not in text:
                said = _("The sentence of “%(target)s” does not stand in the text. Copy it from there, word by word.")
                self.message_user(request, said % {"target": target}, "warning")

    def log_addition(self, request, obj, message):
        """filing.propose has written it already."""

    def response_add(self, request, plan, post_url_continue=None):
        counts = {"clauses": plan.clauses.count(), "targets": plan.targets.count()}
        said = _(
            "Filed as a draft: %(clauses)d clauses and %(targets)d targets were read. Check them, then put it in force."
        )
        self.message_user(request, said % counts)
        return self.back_to(plan)

    def response_change(self, request, plan):
        if "_put_in_force" not in request.POST:
            return super().response_change(request, plan)
        if getattr(request, "clash", None):
            return HttpResponseRedirect(reverse("admin:plans_workplan_replace", args=[plan.pk]))
        self.message_user(request, _("The plan is in force."), "success")
        if not plan.article.is_public_now:
            said = _("Its article is not public yet, so that only its own people see the plan: {}")
            self.message_user(request, format_html(said, self.article_link(plan)), "warning")
        return self.back_to(plan)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        user = request.user
        draft = obj is not None and obj.state == WorkPlan.State.DRAFT
        context |= {
            "may_put_in_force": draft and rights.may(user, "put_in_force", obj),
            "may_read": draft and rights.may(user, "file_plan", obj),
            "may_take_back": obj is not None
            and obj.state in (WorkPlan.State.IN_FORCE, WorkPlan.State.CLOSED)
            and rights.may(user, "put_in_force", obj),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Verbs on pages of their own

    def get_urls(self):
        def page(address, view, name):
            return path(f"<int:pk>/{address}/", self.admin_site.admin_view(view), name=f"plans_workplan_{name}")

        own = [
            page("replace", self.replace_view, "replace"),
            page("draft", self.draft_view, "draft"),
            page("read", self.read_view, "read"),
        ]
        return own + super().get_urls()

    def _plan(self, request, pk, verb) -> WorkPlan:
        plan = self.object_or_404(request, pk)
        if not rights.may(request.user, verb, plan):
            raise PermissionDenied
        return plan

    def replace_view(self, request, pk):
        """Two plans of one organisation for one time: does the new one replace the old one?"""
        plan = self._plan(request, pk, "put_in_force")
        old = filing.clashing(plan)
        if old is None:
            return self.back_to(plan)
        if request.method == "POST":
            done = _("The plan is in force and the earlier one is marked as replaced.")
            self.run(request, lambda: filing.put_in_force(plan, request.user, replaces=old), done)
            return self.back_to(plan)
        return self.confirm(
            request,
            plan,
            title=_("Does it replace the earlier plan?"),
            text=_("%(name)s already has a plan in force for %(years)s. Two cannot be in force for the same time.")
            % {"name": plan.organization, "years": plan.years},
            rows=[old.article],
            button=_("Yes, it replaces that plan"),
        )

    def draft_view(self, request, pk):
        plan = self._plan(request, pk, "put_in_force")
        if request.method == "POST":
            self.run(request, lambda: filing.back_to_draft(plan, request.user), _("The plan is a draft again."))
            return self.back_to(plan)
        return self.confirm(
            request,
            plan,
            title=_("Take “%s” back to draft") % plan,
            text=_("The register shows it as a draft until you put it in force again."),
            button=_("Back to draft"),
        )

    def read_view(self, request, pk):
        plan = self._plan(request, pk, "file_plan")
        if request.method == "POST":
            self.run(request, lambda: filing.read_text(plan, request.user), _("The text was read anew."))
            return self.back_to(plan)
        return self.confirm(
            request,
            plan,
            title=_("Read the text of “%s” anew") % plan,
            text=_("Clauses and targets are proposed again from the text. What you corrected by hand is lost."),
            button=_("Read the text anew"),
        )

    @admin.action(description=gettext_lazy("Put the chosen plans in force"))
    def put_chosen_in_force(self, request, chosen):
        done = _("%d plans are in force now.")
        self.run_on_each(request, chosen, lambda plan: filing.put_in_force(plan, request.user), done)

"""The queue of imported files that wait for a person, and the page where one of them is reviewed."""

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.uploads import read_type
from importer.batches import accepting, corrections
from importer.forms import CorrectionForm, DismissForm, channel_choices, level_choices
from importer.models import ImportBatch, ImportItem
from organizations import rights
from organizations.admin.scoped import ReadOnlyAdmin
from organizations.forms import sentence
from plans.models import WorkPlan

from . import highlights, reviewing, words
from .batches import LOOKS
from .rows import with_titles

BATCHES_OFFERED = 20


class WaitingFilter(admin.SimpleListFilter):
    """By what became of a file; without a choice, what waits."""

    title = gettext_lazy("outcome")
    parameter_name = "outcome"

    def lookups(self, request, model_admin):
        return [("all", _("all files")), *ImportItem.Outcome.choices]

    def choices(self, changelist):
        waiting = {"selected": self.value() is None, "query_string": changelist.get_query_string(remove=["outcome"])}
        yield {**waiting, "display": _("waits for a decision")}
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() in ImportItem.Outcome.values:
            return queryset.filter(outcome=self.value())
        return queryset if self.value() == "all" else queryset.filter(outcome__in=ImportItem.WAITING)


class BatchFilter(admin.SimpleListFilter):
    """By batch; the newest ones are offered."""

    title = gettext_lazy("import batch")
    parameter_name = "batch"

    def lookups(self, request, model_admin):
        inside = rights.reach(request.user, "view", "owner")
        offered = {str(batch.pk): str(batch) for batch in ImportBatch.objects.filter(inside)[:BATCHES_OFFERED]}
        chosen = self.value() or ""
        if chosen.isdecimal():
            offered.setdefault(chosen, chosen)
        return list(offered.items())

    def queryset(self, request, queryset):
        chosen = reviewing.number(self.value())
        return queryset.filter(batch=chosen) if chosen else queryset


@admin.register(ImportItem)
class ImportItemAdmin(ReadOnlyAdmin):
    owner_field = "batch__owner"
    list_display = ("shown_name", "found_title", "doubt_shown", "outcome_shown", "batch")
    list_display_links = ("shown_name",)
    list_filter = (WaitingFilter, BatchFilter)
    list_select_related = ()
    search_fields = ("name",)
    search_help_text = gettext_lazy("Words of the file's name")
    sortable_by = ("doubt_shown",)
    ordering = ("-doubt", "pk")

    class Media:
        css = {"all": ("admin/union-import.css",)}

    # The queue

    def get_object(self, request, object_id, from_field=None):
        """With its bytes and its output, which lists never read."""
        found = super().get_object(request, object_id, from_field)
        return found and self.get_queryset(request).defer(None).get(pk=found.pk)

    def get_queryset(self, request):
        rows = with_titles(super().get_queryset(request)).defer("raw", "output", "corrections")
        if request.resolver_match.url_name == "importer_importitem_changelist":
            return rows.prefetch_related("batch__owner")  # joined, SQLite would begin with the owners
        return rows.select_related("batch__owner")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": _("Imported files"), "is_nav_sidebar_enabled": False, **(extra_context or {})}
        )

    @admin.display(description=gettext_lazy("file"), ordering="name")
    def shown_name(self, item):
        return item.name

    @admin.display(description=gettext_lazy("title"))
    def found_title(self, item):
        return item.found_title

    @admin.display(description=gettext_lazy("doubt"), ordering="doubt")
    def doubt_shown(self, item):
        if item.outcome not in ImportItem.WAITING:
            return ""
        said = words.doubt(item.doubt)
        return format_html('<span class="st st-{}">{}</span>', said["look"], said["words"])

    @admin.display(description=gettext_lazy("outcome"), ordering="outcome")
    def outcome_shown(self, item):
        return format_html('<span class="st st-{}">{}</span>', LOOKS[item.outcome], item.get_outcome_display())

    # The review

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page as read beside the form; posted, it is corrected, filed or dismissed, and the next one follows."""
        item = self.object_or_404(request, object_id)
        scope = reviewing.scope(request.GET)
        index = reviewing.place(item, request.GET.get("n"))
        decides = item.outcome in ImportItem.WAITING and rights.may(request.user, "write", item)
        if request.method == "POST" and not decides:
            return self._too_late(request, item, scope, index)
        article, typed = reviewing.article(item, index), {}
        form = self._form(item, index, article, request.POST if request.method == "POST" else None)
        dismissing = DismissForm(request.POST if request.POST.get("do") == "dismiss" else None)
        if request.method == "POST":
            answer = self._decide(request, item, index, form, dismissing, scope)
            if answer:
                return answer
            if form.has_error(NON_FIELD_ERRORS, "decided"):
                return self._too_late(request, item, scope, index)
            if form.has_error(NON_FIELD_ERRORS, "stale"):
                refusal, typed = form.errors[NON_FIELD_ERRORS], reviewing.typed(form)
                item = self.object_or_404(request, object_id)
                article = reviewing.article(item, index)
                form = self._form(item, index, article)
                form._errors = ErrorDict({NON_FIELD_ERRORS: refusal})
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": item,
            "title": item.name,
            "is_nav_sidebar_enabled": False,
            "form": form,
            "fields": reviewing.fields(form, item, index, typed) if article else [],
            "dismissing": dismissing,
            "decides": decides,
            "may_publish": decides and rights.may(request.user, "publish", item),
            "shown": highlights.page_of(bytes(item.raw), item.name, item.output, index, article),
            "article": article,
            "index": index,
            "tabs": reviewing.tabs(item),
            "warnings": words.warnings([*(item.output.get("warnings") or []), *item.message.splitlines()]),
            "doubt": words.doubt(item.doubt),
            "differences": reviewing.differences(item) if decides else [],
            "look": LOOKS[item.outcome],
            "made": list(item.articles.select_related("article")) if not decides else [],
            "queue": reviewing.queue(request.user, item, scope) if decides else None,
            "scope": scope,
            "seen": corrections.stamp(item),
        }
        return TemplateResponse(request, "admin/importer/review.html", context)

    def picture_view(self, request, pk, index, number):
        """A picture of a file that is not filed yet."""
        item = self.object_or_404(request, pk)
        source = next((one for one, there in reviewing.pictures(item, index).items() if there == request.path), None)
        raw = source and accepting.found_files(item)(source)
        if not raw:
            raise Http404
        try:
            found = read_type(ContentFile(raw), item.name)
        except ValidationError:
            raise Http404
        if not found.is_picture:
            raise Http404
        return HttpResponse(raw, content_type=found.media_type, headers={"Cache-Control": "private, max-age=600"})

    def get_urls(self):
        address = "<int:pk>/picture/<int:index>/<int:number>/"
        view = self.admin_site.admin_view(self.picture_view)
        return [path(address, view, name="importer_importitem_picture"), *super().get_urls()]

    @staticmethod
    def _form(item, index, article, data=None) -> CorrectionForm:
        return CorrectionForm(
            data,
            initial=reviewing.initial(article),
            channels=channel_choices(),
            levels=level_choices(),
            pictures=reviewing.pictures(item, index),
        )

    def _too_late(self, request, item, scope, index) -> HttpResponseRedirect:
        """Somebody else decided while the person looked at the file: say so, and show what became of it."""
        rights.require(request.user, "write", item)
        item.refresh_from_db(fields=["outcome", "decided_by"])
        said = _("%(who)s decided on this file before you (%(outcome)s). Nothing of what you sent was saved.")
        who = item.decided_by or _("Somebody")
        self.message_user(request, said % {"who": who, "outcome": item.get_outcome_display()}, messages.ERROR)
        return self._to(item.pk, scope, index)

    def _decide(self, request, item, index, form, dismissing, scope):
        """Do what the button says; None where the page is to be shown again."""
        do, user, seen = request.POST.get("do"), request.user, request.POST.get("seen")
        try:
            if do == "dismiss":
                if not dismissing.is_valid():
                    return None
                after = reviewing.queue(user, item, scope)
                accepting.dismiss(item, user, dismissing.cleaned_data["reason"])
                self.message_user(request, _("Dismissed: %s") % item.name, messages.SUCCESS)
                return self._to(after["next"] or after["previous"], scope)
            if not form.is_valid():
                return None
            if form.changed_data and reviewing.article(item, index):
                item = accepting.correct(item, user, index, form.changes(), seen=seen)
                seen = corrections.stamp(item)
            if do in ("accept", "publish"):
                return self._accept(request, item, do == "publish", scope, seen)
            if "go" not in request.POST:
                self.message_user(request, _("The corrections are kept."), messages.SUCCESS)
            return self._to(item.pk, scope, reviewing.place(item, request.POST.get("go", str(index))))
        except ValidationError as refusal:
            reviewing.add_refusal(form, refusal)
        except PermissionDenied as refusal:
            form.add_error(None, sentence(refusal))
        return None

    def _accept(self, request, item, publish: bool, scope, seen: str | None):
        after = reviewing.queue(request.user, item, scope)
        fields = request.POST.getlist("fields") if "differences" in request.POST else None
        filed = accepting.accept(item, request.user, publish=publish, fields=fields, seen=seen)
        said = _("Accepted and published: {}") if publish and filed.published else _("Accepted: {}")
        self.message_user(request, _linked(said, "articles_article", filed.articles), messages.SUCCESS)
        drafts = WorkPlan.objects.filter(article__in=filed.articles, state=WorkPlan.State.DRAFT).order_by("pk")
        if drafts := list(drafts.select_related("article")):
            said = _("Filed as a draft plan; check its targets, then put it in force: {}")
            self.message_user(request, _linked(said, "plans_workplan", drafts))
        for note in words.warnings(filed.notes):
            self.message_user(request, note, messages.WARNING)
        return self._to(after["next"] or after["previous"], scope)

    def _to(self, pk, scope, index: int = 0) -> HttpResponseRedirect:
        """To the review of item `pk`; without one, to the queue, where nothing waits."""
        if pk is None:
            query = f"?batch={scope}" if scope else ""
            return HttpResponseRedirect(reverse("admin:importer_importitem_changelist") + query)
        return HttpResponseRedirect(reviewing.address(pk, scope, index))


def _linked(said: str, model: str, rows: list) -> str:
    """`said` with the titles of articles or plans, each a link to its form, where it has braces."""
    titled = [
        (reverse(f"admin:{model}_change", args=[row.pk]), row.article.title if model == "plans_workplan" else row.title)
        for row in rows
    ]
    return format_html(said, format_html_join("、", '<a href="{}">{}</a>', titled))

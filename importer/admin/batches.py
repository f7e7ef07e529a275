"""Import batches at the desk: uploading, what became of the files, one correction for all of them, taking it back."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article
from importer import tasks
from importer.batches import accepting, expected, silence, undoing, uploads
from importer.forms import BatchCorrectionForm, UndoForm, UploadForm, channel_choices
from importer.models import ImportBatch, ImportItem
from organizations import rights
from organizations.admin.scoped import ReadOnlyAdmin
from organizations.forms import sentence

from . import words
from .rows import rows_of

Outcome = ImportItem.Outcome
LOOKS = {
    Outcome.FILED: "ok",
    Outcome.REVISED: "ok",
    Outcome.UNCHANGED: "cool",
    Outcome.READ: "warn",
    Outcome.SET_ASIDE: "warn",
    Outcome.FAILED: "late",
    Outcome.DISMISSED: "cool",
    Outcome.QUEUED: "cool",
    Outcome.PART: "cool",
}
SHOWN = 20


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    verbs = {"view": "view", "add": "write", "change": None, "delete": None}
    list_display = ("named", "owner", "by", "started_at", "state_shown", "files")
    list_display_links = ("named",)
    list_filter = ("started_at", "state")
    list_select_related = ("owner", "by")
    search_fields = ("name", "place")
    sortable_by = ("named",)
    ordering = ("-pk",)

    # The list

    @admin.display(description=gettext_lazy("name"), ordering="pk")
    def named(self, batch):
        return batch.name or batch.place or str(batch.pk)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, batch):
        if batch.undone_at:
            return format_html('<span class="st st-cool">{}</span>', _("taken back"))
        state = ImportBatch.State.FAILED if silence.is_silent(batch) else ImportBatch.State(batch.state)
        look = {"ended": "ok", "failed": "late"}.get(state, "warn")
        return format_html('<span class="st st-{}">{}</span>', look, state.label)

    @admin.display(description=gettext_lazy("files"), ordering="total")
    def files(self, batch):
        return batch.total or batch.file_count

    def get_queryset(self, request):
        items = ImportItem.objects.filter(batch=OuterRef("pk")).order_by().values("batch")
        counted = Coalesce(Subquery(items.annotate(number=Count("pk")).values("number")), 0)
        return super().get_queryset(request).annotate(file_count=counted).order_by("-pk")

    # Pages

    def get_urls(self):
        def page(address, view, name):
            return path(f"<int:pk>/{address}/", self.admin_site.admin_view(view), name=f"importer_importbatch_{name}")

        return [
            page("progress", self.progress_view, "progress"),
            page("correct", self.correct_view, "correct"),
            page("undo", self.undo_view, "undo"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Uploading."""
        if not self.has_add_permission(request):
            raise PermissionDenied("write")
        widget = AutocompleteSelect(Article._meta.get_field("owner"), self.admin_site)
        wanted, complaints = expected.asked(request.GET, request.user)
        form = UploadForm(
            request.POST if request.method == "POST" else None,
            request.FILES if request.method == "POST" else None,
            user=request.user,
            verb="write",
            widget=widget,
            initial={"owner": self._own(request.user)},
        )
        if request.method == "POST" and form.is_valid():
            try:
                batch = uploads.take(by=request.user, **form.cleaned_data, **wanted._asdict())
            except (ValidationError, PermissionDenied) as refusal:
                form.add_error(None, sentence(refusal))
            else:
                return self.back_to(batch)
        return self._answer(
            request,
            "upload.html",
            {"title": _("Import pages"), "form": form, "wanted": wanted, "complaints": complaints},
        )

    def _own(self, user):
        """The highest organisation that the person has a role in, else the site's own."""
        from organizations.models import Organization, SiteSettings

        own = Organization.objects.filter(rights.reach(user, "write", ""), memberships__user=user)
        return own.order_by("path").first() or SiteSettings.load().organization

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What became of the files, and what can be done about all of them."""
        batch = self.object_or_404(request, object_id)
        taken_up = _take_up(batch)
        counts = _counts(batch)
        unread = any(row["outcome"] == Outcome.QUEUED for row in counts)
        waiting = sum(row["count"] for row in counts if row["outcome"] in ImportItem.WAITING)
        items = batch.items.order_by("-doubt", "pk")
        context = {
            "title": _("Import: %s") % self.named(batch),
            "original": batch,
            "state": self.state_shown(batch),
            "running": _is_running(batch),
            "taken_up": taken_up,
            "broken_off": silence.is_silent(batch) and not unread,
            "total": batch.total or batch.file_count,
            "counts": counts,
            "waiting": waiting,
            "doubtful": rows_of(items.filter(outcome__in=ImportItem.WAITING)[:SHOWN]),
            "failed": rows_of(items.filter(outcome=Outcome.FAILED)[:SHOWN]),
            "may_decide": rights.may(request.user, "write", batch),
            "may_undo": not batch.undone_at and rights.may(request.user, "write", batch),
            "set_for_all": _set_for_all(batch),
            "wanted": expected.of(batch.options),
        }
        return self._answer(request, "batch.html", context)

    def progress_view(self, request, pk):
        """How far the reading has come, for the script of the batch's page."""
        batch = self.object_or_404(request, pk)
        _take_up(batch)
        return JsonResponse(
            {
                "done": batch.done,
                "total": batch.total,
                "state": batch.get_state_display(),
                "ended": not _is_running(batch),
                "counts": {row["outcome"]: row["count"] for row in _counts(batch)},
            }
        )

    def correct_view(self, request, pk):
        """One channel, organisation or source for all files of the batch that wait."""
        batch = self._batch(request, pk, "write")
        widget = AutocompleteSelect(Article._meta.get_field("organization"), self.admin_site)
        form = BatchCorrectionForm(
            request.POST if request.method == "POST" else None, channels=channel_choices(), widget=widget
        )
        if request.method == "POST" and form.is_valid():
            try:
                count = accepting.correct_batch(batch, request.user, form.values())
            except (ValidationError, PermissionDenied) as refusal:
                form.add_error(None, sentence(refusal))
            else:
                said = ngettext("%d file was corrected.", "%d files were corrected.", count) % count
                self.message_user(request, said, messages.SUCCESS)
                return self.back_to(batch)
        return self.confirm(
            request,
            batch,
            title=_("Correct all files that wait"),
            text=_(
                "What you set here holds for every file of this batch that still waits. What was corrected in a file "
                "by itself stays, and so does what has been accepted."
            ),
            button=_("Correct them"),
            form=form,
        )

    def undo_view(self, request, pk):
        batch = self._batch(request, pk, "write")
        if batch.undone_at:
            return self.back_to(batch)
        form = UndoForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                count = undoing.undo(batch, request.user, data["reason"], untouched_only=data["reach"] == "untouched")
            except (ValidationError, PermissionDenied) as refusal:
                form.add_error(None, sentence(refusal))
            else:
                said = ngettext("%d article was taken back.", "%d articles were taken back.", count) % count
                self.message_user(request, said, messages.SUCCESS)
                return self.back_to(batch)
        return self.confirm(
            request,
            batch,
            title=_("Take the import back"),
            text=_(
                "The articles that this batch made are withdrawn from readers and put into the trash, their plans are "
                "drafts again. Articles that were there before get the text back that they had. What still waits is "
                "dismissed. The uploaded files stay here, so nothing is lost."
            ),
            button=_("Take it back"),
            form=form,
        )

    def _batch(self, request, pk, verb: str) -> ImportBatch:
        batch = self.object_or_404(request, pk)
        rights.require(request.user, verb, batch)
        return batch

    def _answer(self, request, template: str, context: dict):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/importer/{template}", context)


def _take_up(batch: ImportBatch) -> bool:
    """Have a batch read on whose reader was ended, and say whether that was needed."""
    if not silence.is_silent(batch) or not silence.take_up(batch.pk):
        return False
    tasks.start(batch.pk)
    batch.refresh_from_db(fields=["state", "heartbeat_at", "done"])
    return True


def _is_running(batch: ImportBatch) -> bool:
    begun = batch.state in (ImportBatch.State.QUEUED, ImportBatch.State.RUNNING)
    return begun and not batch.undone_at and not silence.is_silent(batch)


def _counts(batch: ImportBatch) -> list[dict]:
    """How many files have each outcome, in the order of Outcome, with its words and the look of its mark."""
    found = dict(batch.items.order_by().values_list("outcome").annotate(Count("pk")))
    return [
        {"outcome": outcome.value, "name": outcome.label, "count": found[outcome], "look": LOOKS[outcome]}
        for outcome in Outcome
        if found.get(outcome)
    ]


def _set_for_all(batch: ImportBatch) -> list[str]:
    """What a person set for the whole batch, by the names of the fields."""
    return [words.field(name) for name in accepting.FOR_ALL if batch.options.get(name)]

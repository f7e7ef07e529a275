"""The article form: what is typed becomes a revision; the buttons call the verbs of publishing.py."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles import extensions, particulars, publishing, search
from articles.forms import ArticleForm
from articles.html import clean
from articles.models import Article, Revision
from articles.tagging import tagged
from organizations import rights
from organizations.admin.filters import NamedEmptyFilter, YearFilter
from organizations.admin.scoped import ScopedAdmin
from organizations.models import Organization, SiteSettings

from .editing import EditingPages
from .life import LifePages
from .preview import PreviewPages
from .review import ReviewPages, ReviewStageFilter, standing
from .revisions import RevisionPages
from .schedule import SchedulePages
from .views import ViewPages

PROPOSED_TAGS = 12
STATE_LOOKS = {"public": "ok", "draft": "warn", "withdrawn": "cool", "trashed": "cool"}

VIEWED = (
    (None, {"fields": ("title", "kicker", "channel", "text_shown", "author", "withdrawal_reason")}),
    (
        gettext_lazy("Whose it is, what kind, when"),
        {"fields": ("owner", "organization", "level", "kind", "published_at", "publish_at", "withdraw_at")},
    ),
)


@admin.register(Article)
class ArticleAdmin(
    LifePages, ReviewPages, RevisionPages, EditingPages, PreviewPages, SchedulePages, ViewPages, ScopedAdmin
):
    form = ArticleForm
    limited_field = "channel"
    verbs = {"view": "view", "add": "write", "change": "write", "delete": None}
    list_display = ("title", "state_shown", "channel", "organization", "date_shown")
    list_filter = (
        "state",
        ReviewStageFilter,
        "withdrawal_kind",
        YearFilter,
        ("level", NamedEmptyFilter),
        "kind",
        "channel",
    )
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title, the text, the tags, the author")
    autocomplete_fields = ("owner", "organization")
    ordering = ("-sort_at", "-pk")
    sortable_by = ("state_shown", "date_shown")  # what an index has in order
    actions = (*LifePages.actions,)
    fieldsets = (
        (None, {"fields": ("title", "channel", "body", "tags", "lead_image", "summary", "base", "started")}),
        (gettext_lazy("Source and author"), {"fields": ("source", "author", "author_title", "editor", "reviewer")}),
        (
            gettext_lazy("Particulars of a document"),
            {
                "classes": ("collapse",),
                "fields": ("document_number", "index_number", "written_on", "original_url"),
            },
        ),
        (gettext_lazy("Other lines of the headline"), {"classes": ("collapse",), "fields": ("kicker", "subtitle")}),
        (
            gettext_lazy("Whose it is, what kind, when"),
            {
                "classes": ("collapse",),
                "fields": (
                    *("owner", "organization", "level", "kind"),
                    *("published_at", "date_reason", "publish_at", "withdraw_at"),
                ),
            },
        ),
        (
            gettext_lazy("About this revision"),
            {"classes": ("collapse",), "fields": ("complete", "change_note", "major", "public_note")},
        ),
    )

    # Lists

    def changelist_view(self, request, extra_context=None):
        tools = {"list_tools": extensions.list_tools(request.user)}
        return super().changelist_view(request, tools | (extra_context or {}))

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("channel", "organization", "owner")

    def get_search_results(self, request, queryset, search_term):
        public = request.GET.get("field_name") == "merged_into" and request.resolver_match.url_name == "autocomplete"
        if public:
            queryset = Article.objects.published().newest()  # whoever's: readers find it as well, by what they read
        if not search_term.strip():
            return queryset, False
        narrowed = not public and rights.reach(request.user, self.verbs["view"], self.owner_field, limited="channel")
        among = queryset if narrowed else None  # the newest of all would leave nothing to a small union
        found = search.search(search_term, public=public, order="date", limit=search.CAP, among=among)
        named = (pk for pk, _title in search.titles(search_term, search.CAP, public=public, among=among))
        return queryset.filter(pk__in={*found.ids, *named}), False

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, article):
        mark = format_html('<span class="st st-{}">{}</span>', STATE_LOOKS[article.state], article.get_state_display())
        if article.state == Article.State.WITHDRAWN and article.withdrawal_kind:
            return format_html("{} <small>{}</small>", mark, article.get_withdrawal_kind_display())
        return standing(article, mark)

    @admin.display(description=gettext_lazy("date"), ordering="sort_at")
    def date_shown(self, article):
        if article.published_at is None:
            return ""
        return f"{timezone.localtime(article.published_at):%Y-%m-%d}"

    # Rights: a draft may be written by every writer, what was public only by editors

    def has_change_permission(self, request, obj=None):
        verb = "write" if obj is None or obj.state == Article.State.DRAFT else "edit"
        return rights.may(request.user, verb, obj) and (obj is None or obj.state != Article.State.TRASHED)

    # The form

    def get_fieldsets(self, request, obj=None):
        """Another date needs a reason; only what readers have had can be changed under their eyes."""
        if obj and not self.has_change_permission(request, obj):
            return VIEWED
        hidden = set() if rights.may(request.user, "redate", obj) else {"date_reason"}
        if obj is None or not obj.has_been_public:
            hidden |= {"major", "public_note"}
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name not in hidden]})
            for title, options in self.fieldsets
        ]

    @admin.display(description=gettext_lazy("text"))
    def text_shown(self, article):
        """The latest text, for those who may read and not write it."""
        return mark_safe(f'<div class="union-read">{clean(article.latest_revision.body)}</div>')  # noqa: S308

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["fields"] = [
            name for name in ArticleForm.Meta.fields if name not in self.get_readonly_fields(request, obj)
        ]
        form = super().get_form(request, obj, change=change, **kwargs)
        widget = AutocompleteSelect(Revision._meta.get_field("lead_image"), self.admin_site)
        form.base_fields["lead_image"].widget = widget
        widget.choices = form.base_fields["lead_image"].choices
        return form

    def get_readonly_fields(self, request, obj=None):
        """The date is for those who may redate; a start for those who may publish, before the first publication."""
        names = [] if rights.may(request.user, "redate", obj) else ["published_at"]
        if (obj and obj.has_been_public) or not rights.may(request.user, "publish", obj):
            names.append("publish_at")
        return names

    def get_changeform_initial_data(self, request):
        own = Organization.objects.filter(rights.reach(request.user, "write", "")).filter(
            memberships__user=request.user
        )
        owner = own.order_by("path").first() or SiteSettings.load().organization
        initial = {"owner": owner}
        if rights.may(request.user, "edit", Article(owner=owner)):
            initial["editor"] = str(request.user)
        return initial | super().get_changeform_initial_data(request)

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.latest_revision  # noqa: B018  the form begins with it
        return found

    def save_form(self, request, form, change):
        """The typed values stay in the form; nothing but the verbs below writes them."""
        return Article.objects.select_related("owner").get(pk=form.instance.pk) if change else form.instance

    def save_model(self, request, article, form, change):
        data, by = form.cleaned_data, request.user
        if change:
            notes = {name: data[name] for name in ("change_note", "major", "public_note")}
            publishing.save_revision(article, by, form.text(), base=data["base"], **notes)
            told = {name: data[name] for name in particulars.FIELDS if name in data}
            start = (data.get("publish_at") or timezone.now()) if "_publish" in request.POST else None
            particulars.describe(article, by, initial=data["started"], reason=data["date_reason"], start=start, **told)
        else:
            names = ("owner", "channel", "kind", "organization", "level", "published_at", "date_reason")
            about = {name: data[name] for name in names if name in data}
            made = publishing.create(by=by, text=form.text(), **about)
            particulars.describe(made, by, withdraw_at=data["withdraw_at"])
            article.pk = made.pk
            article.refresh_from_db()
        if "_publish" in request.POST:
            publishing.publish(article, by, at=data.get("publish_at"), initial=data["started"])
        if "_submit" in request.POST:
            self.submit_saved(request, article)
        self.forget_draft(request, article if change else None)

    def save_related(self, request, form, formsets, change):
        """An article has nothing beside its revisions."""

    def log_addition(self, request, obj, message):
        """The verbs have written it already."""

    log_change = log_addition

    def response_add(self, request, article, post_url_continue=None):
        return self._after_save(request, article) or super().response_add(request, article, post_url_continue)

    def response_change(self, request, article):
        return self._after_save(request, article) or super().response_change(request, article)

    def _after_save(self, request, article):
        if "_submit" in request.POST:
            return self.back_to(article)
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("admin:articles_article_preview", args=[article.pk]))
        if "_publish" in request.POST:
            said = _("Published. Readers find it at {address}.")
            if not article.is_public_now:
                said = _("It will be public from {time} at {address}.")
            address = format_html('<a href="{0}">{0}</a>', article.get_absolute_url())
            start = article.publish_at or timezone.now()
            time = f"{timezone.localtime(start):%Y-%m-%d %H:%M}"
            self.message_user(request, format_html(said, address=address, time=time), messages.SUCCESS)
            return self.back_to(article)
        return None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"show_save_and_add_another": False, "panels": extensions.panels(obj) if obj else []}
        return super().render_change_form(request, context, add, change, form_url, obj)

    # For the tags' field

    def get_urls(self):
        return [self.page("tags/", self.tags_view, "tags"), *super().get_urls()]

    def tags_view(self, request):
        """Tags that hold the letters of `q`, of articles that the person may see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        seen = Article.objects.visible_to(request.user).order_by().values("pk")
        used = tagged().filter(object_id__in=seen).values("tag")
        names = Tag.objects.filter(pk__in=used, name__icontains=request.GET.get("q", "")[:50]).order_by("name")
        return JsonResponse({"tags": list(names.values_list("name", flat=True)[:PROPOSED_TAGS])})

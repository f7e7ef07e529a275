"""The article form: what is typed becomes a revision; the buttons call the verbs of publishing.py."""

import re

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from articles import particulars, publishing, search
from articles.forms import ArticleForm, ReasonForm
from articles.html import clean
from articles.models import Article, Revision
from articles.tagging import tagged
from organizations import rights
from organizations.admin.filters import NamedEmptyFilter, YearFilter
from organizations.admin.scoped import ScopedAdmin
from organizations.models import Organization, SiteSettings

PROPOSED_TAGS = 12
_NUMBER = re.compile(r"[0-9]{1,18}")
BUTTONS = ("_publish", "_preview")
STATE_LOOKS = {"public": "ok", "draft": "warn", "withdrawn": "cool", "trashed": "cool"}

VIEWED = (
    (None, {"fields": ("title", "kicker", "channel", "text_shown", "author", "withdrawal_reason")}),
    (
        gettext_lazy("Whose it is, what kind, when"),
        {"fields": ("owner", "organization", "level", "kind", "published_at", "publish_at", "withdraw_at")},
    ),
)


@admin.register(Article)
class ArticleAdmin(ScopedAdmin):
    form = ArticleForm
    limited_field = "channel"
    verbs = {"view": "view", "add": "write", "change": "write", "delete": None}
    list_display = ("title", "state_shown", "channel", "organization", "date_shown")
    list_filter = ("state", YearFilter, ("level", NamedEmptyFilter), "kind", "channel")
    search_fields = ("title",)
    search_help_text = gettext_lazy("Words of the title, the text, the tags, the author")
    autocomplete_fields = ("owner", "organization")
    ordering = ("-sort_at", "-pk")
    actions = ("publish_chosen", "withdraw_chosen", "trash_chosen", "restore_chosen", "full_width_chosen")
    fieldsets = (
        (None, {"fields": ("title", "channel", "body", "tags", "lead_image", "summary", "base", "started")}),
        (gettext_lazy("Source and author"), {"fields": ("source", "author", "author_title", "editor", "reviewer")}),
        (gettext_lazy("Other lines of the headline"), {"classes": ("collapse",), "fields": ("kicker", "subtitle")}),
        (
            gettext_lazy("Whose it is, what kind, when"),
            {
                "classes": ("collapse",),
                "fields": ("owner", "organization", "level", "kind", "published_at", "publish_at", "withdraw_at"),
            },
        ),
        (gettext_lazy("About this revision"), {"classes": ("collapse",), "fields": ("complete", "change_note")}),
    )

    # Lists

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("channel", "organization", "owner")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = search.search(search_term, public=False, order="date", limit=search.CAP)
        return queryset.filter(Q(title__icontains=search_term.strip()) | Q(pk__in=found.ids)), False

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, article):
        mark = format_html('<span class="st st-{}">{}</span>', STATE_LOOKS[article.state], article.get_state_display())
        if article.state == Article.State.PUBLIC and article.has_unpublished_changes:
            return format_html("{} <small>{}</small>", mark, _("newer text not public"))
        return mark

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
        return VIEWED if obj and not self.has_change_permission(request, obj) else self.fieldsets

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
        """The date is an editor's; a start counts for whoever may publish and only before the first publication."""
        names = [] if rights.may(request.user, "edit", obj) else ["published_at"]
        if (obj and obj.has_been_public) or not rights.may(request.user, "publish", obj):
            names.append("publish_at")
        return names

    def get_changeform_initial_data(self, request):
        own = Organization.objects.filter(rights.reach(request.user, "write", "")).filter(
            memberships__user=request.user
        )
        owner = own.order_by("path").first() or SiteSettings.load().organization
        initial = {"owner": owner, "editor": str(request.user)}
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
            told = {name: data[name] for name in particulars.FIELDS if name in data}
            particulars.describe(article, by, initial=data["started"], **told)
            publishing.save_revision(article, by, form.text(), base=data["base"], change_note=data["change_note"])
        else:
            names = ("owner", "channel", "kind", "organization", "level", "published_at")
            about = {name: data[name] for name in names if name in data}
            made = publishing.create(by=by, text=form.text(), **about)
            particulars.describe(made, by, withdraw_at=data["withdraw_at"])
            article.pk = made.pk
            article.refresh_from_db()
        if "_publish" in request.POST:
            publishing.publish(article, by, at=data.get("publish_at"))

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
        if "_preview" in request.POST:
            return HttpResponseRedirect(reverse("article-preview", args=[article.pk]))
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
        user = request.user
        state = obj.state if obj else Article.State.DRAFT
        trashed = state == Article.State.TRASHED
        never_live = obj is None or obj.live_revision_id is None
        context |= {
            "may_publish": rights.may(user, "publish", obj) and not trashed,
            "may_withdraw": obj and state == Article.State.PUBLIC and rights.may(user, "withdraw", obj),
            "may_trash": obj
            and state in ("draft", "withdrawn")
            and rights.may(user, "write" if never_live else "withdraw", obj),
            "may_restore": trashed and rights.may(user, "write", obj),
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Verbs on pages of their own

    def get_urls(self):
        def page(address, view, name):
            return path(address, self.admin_site.admin_view(view), name=f"articles_article_{name}")

        own = [
            page("tags/", self.tags_view, "tags"),
            page("withdraw/", self.withdraw_many_view, "withdraw_many"),
            page("<int:pk>/withdraw/", self.withdraw_view, "withdraw"),
            page("<int:pk>/trash/", self.trash_view, "trash"),
            page("<int:pk>/restore/", self.restore_view, "restore"),
        ]
        return own + super().get_urls()

    def tags_view(self, request):
        """Tags that hold the letters of `q`, of articles that the person may see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        seen = Article.objects.visible_to(request.user).order_by().values("pk")
        used = tagged().filter(object_id__in=seen).values("tag")
        names = Tag.objects.filter(pk__in=used, name__icontains=request.GET.get("q", "")[:50]).order_by("name")
        return JsonResponse({"tags": list(names.values_list("name", flat=True)[:PROPOSED_TAGS])})

    def _article(self, request, pk, verb) -> Article:
        article = self.object_or_404(request, pk)
        rights.require(request.user, verb, article)
        return article

    def withdraw_view(self, request, pk):
        article = self._article(request, pk, "withdraw")
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            done = _("Withdrawn. The address says so and gives your reason.")
            self.run(request, lambda: publishing.withdraw(article, request.user, reason), done)
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Withdraw “%s”") % article,
            text=_("Its address stays and says that the article was withdrawn. You can publish it again later."),
            button=_("Withdraw the article"),
            form=form,
        )

    def trash_view(self, request, pk):
        article = self._article(request, pk, "write")
        if request.method == "POST":
            self.run(request, lambda: publishing.trash(article, request.user), _("It is in the trash now."))
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Put “%s” into the trash") % article,
            text=_("Nothing is lost: you can take it out again."),
            button=_("Put into the trash"),
        )

    def restore_view(self, request, pk):
        article = self._article(request, pk, "write")
        if request.method == "POST":
            self.run(request, lambda: publishing.restore(article, request.user), _("It is out of the trash again."))
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Take “%s” out of the trash") % article,
            text=_("A draft is a draft again; what was public once comes back withdrawn."),
            button=_("Take out of the trash"),
        )

    # List actions

    @admin.action(description=gettext_lazy("Publish the chosen articles"))
    def publish_chosen(self, request, chosen):
        self.run_on_each(
            request, chosen, lambda article: publishing.publish(article, request.user), _("%d articles are public now.")
        )

    @admin.action(description=gettext_lazy("Withdraw the chosen articles"))
    def withdraw_chosen(self, request, chosen):
        return self._ask_to_withdraw(request, chosen, ReasonForm())

    def withdraw_many_view(self, request):
        if not rights.may(request.user, "withdraw"):
            raise PermissionDenied
        numbers = [part for part in request.POST.get("ids", "").split(",") if _NUMBER.fullmatch(part)]
        chosen = self.get_queryset(request).filter(pk__in=numbers)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            done = _("%d articles are withdrawn.")
            self.run_on_each(request, chosen, lambda article: publishing.withdraw(article, request.user, reason), done)
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return self._ask_to_withdraw(request, chosen, form)

    def _ask_to_withdraw(self, request, chosen, form):
        """The page that asks for one reason; it posts the articles' numbers, too many perhaps for an address."""
        return self.confirm(
            request,
            None,
            address=reverse("admin:articles_article_withdraw_many"),
            numbers=",".join(str(article.pk) for article in chosen),
            title=_("Withdraw the chosen articles"),
            text=_("Each address stays and says that the article was withdrawn."),
            rows=chosen,
            button=_("Withdraw the articles"),
            form=form,
        )

    @admin.action(description=gettext_lazy("Put the chosen articles into the trash"))
    def trash_chosen(self, request, chosen):
        self.run_on_each(
            request, chosen, lambda article: publishing.trash(article, request.user), _("%d articles are in the trash.")
        )

    @admin.action(description=gettext_lazy("Take the chosen articles out of the trash"))
    def restore_chosen(self, request, chosen):
        done = _("%d articles are out of the trash again.")
        self.run_on_each(request, chosen, lambda article: publishing.restore(article, request.user), done)

    @admin.action(description=gettext_lazy("Set half-width marks full-width"))
    def full_width_chosen(self, request, chosen):
        done = _("%d articles have full-width marks now; publish them when you have looked at them.")
        self.run_on_each(request, chosen, lambda article: publishing.set_full_width(article, request.user), done)

"""While somebody writes: the draft that is kept by itself, who else is here, what is offered at opening.

The form's script (static/admin/union-drafts.js) posts to `autosave/`; without it the notices are there all the same,
and a save that comes too late still keeps the text and leads to the page that brings the two together (merge.py).
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelChoiceField
from django.http import HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.crypto import get_random_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import drafts
from articles.forms import moment
from articles.html import clean, plain_text
from organizations.forms import sentence

from .merge import MergePages
from .pages import clock

NAME_LENGTH = 12  # of a window
NOT_TEXT = ("base", "started", "change_note")  # fields that alone make no draft worth offering


class EditingPages(MergePages):
    def get_urls(self):
        return [
            self._for_script("autosave/", self.autosave_view, "autosave_new"),
            self._for_script("<int:pk>/autosave/", self.autosave_view, "autosave"),
            self.page("discard/", self.discard_view, "discard_new"),
            self.page("<int:pk>/discard/", self.discard_view, "discard"),
            *super().get_urls(),
        ]

    def _for_script(self, address: str, view, name: str):
        """A page that a script asks: who is signed out is told so (401) and not sent to the sign-in page."""

        def answered(request, **numbers):
            if not request.user.is_authenticated:
                return JsonResponse({"error": _("You are signed out.")}, status=401)
            if not self.admin_site.has_permission(request):
                raise PermissionDenied
            return view(request, **numbers)

        allowed = require_http_methods(["GET", "POST"])
        return path(address, never_cache(allowed(answered)), name=f"articles_article_{name}")

    # What the script asks

    def autosave_view(self, request, pk=None):
        """Keep what was typed, note a sign of life or the leaving; GET hands out the token that a sign-in changed.

        `writer` is who opened the form: the text of one person is never kept for another who signed in meanwhile.
        """
        article = self._kept_in(request, pk)
        doing = request.POST.get("doing", "")
        if request.method == "POST" and request.POST.get("writer") != str(request.user.pk):
            return JsonResponse({"error": _("You are signed out.")}, status=401)
        answer = {} if request.method == "POST" else {"token": get_token(request)}
        if doing in ("keep", "leave") and "title" in request.POST:
            try:
                draft = self._keep(request, article)
            except ValidationError as refusal:
                return JsonResponse({"error": sentence(refusal)}, status=413 if refusal.code == "size" else 409)
            answer = {"kept": draft.text_at.isoformat(), "kept_at": clock(draft.text_at)}
        if not drafts.may_write(request.user, article):
            return JsonResponse(answer | {"error": drafts.closed(article)}, status=409)
        if doing == "alive" and article and not drafts.alive(article, request.user):
            drafts.open_form(article, request.user)
        if doing == "leave":
            drafts.leave(article, request.user)
        if doing != "keep":
            request.session.accessed = False  # what a script does by itself is no sign of a person: see IdleMiddleware
        return JsonResponse(answer | {"others": self._others(request, article)})

    def _kept_in(self, request, pk):
        """The article that text is kept for, None for a new one; PermissionDenied where the person's is not."""
        article = self.get_queryset(request).filter(pk=pk).first() if pk else None
        if (pk and article is None) or not drafts.may_keep(request.user, article):
            raise PermissionDenied
        return article

    def _keep(self, request, article):
        form = self.get_form(request, article, change=article is not None)
        base = request.POST.get("base", "")
        return drafts.keep(
            article,
            request.user,
            typed(form.base_fields, request.POST),
            base=int(base) if base.isdecimal() and len(base) < 9 else None,
            known=moment(request.POST.get("kept", "")),
            window=request.POST.get("window", "")[:NAME_LENGTH],
        )

    @staticmethod
    def _others(request, article) -> list[str]:
        said = _("%(who)s has this article open since %(time)s.")
        rows = drafts.others(article, request.user) if article else []
        return [said % {"who": row.user, "time": clock(row.opened_at)} for row in rows]

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if request.method == "GET" and "draft" in request.GET and drafts.may_write(request.user, obj):
            draft = drafts.kept(obj, request.user)
            form.kept = draft.text if draft else None
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As ever; a save that comes too late keeps what was typed and leads to the page that brings both together.

        Where the form has been closed to the person meanwhile, the text is kept and shown on the article's page.
        """
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except PermissionDenied:
            article = self.get_object(request, object_id) if object_id and "title" in request.POST else None
            if article is None or drafts.may_write(request.user, article) or not drafts.may_keep(request.user, article):
                raise
            return self._keep_closed(request, article)
        refusal = getattr(request, "verb_refusal", None)
        if object_id is None or getattr(refusal, "code", None) != "stale":
            return response
        article = self.object_or_404(request, object_id)
        try:
            self._keep(request, article)
        except ValidationError:
            return response  # the form again, with everything in it
        self.message_user(request, sentence(refusal), "WARNING")
        return HttpResponseRedirect(reverse("admin:articles_article_merge", args=[article.pk]))

    def _keep_closed(self, request, article):
        try:
            self._keep(request, article)
        except ValidationError as refusal:  # not kept: it is shown this once
            self.message_user(request, sentence(refusal), "WARNING")
            request.shown_once = typed(self.get_form(request, article, change=True).base_fields, request.POST)
            request.method = "GET"
            return super().changeform_view(request, str(article.pk))
        self.message_user(request, drafts.closed(article), "WARNING")
        return self.back_to(article)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and not drafts.may_write(request.user, obj):
            context["own_text"] = self._own_text(request, obj)
        if drafts.may_write(request.user, obj):
            context["editing"] = self._editing(request, context["adminform"].form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _own_text(request, article) -> dict | None:
        """The person's own text of a form that is closed to them, to be read and copied."""
        draft = drafts.kept(article, request.user)
        once = getattr(request, "shown_once", None)
        if draft is None and once is None:
            return None
        text = once or draft.text
        body = clean(str(text.get("body") or ""))
        return {
            "title": text.get("title") or _("without title"),
            "body": mark_safe(body),  # noqa: S308
            "plain": plain_text(body),
            "time": clock(draft.text_at) if draft and not once else "",
        }

    def _editing(self, request, form, article) -> dict:
        """What the notice above the form says and the script needs."""
        if article and request.method == "GET":
            drafts.open_form(article, request.user)
        draft = drafts.kept(article, request.user)
        begun = draft if draft and form.kept else None
        known = request.POST.get("kept", "") or (begun.text_at.isoformat() if begun else "")
        offered = draft if draft and draft.text_at.isoformat() != known else None
        if offered and request.method == "GET" and not differs(form, draft.text):
            drafts.forget(article, request.user, draft.text_at)
            offered = None
        latest = article.latest_revision if article else None
        shown = begun or offered
        numbers, new = ([article.pk], "") if article else ([], "_new")
        return {
            "address": reverse(f"admin:articles_article_autosave{new}", args=numbers),
            "discard": reverse(f"admin:articles_article_discard{new}", args=numbers),
            "merge": reverse("admin:articles_article_merge", args=numbers) if article else "",
            "known": known,
            "window": request.POST.get("window", "")[:NAME_LENGTH] or get_random_string(NAME_LENGTH),
            "offered": offered,
            "begun": begun,
            "time": clock(shown.text_at) if shown else "",
            "meanwhile": latest if latest and shown and shown.base not in (None, latest.number) else None,
            "others": self._others(request, article),
        }

    def discard_view(self, request, pk=None):
        article = self._kept_in(request, pk)
        draft = drafts.kept(article, request.user)
        form = "admin:articles_article_change" if article else "admin:articles_article_add"
        back = HttpResponseRedirect(reverse(form, args=[pk] if article else []))
        if draft is None:
            return back
        if request.method == "POST":
            drafts.forget(article, request.user, draft.text_at)
            self.message_user(request, _("The text is thrown away."), "SUCCESS")
            return back
        return self.confirm(
            request,
            article,
            title=_("Throw the unsaved text away"),
            text=_("What you typed until %(time)s and did not save is lost. What was saved stays.")
            % {"time": clock(draft.text_at)},
            rows=[draft.text.get("title") or _("without title")],
            button=_("Throw it away"),
        )

    def forget_draft(self, request, article) -> None:
        """After a save that succeeded: what this form had kept is not needed any more."""
        drafts.forget(article, request.user, moment(request.POST.get("kept", "")))


def typed(fields: dict, data) -> dict:
    """What the widgets of `fields` find in `data`, as a draft holds it; what is not there is left out."""
    values = {}
    for name, field in fields.items():
        value = field.widget.value_from_datadict(data, {}, name)
        if isinstance(field, ModelChoiceField) and not _is_key(field, value):
            value = ""
        if value is not None:
            values[name] = value
    return values


def _is_key(field, value) -> bool:
    """Whether `value` can be a key of the field's rows; widgets look for it without asking."""
    try:
        key = field.queryset.model._meta.pk.to_python(value)
    except (ValidationError, TypeError):
        return False
    return 0 < key < 2**63 if isinstance(key, int) else bool(key)


def differs(form, text: dict) -> bool:
    """Whether the kept `text` is other than what the form shows."""
    for name, value in text.items():
        if name not in form.fields or name in NOT_TEXT:
            continue
        value = clean(value) if name == "body" else value
        if form.fields[name].has_changed(form[name].initial, value):
            return True
    return False

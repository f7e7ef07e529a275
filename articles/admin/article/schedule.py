"""Times: what is due, late or failed; scheduled corrections."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import corrections
from articles.forms import ZONE
from articles.life_forms import CorrectForm
from articles.models import Article
from organizations import rights
from organizations.models import AuditEntry

from .pages import Pages

SHOWN = 200
"""So many lines of each kind are shown, the next ones first."""


@dataclass
class Due:
    """A line of the panel: what becomes of an article at a time, and who has set it."""

    article: Article
    what: str  # "publish", "withdraw" or "correct"
    at: datetime
    by: str = ""
    may: bool = False


class SchedulePages(Pages):
    def get_urls(self):
        return [
            self.page("schedule/", self.schedule_view, "schedule"),
            self.page("<int:pk>/correct/", self.correct_view, "correct"),
            self.page("<int:pk>/correct/cancel/", self.cancel_correction_view, "cancel_correction"),
            self.page("<int:pk>/correct/again/", self.apply_again_view, "apply_again"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        public = obj is not None and obj.state == Article.State.PUBLIC and rights.may(request.user, "publish", obj)
        context |= {
            "may_correct": public and obj.has_unpublished_changes,
            "may_cancel_correction": public and obj.correction_id is not None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def correct_view(self, request, pk):
        article = self.article(request, pk, "publish")
        form = CorrectForm(request.POST or None, initial={"at": article.correct_at})
        if request.method == "POST" and form.is_valid():
            at = form.cleaned_data["at"]
            done = _("The text replaces the public one at %(time)s.") % {
                "time": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
            }
            self.run(request, lambda: corrections.schedule(article, request.user, at), done)
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Publish a newer text of “%s” at a set time") % article,
            text=_(
                "Revision %(number)d, as it is saved now, takes the public text's place then. Readers see the old text "
                "until that time; what is saved later does not change it."
            )
            % {"number": article.latest_revision.number},
            button=_("Set the time"),
            form=form,
        )

    def cancel_correction_view(self, request, pk):
        article = self.article(request, pk, "publish")
        if request.method == "POST":
            done = _("The correction is taken back; its text stays as a draft.")
            self.run(request, lambda: corrections.cancel(article, request.user), done)
            return self.back_to(article)
        return self.confirm(
            request,
            article,
            title=_("Take the scheduled correction of “%s” back") % article,
            text=_("The public text stays as it is. Nothing is lost: the newer text stays beside it."),
            button=_("Take the correction back"),
        )

    def apply_again_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = self.article(request, pk, "publish")
        failure = corrections.apply(article.pk, request.user)
        if failure == "":
            self.message_user(request, _("The correction is public now."))
        else:
            self.message_user(request, failure or _("There is nothing to apply."), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:articles_article_schedule"))

    def schedule_view(self, request):
        """What happens by itself, in the order of its time; first what has not happened as it should."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        rows = self.get_queryset(request).select_related("correction__channel", "correction_by")
        rows = rows.defer("correction__body")
        lines = _lines(rows, now)
        _name_who(lines)
        for line in lines:
            line.may = line.what == "correct" and rights.may(request.user, "publish", line.article)
        missed = [line for line in lines if line.what == "correct" and line.article.correction_failure]
        late = [line for line in lines if line not in missed and line.at < now - corrections.LATE]
        return TemplateResponse(
            request,
            "admin/articles/article/schedule.html",
            {
                **self.admin_site.each_context(request),
                "title": _("What happens by itself"),
                "opts": self.opts,
                "failed": missed,
                "late": late,
                "due": [line for line in lines if line not in missed and line not in late],
                "zone": ZONE,
                "shown": SHOWN,
                "cut": len(lines) >= SHOWN,
            },
        )


def _lines(rows, now) -> list[Due]:
    """What `rows` have set: every correction, and starts and ends that lie ahead, in the order of their times."""
    public = rows.filter(state=Article.State.PUBLIC)
    kinds = {
        "correct": (rows.filter(correct_at__isnull=False), "correct_at"),
        "publish": (public.filter(publish_at__gt=now), "publish_at"),
        "withdraw": (public.filter(withdraw_at__gt=now), "withdraw_at"),
    }
    found = [
        Due(article, what, getattr(article, field))
        for what, (some, field) in kinds.items()
        for article in some.order_by(field, "pk")[:SHOWN]
    ]
    return sorted(found, key=lambda line: (line.at, line.article.pk))


def _name_who(lines: list[Due]) -> None:
    """Say who has set each time: a correction knows it, of the others the audit trail does."""
    numbers = {str(line.article.pk) for line in lines if line.what != "correct"}
    entries = AuditEntry.objects.filter(object_type="articles.article", object_id__in=numbers)
    entries = entries.filter(verb__in=("schedule", "describe")).order_by("pk")
    who: dict[tuple[str, str], str] = {}
    for number, verb, name, after in entries.values_list("object_id", "verb", "actor_name", "after"):
        if verb == "schedule":
            who[number, "publish"] = name
        elif "withdraw_at" in (after or {}):
            who[number, "withdraw"] = name
    for line in lines:
        if line.what == "correct":
            line.by = str(line.article.correction_by or "")
        else:
            line.by = who.get((str(line.article.pk), line.what), "")

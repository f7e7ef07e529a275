"""What waits for a person's review: the list, and passing several texts at once."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import review_record, reviewing
from articles.models import Article, Channel, Review
from articles.review_forms import PassManyForm
from organizations.forms import sentence
from organizations.models import Organization

from .pages import Pages

A_PAGE = 50
_PINNED = re.compile(r"([0-9]{1,18}):([0-9]{1,9}):([a-z]{1,12})")
_NUMBER = re.compile(r"[0-9]{1,18}")


def waiting(user):
    """What `user` may decide on now, what has waited longest first, as rows of values; reads no bodies."""
    last = Review.objects.filter(revision=OuterRef("latest_revision")).order_by("-at").values("at")[:1]
    since = Coalesce(Subquery(last), F("latest_revision__submitted_at"), F("latest_revision__made_at"))
    rows = reviewing.waiting_for(user).annotate(waiting_since=since).order_by("waiting_since", "pk")
    return rows.values(
        "pk",
        "review_stage",
        "waiting_since",
        number=F("latest_revision__number"),
        shown_title=F("latest_revision__title"),
        submitted_by=F("latest_revision__submitted_by_name"),
        characters_now=F("latest_revision__characters"),
        channel_name=F("latest_revision__channel__name"),
        owner_name=F("owner__name"),
    )


class WaitingPages(Pages):
    def get_urls(self):
        return [self.page("review/", self.review_list_view, "review_list"), *super().get_urls()]

    def review_list_view(self, request):
        """The list; posted, the chosen rows are shown once more with a box for the opinion, then passed one by one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            pinned = {int(pk): (int(number), stage) for pk, number, stage in _pairs(request.POST.getlist("chosen"))}
            form = PassManyForm(request.POST if "confirmed" in request.POST else None)
            if form.is_valid():
                return self._passed(request, self._pass(request.user, pinned, form.cleaned_data["opinion"]))
            if pinned:
                return self._ask_to_pass(request, pinned, form)
        return self._waiting_page(request, nothing_chosen=request.method == "POST")

    def _waiting_page(self, request, *, nothing_chosen: bool):
        found = waiting(request.user)
        everything = list(found.values_list("review_stage", "latest_revision__channel", "owner"))
        stages, channels, owners = ({row[place] for row in everything} for place in range(3))
        chosen = {name: request.GET.get(name, "") for name in ("stage", "channel", "owner")}
        if chosen["stage"] in stages:
            found = found.filter(review_stage=chosen["stage"])
        for name, field in (("channel", "latest_revision__channel"), ("owner", "owner")):
            if _NUMBER.fullmatch(chosen[name]):
                found = found.filter(**{field: int(chosen[name])})
        page = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
        kept = request.GET.copy()
        kept.pop("p", None)
        context = {
            "title": _("Waiting for my review"),
            "page": page,
            "rows": [_row(row) for row in page],
            "everything": len(everything),
            "chosen": chosen,
            "stages": [(stage, reviewing.Stage(stage).label) for stage in reviewing.AWAITING if stage in stages],
            "channels": _choices(Channel.objects.filter(pk__in=channels)),
            "owners": _choices(Organization.objects.filter(pk__in=owners).order_by("path")),
            "kept": kept.urlencode(),
            "nothing_chosen": nothing_chosen,
        }
        return self._answer(request, "review_list.html", context)

    def _ask_to_pass(self, request, pinned: dict[int, tuple[int, str]], form):
        rows = [_row(row) for row in waiting(request.user).filter(pk__in=pinned)]
        still = [row for row in rows if (row["number"], row["review_stage"]) == pinned[row["pk"]]]
        context = {
            "title": _("Pass the chosen texts"),
            "rows": still,
            "changed": [row for row in rows if row not in still],
            "gone": len(pinned) - len(rows),
            "form": form,
        }
        return self._answer(request, "review_confirm.html", context)

    def _pass(self, user, pinned: dict[int, tuple[int, str]], opinion: str) -> list[dict]:
        """Pass each of the articles at the number and the stage pinned; what came of it, in the list's order."""
        results = []
        rows = Article.objects.within(user, "view").filter(pk__in=pinned).order_by("pk")
        for article in rows.select_related("owner", "channel", "latest_revision__channel"):
            result = {"pk": article.pk, "title": article.latest_revision.title}
            try:
                number, stage = pinned[article.pk]
                reviewing.decide(article, user, passed=True, revision=number, stage=stage, opinion=opinion)
                result["passed"] = review_record.STANDING[article.review_stage]
            except (ValidationError, PermissionDenied) as refusal:
                result["refused"] = sentence(refusal)
            results.append(result)
        return results

    def _passed(self, request, results: list[dict]):
        passed = sum("passed" in result for result in results)
        context = {
            "title": _("What came of it"),
            "results": results,
            "passed": passed,
            "refused": len(results) - passed,
        }
        return self._answer(request, "review_results.html", context)

    def _answer(self, request, template: str, context: dict):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/articles/article/{template}", context)


def _choices(rows) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _pairs(given: list[str]):
    return [found.groups() for found in map(_PINNED.fullmatch, given[: 2 * A_PAGE]) if found]


def _row(row: dict) -> dict:
    """A row with its stage in words and the days it has waited."""
    days = (timezone.now() - row["waiting_since"]).days
    return row | {"stage_name": reviewing.Stage(row["review_stage"]).label, "days": days}

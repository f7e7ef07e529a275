"""The pages of coverage, for signed-in staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import rights
from organizations.forms import sentence
from organizations.models import Organization, SiteSettings
from plans import filing
from plans.access import staff_deed, staff_only
from plans.models import Expectation, Reminder, WorkPlan

from . import expecting, reminding, table
from .export import FORMATS, export
from .filters import FIRST_YEAR, LAST_YEAR, Asked, read, subjects
from .forms import ExpectationForm
from .history import history
from .matrix import read_matrix, without_row

BODIES_A_PAGE = 60
RULES_A_PAGE = 100
MOST_WITHOUT_ROW = 20


@staff_only
def coverage(request: HttpRequest) -> HttpResponse:
    """Organisations by years: who has filed a plan, who should have."""
    asked, user = read(request.GET), request.user
    plans = WorkPlan.objects.visible_to(user)
    whole = read_matrix(
        plans,
        asked.years,
        timezone.localdate(),
        subject=asked.subject,
        within=asked.organization,
        level=asked.level,
        everybody=asked.everybody,
    )
    matrix = whole.narrowed(asked.show) if asked.show else whole
    if request.GET.get("format") in FORMATS:
        return export(matrix, asked, user, request.GET["format"])
    paginator = Paginator(matrix.bodies, BODIES_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    rows = table.rows(list(page.object_list), asked, user, SiteSettings.load().organization)
    totals = table.totals(matrix, asked.levels)
    numbers = paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    narrow = asked.organization or asked.level or asked.show
    context = {
        "section": "coverage",
        "asked": asked,
        "page": page,
        "groups": table.grouped(rows, asked.levels),
        "totals": totals,
        "without_row": [] if narrow else without_row(plans, asked.years, asked.subject, MOST_WITHOUT_ROW),
        "this_year": _this_year(asked, totals),
        "legend": table.legend(),
        "picks": _picks(asked, whole),
        "subjects": subjects(asked.subject),
        "candidates": [(one, asked.address(organization=one.slug)) for one in asked.candidates],
        "pages": [(number, asked.address(page=number) if isinstance(number, int) else "") for number in numbers],
        "previous_url": asked.address(page=page.number - 1),
        "next_url": asked.address(page=page.number + 1),
        "exports": [(name.upper(), asked.address(format=name)) for name in FORMATS],
        "may_remind": rights.may(user, "remind"),
        "choosable": sum(cell.choosable for row in rows for cell in row.cells),
        "not_remind_url": asked.address(page=page.number if page.number > 1 else None),
        "here": asked.address(page=page.number if page.number > 1 else None, remind=asked.remind),
        "sees_all": user.is_superuser,
        "form": _form(asked, user) if rights.may(user, "expect_plans") else None,
    }
    return render(request, "plans/coverage/coverage.html", context)


def _this_year(asked: Asked, totals: list) -> tuple | None:
    """The newest year of which something was expected by now, and its tally over all levels."""
    this_year = timezone.localdate().year
    years = zip(asked.years, totals[-1][1], strict=True)
    return next(((year, tally) for year, tally in years if year <= this_year and tally.expected), None)


def _picks(asked: Asked, whole) -> dict:
    counts = whole.counts()
    shows = (("gaps", _("bodies with gaps")), ("drafts", _("to be checked")), ("inferred", _("year inferred")))
    levels = [("", _("all")), *asked.levels.items()]
    return {
        "levels": [(name, asked.address(level=code), asked.level == code) for code, name in levels],
        "shows": [("", _("all"), asked.address(show=None), not asked.show)]
        + [(counts[code], name, asked.address(show=code), asked.show == code) for code, name in shows],
        "everybody": asked.address(everybody=None if asked.everybody else "1"),
    }


def _form(asked: Asked | None, user) -> ExpectationForm:
    managed = Organization.objects.filter(rights.reach(user, "expect_plans", "")).order_by("path")
    where = (asked and asked.organization) or managed.filter(placed=True).first()
    this_year = timezone.localdate().year
    initial = {"organization": where and where.name, "first_year": this_year, "level": asked and asked.level}
    return ExpectationForm(initial=initial)


@staff_only
def expected(request: HttpRequest) -> HttpResponse:
    """Who is to file plans: the rules a person sees, and the form for another where they may make one."""
    form = _form(None, request.user) if rights.may(request.user, "expect_plans") else None
    return _expected(request, form)


def _expected(request: HttpRequest, form: ExpectationForm | None, status: int = 200) -> HttpResponse:
    found = Expectation.objects.select_related("organization", "level").order_by("organization__path", "-pk")
    page = Paginator(found, RULES_A_PAGE).get_page(request.GET.get("page"))
    rules = [(rule, _rule_url(request.user, rule)) for rule in page.object_list]
    context = {"section": "coverage", "form": form, "page": page, "rules": rules}
    return render(request, "plans/coverage/expected.html", context, status=status)


def _rule_url(user, rule: Expectation) -> str:
    """Where a rule is changed, for those who may."""
    if not user.is_staff or not rights.may(user, "expect_plans", rule):
        return ""
    try:
        return reverse("admin:plans_expectation_change", args=[rule.pk])
    except NoReverseMatch:  # a site without a desk
        return ""


@staff_deed
def expect(request: HttpRequest) -> HttpResponse:
    """Make a rule; where it cannot be, the form is shown again with the reason."""
    form = ExpectationForm(request.POST)
    if form.is_valid():
        try:
            rule = expecting.expect(form.instance, request.user)
        except ValidationError as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, _("Saved. The table counts with it from now on."))
            return HttpResponseRedirect(f"{reverse('plan-coverage')}?organization={rule.organization.slug}")
    return _expected(request, form, status=422)


@staff_deed
def remind(request: HttpRequest) -> HttpResponse:
    """Remind the chosen bodies of their plan of one year."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("plan-coverage")
    chosen = [int(pk) for pk in request.POST.getlist("organization") if pk.isascii() and pk.isdigit() and len(pk) < 18]
    year = request.POST.get("year", "")
    if (
        not (year.isascii() and year.isdigit() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR)
        or not chosen
    ):
        messages.error(request, _("Nobody was reminded: tick at least one organization."))
        return HttpResponseRedirect(back)
    bodies = list(Organization.objects.filter(pk__in=chosen[: reminding.MOST + 1]))
    subject = request.POST.get("subject", "").replace("\0", "")[:40] or WorkPlan.DEFAULT_SUBJECT
    note = " ".join(request.POST.get("note", "").replace("\0", "").split())
    try:
        done = reminding.remind(bodies, int(year), request.user, note, subject=subject)
    except ValidationError as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, said(done))
    return HttpResponseRedirect(back)


def said(done: reminding.Reminded) -> str:
    """What came of a reminder in words."""
    count = len(done.reminders)
    words = [ngettext("%d organization was reminded.", "%d organizations were reminded.", count) % count]
    if count:
        people = ngettext("%d person is written to.", "%d people are written to.", done.people) % done.people
        words.append(people if done.people else _("None of them has a member with a mail address; they read it here."))
    if done.lately:
        words.append(_("Left out, since reminded within seven days: %d.") % len(done.lately))
    if done.lacking_nothing:
        words.append(_("Left out, since nothing is missing: %d.") % len(done.lacking_nothing))
    return " ".join(words)


def _reminders(organization: Organization):
    return Reminder.objects.filter(organization=organization).select_related("by")[:50]


@staff_only
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body over the years: its plans, what is expected of it by whom, its reminders."""
    organization = get_object_or_404(Organization.objects.select_related("level", "parent"), slug=slug)
    asked = read(request.GET)
    context = {
        "section": "coverage",
        "organization": organization,
        "asked": asked,
        "years": history(organization, asked, request.user),
        "reminders": _reminders(organization) if rights.may(request.user, "view", organization) else [],
        "may_file": request.user.is_staff and filing.may_file_for(request.user, organization),
        "initial_subject": asked.subject,
    }
    return render(request, "plans/coverage/body.html", context)

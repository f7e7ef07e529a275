"""The register's filters: what may be asked of the list of plans, as GET parameters."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet, MultipleChoiceFilter

from articles.finding import articles_holding
from articles.models import Article
from organizations.models import Level, Organization
from plans.models import Clause, Target, Theme, WorkPlan
from plans.organization_choice import choose

from .columns import COLUMNS
from .promises import CHOOSING, wanted

FIRST_YEAR, LAST_YEAR = 1900, 2100
YES_NO = [("yes", gettext_lazy("with targets")), ("no", gettext_lazy("without targets"))]
BASES = [("stated", gettext_lazy("stated in the text")), ("inferred", gettext_lazy("inferred"))]
PROGRESS = [("yes", gettext_lazy("something reported")), ("no", gettext_lazy("nothing reported yet"))]
TICKED = [("1", "1")]
WHERE = [("text", gettext_lazy("title and text")), ("targets", gettext_lazy("sentences of targets alone"))]
VIEWS = [("plans", gettext_lazy("By plan")), ("organizations", gettext_lazy("By organization"))]
SORTS = ["year", "-year", "organization", "-organization", "targets", "-targets", "filed", "-filed"]
OWN_WORDS = "own_words"  # code of errors whose sentence is shown as it is
YEARS = ("year", "year_from", "year_to")
FACETS = ("level", "kind", "theme", "state", "role", "period", "subject", "targets", "basis")
NARROWING = ("organization", *YEARS)  # conditions that no facet is counted without
MOST_CHOICES = 50
FEW = 2000  # plans whose texts are looked through one by one


class YearFilter(Filter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class _AnyChoiceField(forms.MultipleChoiceField):
    """Several values of which no list is kept, at most MOST_CHOICES."""

    def validate(self, value) -> None:
        if len(value) > MOST_CHOICES:
            sentence = _("More than %(number)s subjects were asked for at once; the condition was left out.")
            raise ValidationError(sentence % {"number": MOST_CHOICES}, code=OWN_WORDS)
        super().validate(value)

    def valid_value(self, value) -> bool:
        return len(value) <= WorkPlan._meta.get_field("subject").max_length


class _AnyChoiceFilter(Filter):
    field_class = _AnyChoiceField


class RegisterForm(forms.Form):
    """Reads the parameters. What cannot be read is left out of the query and complained of in one sentence."""

    candidates: list[Organization] = []

    def clean_organization(self) -> Organization | None:
        written = self.cleaned_data["organization"].strip()
        if not written:
            return None
        chosen, self.candidates = choose(written)
        if chosen:
            return chosen
        if self.candidates:
            raise ValidationError(
                _("Several organizations match “%(name)s”. Choose one of them.") % {"name": written}, code=OWN_WORDS
            )
        raise ValidationError(
            _("No organization is called “%(name)s”. Write its full name, or a part of it.") % {"name": written},
            code=OWN_WORDS,
        )

    def clean(self) -> None:
        first, last = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        if first and last and first > last:
            del self.cleaned_data["year_to"]
            sentence = _("The first year %(first)s lies after the last year %(last)s. Exchange the two.")
            self.add_error("year_from", ValidationError(sentence % {"first": first, "last": last}, code=OWN_WORDS))


class RegisterFilters(FilterSet):
    """The filters over `queryset`, which is what `user` may see; `levels` and `themes` map codes to names.

    `narrowed(without=…)` is the list with every filter but the named ones: what a facet is counted in. Conditions on
    targets (promises.CHOOSING) leave the plans that have a target which meets all of them; `promises` are the targets
    shown.
    """

    level = MultipleChoiceFilter(label=gettext_lazy("level"), method="in_levels")
    kind = MultipleChoiceFilter(
        label=gettext_lazy("kind of organization"), method="of_kinds", choices=Organization.Kind.choices
    )
    year = YearFilter(label=gettext_lazy("year"), method="in_year")
    year_from = YearFilter(label=gettext_lazy("from year"), method="from_year")
    year_to = YearFilter(label=gettext_lazy("to year"), method="to_year")
    organization = CharFilter(label=gettext_lazy("organization"), method="in_subtree")
    own = ChoiceFilter(label=gettext_lazy("that organization alone"), method="unchanged", choices=TICKED)
    theme = MultipleChoiceFilter(label=gettext_lazy("theme"), method="with_themes")
    role = MultipleChoiceFilter(
        label=pgettext_lazy("of a plan", "role"), method="in_roles", choices=WorkPlan.Role.choices
    )
    subject = _AnyChoiceFilter(label=gettext_lazy("subject"), method="on_subjects")
    period = MultipleChoiceFilter(label=gettext_lazy("period"), method="of_periods", choices=WorkPlan.Period.choices)
    q = CharFilter(label=gettext_lazy("words"), method="with_words", max_length=200)
    where = ChoiceFilter(label=gettext_lazy("where the words stand"), method="unchanged", choices=WHERE)
    unit = CharFilter(label=gettext_lazy("unit"), method="unchanged", max_length=20)
    progress = ChoiceFilter(label=gettext_lazy("progress"), method="unchanged", choices=PROGRESS)
    overdue = ChoiceFilter(label=gettext_lazy("overdue"), method="unchanged", choices=TICKED)
    state = MultipleChoiceFilter(label=gettext_lazy("state"), method="in_states", choices=WorkPlan.State.choices)
    targets = MultipleChoiceFilter(label=gettext_lazy("targets"), method="with_targets", choices=YES_NO)
    basis = MultipleChoiceFilter(label=gettext_lazy("basis of the year"), method="on_basis", choices=BASES)
    sort = ChoiceFilter(label=gettext_lazy("order"), method="unchanged", choices=[(name, name) for name in SORTS])
    view = ChoiceFilter(label=gettext_lazy("view"), method="unchanged", choices=VIEWS)
    columns = MultipleChoiceFilter(label=gettext_lazy("columns"), method="unchanged", choices=COLUMNS)

    class Meta:
        model = WorkPlan
        fields: list[str] = []
        form = RegisterForm

    def __init__(self, data, queryset, user, *, levels: dict[str, str], themes: dict[str, str], states: list):
        super().__init__(data, queryset)
        self.user = user
        self.level_rows = {code: Level(code=code, name=name) for code, name in levels.items()}
        self.theme_rows = {code: Theme(code=code, name=name) for code, name in themes.items()}
        self.filters["level"].extra["choices"] = list(levels.items())
        self.filters["theme"].extra["choices"] = list(themes.items())
        self.filters["state"].extra["choices"] = states

    @cached_property
    def asked(self) -> dict:
        """The parameters that could be read and say something."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @cached_property
    def complaints(self) -> list[str]:
        """One sentence for each parameter that could not be read."""
        return [self._complaint(name, errors[0]) for name, errors in self.form.errors.as_data().items()]

    def _complaint(self, name: str, error: ValidationError) -> str:
        if error.code == OWN_WORDS:
            return error.message
        written = "".join(filter(str.isprintable, "、".join(self.data.getlist(name))))[:60]
        if name in YEARS:
            return _("“%(value)s” is not a year. Write four digits such as 2019; the condition was left out.") % {
                "value": written
            }
        return _("“%(value)s” is not known as “%(filter)s”; the condition was left out.") % {
            "value": written,
            "filter": self.filters[name].label,
        }

    @cached_property
    def promises(self):
        """The targets that are shown and counted: promises under every condition on targets."""
        return wanted(self.asked, self.user)

    @property
    def promised(self):
        """What is promised, whatever the conditions."""
        return Target.objects.visible_to(self.user).filter(kind__in=Target.FORWARD)

    def narrowed(self, without: tuple[str, ...] = ()):
        rows = self.queryset
        for name, value in self.asked.items():
            if name not in without:
                rows = self.filters[name].filter(rows, value)
        if any(chooses(self.asked) for chooses in CHOOSING.values()):
            left = {name: value for name, value in self.asked.items() if name not in without}
            rows = rows.filter(Exists(wanted(left, self.user).filter(plan=OuterRef("pk"))))
        return rows

    def in_levels(self, rows, name, value):
        return rows.filter(level_then__in=value)

    def of_kinds(self, rows, name, value):
        return rows.filter(organization__kind__in=value)

    def in_year(self, rows, name, value):
        return rows.in_years(value, value)

    def from_year(self, rows, name, value):
        return rows.in_years(value, None)

    def to_year(self, rows, name, value):
        return rows.in_years(None, value)

    def in_subtree(self, rows, name, value):
        if self.asked.get("own"):
            return rows.filter(organization=value)
        return rows.filter(organization__in=Organization.objects.subtree(value).order_by().values("pk"))

    def with_themes(self, rows, name, value):
        return rows.filter(Exists(Clause.objects.visible_to(self.user).filter(plan=OuterRef("pk"), themes__in=value)))

    def in_roles(self, rows, name, value):
        return rows.filter(role__in=value)

    def on_subjects(self, rows, name, value):
        return rows.filter(subject__in=value)

    def of_periods(self, rows, name, value):
        return rows.filter(period__in=value)

    def with_words(self, rows, name, value):
        """Every word stands in the title or in the text, by the index of the articles' search."""
        if self._articles is not None:
            return rows.filter(article__in=self._articles)
        return rows if self.asked.get("where") == "targets" else rows.filter(article__title__icontains=value)

    @cached_property
    def _articles(self):
        """The articles that hold the words: a few, looked through one by one, where the conditions that no facet
        counts without leave FEW plans, else all that the index knows. None where there is no word to look for."""
        words = self.asked["q"]
        others = self.narrowed(without=("q", *FACETS)).order_by().values_list("article", flat=True)
        few = list(others[: FEW + 1]) if set(self.asked) & set(NARROWING) else None
        if few is None or len(few) > FEW:
            return articles_holding(words)
        holding = articles_holding(words, few)
        return holding and list(Article.objects.filter(pk__in=holding).order_by().values_list("pk", flat=True))

    def in_states(self, rows, name, value):
        return rows.filter(state__in=value)

    def with_targets(self, rows, name, value):
        promises = Exists(self.promised.filter(plan=OuterRef("pk")))
        if len(value) == len(YES_NO):
            return rows
        return rows.filter(promises if "yes" in value else ~promises)

    def on_basis(self, rows, name, value):
        return rows.filter(year_stated__in=[basis == "stated" for basis in value])

    def unchanged(self, rows, name, value):
        return rows

"""The register's conditions on plans, for the pages that speak of what is in them."""

from plans.register.filters import RegisterFilters

OF_PLANS = (
    "level",
    "kind",
    "year",
    "year_from",
    "year_to",
    "organization",
    "role",
    "subject",
    "period",
    "state",
    "basis",
)


class PlanFilters(RegisterFilters):
    """The filters over `queryset`, of which `plans(without=…)` keeps those under every condition on plans themselves
    but the named ones."""

    def plans(self, without: tuple[str, ...] = ()):
        """The plans under every condition on plans but the named ones."""
        rows = self.queryset
        for name in OF_PLANS:
            if name in self.asked and name not in without:
                rows = self.filters[name].filter(rows, self.asked[name])
        return rows.order_by()

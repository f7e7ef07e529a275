"""The desk's pages about work plans, their clauses and targets, themes and indicators."""

from . import clause, expectation, indicator, work_plan  # noqa: F401  each registers its models

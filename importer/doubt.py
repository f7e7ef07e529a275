"""How much a person should look at what was read: the higher the figure, the earlier in the queue. Pure.

Every value that was not read with high confidence counts, a warning counts more, and what keeps a page from the public
or leaves it without a title counts most. The figures only order; their sum has no unit.
"""

WARNINGS = {  # by code; every other one counts OTHER_WARNING
    "not_union": 100,
    "needs_review": 100,
    "broken_bytes": 60,
    "year_conflict": 40,
    "year_expected": 40,
    "organization_expected": 40,
    "missing_body": 20,
    "cut_body": 20,
    "count_differs": 20,
}
OTHER_WARNING = 10
CONFIDENCE = {"high": 0, "medium": 2, "low": 5}
NO_TITLE = 50
NO_ORGANIZATION = 6
NO_YEAR = 8  # of an article that carries a plan
NO_DATE = 3
SURE = 10
"""Below this a page may be published without a person, where that was asked for."""


def doubt(output: dict) -> int:
    """The doubt about one file's output; 0 where every value was read with high confidence."""
    figure = sum(WARNINGS.get(warning.partition(":")[0], OTHER_WARNING) for warning in output.get("warnings", ()))
    articles = output.get("articles", ())
    return figure + (max(map(_of_article, articles)) if articles else NO_TITLE)


def _of_article(found: dict) -> int:
    """A file of several articles is as doubtful as the worst of them."""
    figure = sum(CONFIDENCE.get(evidence.get("confidence"), 0) for evidence in found["evidence"].values())
    figure += NO_TITLE * (not found["title"]) + NO_DATE * (not found["published_on"])
    figure += NO_ORGANIZATION * (not found["organization"])
    return figure + NO_YEAR * bool(found["carries_plan"] and not found["plan_year"])

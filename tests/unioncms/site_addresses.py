"""Every address of the site by its name, and how its parts are filled for the rows of a House.

`ADDRESSES` names each pattern of the resolver once: an address that is not here fails test_access.py.
"""

from django.contrib import admin
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from articles.links import token
from articles.models import Channel
from articles.sitemap import BLOCK
from importer.models import ImportItem
from organizations.models import AuditEntry, Level, Organization, User
from plans.models import Clause, Expectation, Indicator, Reminder, SavedView, Target, Theme, WorkPlan

from .house import House

CATCH_ALL = "admin/(?P<url>.*)$"
ROUTES_WITHOUT_NAME = {CATCH_ALL: "/admin/nowhere/"}  # and admin's old addresses of a row, which lead to its form


def once(house: House) -> list[dict]:
    return [{}]


def articles(house: House) -> list[dict]:
    return [{"pk": row.pk} for row in house.articles.values()]


def revisions(house: House) -> list[dict]:
    rows = [house.articles[state] for state in ("draft", "public", "public and newer", "withdrawn error", "trashed")]
    return [{"pk": row.pk, "number": number} for row in rows for number in (1, row.latest_revision.number)]


def links(house: House) -> list[dict]:
    return [{"pk": link.article_id, "number": link.pk} for link in (*house.links[:3], house.open_link)]


def tokens(house: House) -> list[dict]:
    return [{"token": token(link)} for link in house.links] + [{"token": f"{house.open_link.pk}.abc"}]


def all_of(model):
    return lambda house: [{"pk": pk} for pk in model.objects.values_list("pk", flat=True)]


def tags(house: House) -> list[dict]:
    return [{"name": word} for word in house.words if word.endswith("tag")]


def collections(house: House) -> list[dict]:
    return [{"slug": row.slug} for row in house.collections]


def batches(house: House) -> list[dict]:
    return [{"pk": house.batch.pk}]


def channels(house: House) -> list[dict]:
    return [{"slug": slug} for slug in ("strict", "plain", "other")]


def organizations(house: House) -> list[dict]:
    return [{"slug": house.owner.slug}]


def years(house: House) -> list[dict]:
    return [{"year": year} for year in {row.sort_at.year for row in house.articles.values()}]


def months(house: House) -> list[dict]:
    return [
        {"year": year, "month": month}
        for year, month in {(row.sort_at.year, row.sort_at.month) for row in house.articles.values()}
    ]


def deeds(model, name: str, words: tuple[str, ...]):
    """What is done to the rows of a plan at its page."""
    rows = model.objects.values_list("plan", "pk")
    return lambda house: [{"pk": plan, name: pk, "deed": word} for plan, pk in rows.all() for word in words]


ADDRESSES = {
    "front": once,
    "site-map": once,
    "accessibility": once,
    "organizations": once,
    "organization": organizations,
    "article": articles,
    "article-views": articles,
    "article-qr": articles,
    "article-preview": articles,
    "preview-link": tokens,
    "channels": once,
    "channel": channels,
    "channel-feed": channels,
    "channel-feed-rss": channels,
    "organization-feed": organizations,
    "organization-feed-rss": organizations,
    "collection-feed": collections,
    "collection-feed-rss": collections,
    "tag-feed": tags,
    "tag-feed-rss": tags,
    "collections": once,
    "collection": collections,
    "tags": once,
    "tag": tags,
    "search": once,
    "search-suggest": once,
    "archive": once,
    "archive-year": years,
    "archive-month": months,
    "favourites": once,
    "leaving": once,
    "site-logo": lambda house: [{"digest": "0" * 32}],
    "media": lambda house: [{"path": house.media.file.name}],
    "feed": once,
    "feed-rss": once,
    "favicon": once,
    "touch-icon": once,
    "opensearch": once,
    "sitemap": once,
    "sitemap-lists": once,
    "sitemap-unions": lambda house: [{"part": house.owner.pk // BLOCK + 1}],
    "sitemap-articles": lambda house: [{"part": row.pk // BLOCK + 1} for row in [house.articles["public"]]],
    "robots": once,
    "login": once,
    "sign_in_code": once,
    "logout": once,
    "password_change": once,
    "security": once,
    "own_sessions": once,
    "second_factor": once,
    "recovery_codes": once,
    "second_factor_remove": once,
    "plans": once,
    "plan-targets": once,
    "plan-themes": once,
    "plan-phrases": once,
    "plan-views": once,
    "plan-view-save": once,
    "plan-view-change": all_of(SavedView),
    "plan-view-delete": all_of(SavedView),
    "plan": all_of(WorkPlan),
    "plan-document": all_of(WorkPlan),
    "plan-undo": all_of(WorkPlan),
    "plan-noted": all_of(WorkPlan),
    "plan-target-add": all_of(WorkPlan),
    "plan-clause-add": all_of(WorkPlan),
    "plan-target-deed": deeds(Target, "target", ("change", "confirm", "requote", "delete", "let-go")),
    "plan-clause-deed": deeds(Clause, "clause", ("split", "merge", "up", "rename", "retheme", "confirm")),
    "plan-progress": once,
    "plan-target": all_of(Target),
    "plan-report": all_of(Target),
    "plan-report-correct": lambda house: [
        {"pk": pk, "number": 1} for pk in Target.objects.values_list("pk", flat=True)
    ],
    "plan-evidence": all_of(Target),
    "plan-target-indicator": all_of(Target),
    "plan-target-upper": all_of(Target),
    "plan-indicator": all_of(Indicator),
    "plan-indicator-targets": all_of(Indicator),
    "plan-close": all_of(WorkPlan),
    "plan-close-now": all_of(WorkPlan),
    "plan-reopen": all_of(WorkPlan),
    "plan-compare": once,
    "plan-pair": once,
    "plan-pair-take-back": lambda house: [{"pk": 1}],
    "plan-coverage": once,
    "plan-coverage-expected": once,
    "plan-coverage-expect": once,
    "plan-coverage-remind": once,
    "plan-coverage-body": organizations,
    "healthz": once,
    "readyz": once,
    "admin:index": once,
    "admin:login": once,
    "admin:logout": once,
    "admin:password_change": once,
    "admin:password_change_done": once,
    "admin:autocomplete": once,
    "admin:jsi18n": once,
    "admin:view_on_site": lambda house: [
        {"content_type_id": number, "object_id": house.articles["draft"].pk} for number in (1, 5, 10)
    ],
    "admin:app_list": lambda house: [
        {"app_label": label} for label in ("organizations", "articles", "plans", "importer")
    ],
    "admin:organizations_auditentry_export": once,
    "admin:organizations_user_reset": all_of(User),
    "admin:organizations_user_hand_over": all_of(User),
    "admin:organizations_user_second_factor": all_of(User),
    "admin:organizations_user_active": all_of(User),
    "admin:articles_article_tags": once,
    "admin:articles_article_withdraw_many": once,
    "admin:articles_article_withdraw": articles,
    "admin:articles_article_trash": articles,
    "admin:articles_article_restore": articles,
    "admin:articles_article_review": articles,
    "admin:articles_article_review_list": once,
    "admin:articles_article_review_sheet": articles,
    "admin:articles_article_revisions": articles,
    "admin:articles_article_revision": revisions,
    "admin:articles_article_restore_revision": revisions,
    "admin:articles_article_name_revision": revisions,
    "admin:articles_article_compare": articles,
    "admin:articles_article_autosave_new": once,
    "admin:articles_article_autosave": articles,
    "admin:articles_article_discard_new": once,
    "admin:articles_article_discard": articles,
    "admin:articles_article_merge": articles,
    "admin:articles_article_preview": articles,
    "admin:articles_article_links": articles,
    "admin:articles_article_links_revoke": links,
    "admin:articles_article_schedule": once,
    "admin:articles_article_views": once,
    "admin:articles_article_views_csv": once,
    "admin:articles_article_correct": articles,
    "admin:articles_article_cancel_correction": articles,
    "admin:articles_article_apply_again": articles,
    "admin:articles_mediafile_pictures": once,
    "admin:articles_mediafile_upload": once,
    "admin:importer_importbatch_progress": batches,
    "admin:importer_importbatch_correct": batches,
    "admin:importer_importbatch_undo": batches,
    "admin:importer_importitem_picture": lambda house: [
        {"pk": pk, "index": 0, "number": 0} for pk in ImportItem.objects.values_list("pk", flat=True)
    ],
    "admin:plans_workplan_replace": all_of(WorkPlan),
    "admin:plans_workplan_draft": all_of(WorkPlan),
    "admin:plans_workplan_read": all_of(WorkPlan),
}
MODELS = {  # each with changelist, add, history, delete, change and the old address of a row
    "organizations_auditentry": lambda house: [
        {"pk": pk} for pk in AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[:12]
    ],
    "organizations_organization": all_of(Organization),
    "organizations_level": all_of(Level),
    "organizations_sitesettings": lambda house: [{"pk": 1}],
    "organizations_user": all_of(User),
    "articles_article": articles,
    "articles_channel": all_of(Channel),
    "articles_collection": lambda house: [{"pk": row.pk} for row in house.collections],
    "articles_mediafile": lambda house: [{"pk": house.media.pk}],
    "plans_clause": all_of(Clause),
    "plans_theme": all_of(Theme),
    "plans_indicator": all_of(Indicator),
    "plans_workplan": all_of(WorkPlan),
    "plans_expectation": all_of(Expectation),
    "plans_reminder": all_of(Reminder),
    "importer_importbatch": batches,
    "importer_importitem": all_of(ImportItem),
}
for model, rows in MODELS.items():
    ADDRESSES |= {f"admin:{model}_{page}": once for page in ("changelist", "add")}
    of_rows = lambda house, rows=rows: [{"object_id": row["pk"]} for row in rows(house)]  # noqa: E731
    ADDRESSES |= {f"admin:{model}_{page}": of_rows for page in ("history", "delete", "change")}


def patterns(found=None, route: str = "", space: str = ""):
    """Each pattern of the resolver: its name with its namespace ("" where it has none) and its whole route."""
    for pattern in get_resolver().url_patterns if found is None else found:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from patterns(pattern.url_patterns, here, space + inner)
        else:
            yield space + pattern.name if pattern.name else "", here


def unknown() -> list[str]:
    """What this table says nothing of, as sentences."""
    old = {
        f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/" for model in admin.site._registry
    }
    return [
        f"{name or route}: say in tests/unioncms/site_addresses.py how its parts are filled"
        for name, route in patterns()
        if not (name in ADDRESSES if name else route in {*old, *ROUTES_WITHOUT_NAME})
    ]


def addresses(house: House) -> dict[str, list[str]]:
    """The addresses of each name."""
    found = {name: [reverse(name, kwargs=parts) for parts in rows(house)] for name, rows in ADDRESSES.items()}
    old = [
        f"/admin/{model.replace('_', '/', 1)}/{rows(house)[0]['pk']}/" for model, rows in MODELS.items() if rows(house)
    ]
    return found | {"": [*ROUTES_WITHOUT_NAME.values(), *old]}

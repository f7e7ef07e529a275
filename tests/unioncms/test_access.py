"""Every address with every method, as those who may see nothing of a house: nothing leaks, nothing changes.

What is secret and where: house.py. Which addresses there are: site_addresses.py.
"""

import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from tests.articles.pictures import picture
from tests.factories import PASSWORD

from .house import WORD, House
from .site_addresses import addresses, unknown

VISITORS = ("outsider", "account", "staff account", "auditor", "editor", "manager", "narrowed editor")
WALKS_ALL = ("outsider", "editor")
"""These try every method and form. Of an address's rows an outsider takes all, an editor a sixth, others a ninth."""
UNASKING = ("account", "staff account", "auditor")
"""They put no questions to lists: they may ask none, or what an editor asks."""
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
OWN = {"logout", "admin:logout", "login", "sign_in_code", "password_change", "security", "own_sessions"} | {
    "second_factor",
    "recovery_codes",
    "second_factor_remove",
}
"""What a signed-in person does there concerns themselves; it is tried as an outsider alone."""
SHARED = ("admin:articles_collection", "admin:articles_mediafile", "admin:importer_import")
OF_THE_HOUSE = {"alt", "caption", "collection", "intro", "slug", "entry", "place"} | {
    "item",
    "itemsource",
    "itemraw",
    "itemtitle",
    "message",
}
"""What an editor narrowed to one channel sees nevertheless: these stand in no channel."""
OWN_VERBS = ("sign in", "sign out", "sign-in failed", "locked out", "export")


def test_the_table_knows_every_address():
    assert unknown() == []


def test_nobody_meets_anything_of_a_house_they_are_not_of(db, caplog):
    caplog.set_level("CRITICAL", "django.request")
    house, faults = House(), []
    for who in VISITORS:
        visitor = house.visitor(who)
        client = Client(raise_request_exception=False)
        if visitor:
            client.force_login(visitor)
        before = rows(visitor)
        faults += [(who, *fault) for fault in walk(house, who, visitor, client)]
        for table, held in rows(visitor).items():
            if held != before[table]:
                faults.append((who, "has changed", table, *sorted(set(held) ^ set(before[table]))[:3]))
    assert not faults, "\n".join(map(str, [len(faults), *faults[:60]]))


def walk(house: House, who: str, visitor, client):
    """Every request of `who`: those whose answer holds a secret word or is an error of the site's own."""
    narrowed = set()
    if who == "narrowed editor":
        manager = house.people["manager"]
        narrowed = {word for word in house.words if word[5:] in OF_THE_HOUSE} | {manager.name, manager.phone}
    for number, (method, address, data) in enumerate(requests(house, who, visitor)):
        if visitor and number % 40 == 0:
            renew_session(client)
        if method in ("get", "head", "post"):
            response = getattr(client, method)(address, data)
        else:
            response = getattr(client, method)(address)
        answer = b"".join(response.streaming_content) if response.streaming else response.content
        found = set(WORD.findall(f"{answer.decode(errors='replace')} {response.headers}"))
        found -= house.public | narrowed | set(WORD.findall(f"{address} {data}"))
        if address.partition("?")[0] == house.error_address:
            found -= house.error_words
        if found or response.status_code >= 500:
            yield method, address, response.status_code, sorted(found)[:4]


def renew_session(client) -> None:
    """A row that one transaction changes a thousand times makes PostgreSQL slow, and every request changes this one."""
    session = client.session
    session.cycle_key()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    assert client.get("/accounts/sessions/").status_code == 200, "signed out on the way"


def requests(house: House, who: str, visitor):
    """(method, address, data) of the whole walk; the odd methods on the first address of each name."""
    plausible, turn = post_data(house, visitor), VISITORS.index(who)
    for name, found in addresses(house).items():
        if who == "narrowed editor" and name.startswith(SHARED):
            continue
        methods = METHODS if who in WALKS_ALL else ("get", "post")
        if visitor and name in OWN:
            methods = ("get", "head", "options")
        turn += 1  # so that each row is met at other addresses by each person
        for number, address in enumerate(found):
            rare = number and (number + turn) % (6 if who == "editor" else 9)
            if rare and visitor:
                continue
            for method in ("get",) if number else methods:
                yield method, address, None
            if "post" in methods and not rare:
                for extra in posts(name)[: None if who in WALKS_ALL else 1]:
                    yield "post", address, plausible | extra
            for query in () if rare or who in UNASKING else queries(name, house):
                yield "get", f"{address}?{query}", None


def posts(name: str) -> list[dict]:
    """What a form of this name may be sent, beside `post_data`."""
    if name.endswith("_changelist"):
        return [{"action": action} for action in _actions(name)] or [{}]
    if "mediafile" in name:
        return [{"file": picture("图.png")}]
    if name.endswith("article_autosave"):
        return [{"doing": "keep"}, {"doing": "leave"}]
    if name.endswith(("article_change", "article_add")):
        return [{"_save": "1"}, {"_publish": "1"}, {"_submit": "1"}]
    if name == "admin:importer_importbatch_add":
        return [{"files": SimpleUploadedFile("页.txt", "总工会开展活动".encode())}]
    if name == "admin:importer_importitem_change":
        return [{"do": "accept"}, {"do": "publish"}, {"do": "dismiss"}, {"do": "keep"}, {"go": "1"}]
    if name.endswith("article_review"):
        return [{"decision": "pass"}, {"decision": "return"}]
    return [{}]


def _actions(name: str) -> list[str]:
    for model, page in admin.site._registry.items():
        if name == f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist":
            return [getattr(action, "__name__", action) for action in page.actions or ()]
    return []


def post_data(house: House, visitor) -> dict:
    """Fields of every form there is, filled so that a member of the house would be heard."""
    later = timezone.localtime() + datetime.timedelta(days=2)
    public, others = house.articles["public"], list(house.articles.values())
    people = house.people
    return {
        "title": "改过的标题",
        "body": "<p>改过的正文</p>",
        "tags": "改过",
        "channel": house.plain.pk,
        "kind": "news",
        "complete": "on",
        "owner": house.owner.pk,
        "organization": house.owner.pk,
        "parent": house.owner.pk,
        "name": "新名",
        "slug": "new",
        "source": "别处",
        "reach": "all",
        "base": 2,
        "reason": "重复发布",
        "into": public.pk,
        "merged_into": public.pk,
        "decision": "pass",
        "opinion": "同意",
        "revision": 2,
        "recipient": "张主席",
        "shows": "latest",
        "decides": "on",
        "days": 7,
        "at_0": f"{later:%Y-%m-%d}",
        "at_1": "09:00",
        "_selected_action": [row.pk for row in others],
        "post": "yes",
        "confirmed": "1",
        "index": 0,
        "select_across": 0,
        "chosen": [f"{row.pk}-{row.latest_revision.number}" for row in others],
        "ids": ",".join(str(row.pk) for row in others),
        "writer": visitor.pk if visitor else people["editor"].pk,
        "doing": "keep",
        "seen": "1",
        "to": people["manager"].pk,
        "with_roles": "on",
        "username": "newcomer",
        "role": "manager",
        "password": PASSWORD,
        "alt": "会场",
        "article": public.pk,
        "year": 2020,
        "plan": 1,
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-role": "manager",
        "memberships-0-organization": house.owner.pk,
        "memberships-0-user": visitor.pk if visitor else people["editor"].pk,
        "entries-TOTAL_FORMS": 0,
        "entries-INITIAL_FORMS": 0,
    }


def queries(name: str, house: House) -> list[str]:
    """What lists, choosers, searches and filters take, as query strings that ask for what is secret."""
    sought = [
        next(word for word in house.words if word[5:] == where)
        for where in ("title", "body", "phone", "alt", "place", "typed")
    ]
    secret = house.articles["draft"].latest_revision
    if name == "admin:autocomplete":
        return [urlencode(asked) for asked in _autocompletes([""])]
    if name.endswith("_changelist"):
        lookups = (
            "title__startswith",
            "latest_revision__body__contains",
            "owner__memberships__user__phone__startswith",
            "made_by__name__startswith",
        )
        return [f"q={word}" for word in sought[:4:3]] + [f"{lookup}=qz" for lookup in lookups] + ["all=", "e=1"]
    return {
        "search": [
            f"q={word}&order={order}"
            for word in (secret.title, *secret.tags, sought[1], f"“{secret.title}”", secret.document_number)
            for order in ("relevance", "date")
        ],
        "favourites": [f"ids={'.'.join(str(row.pk) for row in house.articles.values())}"],
        "search-suggest": [f"q={word}" for word in (secret.title, *secret.tags)],
        "plans": [
            f"{name}={word}" for word in sought[:2] for name in ("q", "organization", "theme", "indicator", "year")
        ],
        "article": ["revision=1", "revision=2", "preview=1"],
        "article-preview": ["revision=1", "bare=1", "revision=2&bare=1"],
        "organizations": ["level=district"],
        "admin:articles_article_tags": ["q=qz"],
        "admin:articles_article_compare": ["from=1&to=2", "from=1&to=2&view=sides"],
        "admin:articles_article_preview": ["revision=1", "frame=phone", "revision=2&frame=desktop"],
        "admin:articles_article_links": [f"link={link.pk}" for link in house.links[:2]],
        "admin:articles_article_review_sheet": ["of=live"],
        "admin:articles_article_review_list": ["stage=first", f"owner={house.owner.pk}&channel={house.channel.pk}"],
        "admin:importer_importitem_change": ["n=1", f"batch={house.batch.pk}"],
        "admin:articles_article_change": ["draft=1"],
        "admin:articles_article_add": ["draft=1", f"owner={house.owner.pk}"],
        "admin:articles_mediafile_pictures": [f"q={word}" for word in sought],
        "admin:organizations_auditentry_export": [
            "",
            *(f"q={word}" for word in sought),
            f"organization={house.owner.pk}",
        ],
    }.get(name, [])


def _autocompletes(words: list[str]):
    for model in admin.site._registry:
        related = (field for field in model._meta.get_fields() if field.many_to_one and not field.auto_created)
        for field in related:
            for word in words:
                yield {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": field.name,
                    "term": word,
                }


def rows(visitor) -> dict[str, list]:
    """Every row of every table, but for what reading, signing in, one's own unsaved text and views leave behind."""
    mine = visitor.pk if visitor else 0
    hidden = Article.objects.exclude(pk__in=Article.objects.readable().order_by()).values_list("pk", flat=True)
    numbers = ",".join(map(str, hidden))
    not_mine = f"actor_id IS NOT NULL AND actor_id <> {mine}"
    kept = {
        "organizations_auditentry": f"(verb NOT IN {OWN_VERBS} AND object_type <> 'plans.savedview') OR ({not_mine})",
        "plans_savedview": f"owner_id <> {mine} OR shared_with_id IS NOT NULL",
        "articles_viewcount": f"article_id IN ({numbers})",
        "articles_editingsession": f"NOT (user_id = {mine} AND article_id IS NULL)",
    }
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table == "organizations_signedinsession" or table.startswith(("axes_", "sqlite_", "django_session")):
                continue
            cursor.execute(f'SELECT * FROM "{table}" WHERE {kept.get(table, "1 = 1")}')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found

"""Rows for tests, made by the same verbs the site uses; every argument has a default."""

import datetime
from itertools import count

from articles import publishing
from articles.models import Article, Channel
from organizations import tree
from organizations.models import Level, Membership, Organization, User
from plans import filing
from plans.models import Theme

LEVELS = {  # code: (name, rank)
    "national": ("全国", 1),
    "province": ("省级", 2),
    "city": ("设区市", 3),
    "district": ("区县", 4),
    "township": ("乡镇街道", 5),
    "community": ("村社区", 6),
    "industry": ("产业", None),
    "enterprise": ("企事业单位", None),
}
BODY = (
    "<h2>一、加强组织建设</h2><p>全年新建工会组织20家，发展会员1000名。</p>"
    "<h2>二、维护职工权益</h2><p>集体合同签订率达到90%以上。</p>"
)
PASSWORD = "Right-Horse-Battery-7"

_number = count(1)


def make_level(code: str = "district") -> Level:
    name, rank = LEVELS[code]
    position = list(LEVELS).index(code)
    return Level.objects.get_or_create(code=code, defaults={"name": name, "rank": rank, "position": position})[0]


def make_organization(name: str = "", *, level: str | None = "district", parent=None, **fields) -> Organization:
    """An organisation in the tree: a root, or below `parent`."""
    name = name or f"第{next(_number)}区总工会"
    row = Organization(name=name, level=make_level(level) if level else None, **fields)
    return tree.add(row, parent)


def make_channel(name: str = "", **fields) -> Channel:
    number = next(_number)
    return Channel.objects.create(name=name or f"栏目{number}", **{"slug": f"channel-{number}", **fields})


def make_user(username: str = "", *, role: str | None = None, organization=None, **fields) -> User:
    """A user with PASSWORD; with `role`, holding it in `organization` (a new one where none is given)."""
    user = User.objects.create_user(username or f"user{next(_number)}", password=PASSWORD, **fields)
    if role:
        Membership.objects.create(user=user, organization=organization or make_organization(), role=role)
    return user


def make_article(
    title: str = "",
    *,
    public: bool = True,
    body: str = BODY,
    owner=None,
    channel=None,
    text: dict | None = None,
    **fields,
) -> Article:
    """An article with one revision, public unless told otherwise. `fields` are those of publishing.create()."""
    article = publishing.create(
        owner=owner or Organization.objects.first() or make_organization(),
        channel=channel or Channel.objects.first() or make_channel(),
        by=fields.pop("by", None),
        text={"title": title or f"第{next(_number)}篇稿件", "body": body, **(text or {})},
        **fields,
    )
    if public:
        publishing.publish(article, None)
    article.refresh_from_db()
    return article


def make_theme(code: str = "organisation", name: str = "组织建设") -> Theme:
    return Theme.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_plan(article=None, *, year: int | None = 2019, organization=None, in_force: bool = True, **fields):
    """A work plan read from its article's text; in force unless told otherwise."""
    organization = organization or make_organization()
    article = article or make_article(
        f"{organization.name}{year or ''}年工作要点", kind=Article.Kind.PLAN, organization=organization
    )
    if year:
        fields = {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31), **fields}
    plan = filing.propose(article, None, organization=organization, **fields)
    if in_force:
        filing.put_in_force(plan, None)
        plan.refresh_from_db()
    return plan

"""Accessibility by axe-core, all of its rules, on every kind of page in a real browser."""

from pathlib import Path

import pytest

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
FINDINGS = """async () => {
    const found = await axe.run({ resultTypes: ['violations'] });  // the same rules; less is said of what passes
    return found.violations.map(rule => rule.id + ': ' + rule.nodes.map(node => node.target.join(' ')).join(' | '));
}"""
PUBLIC = [
    "/",
    "/channels/",
    "/channels/jihua/",
    "/channels/zhengce/",
    "ARTICLE",
    "WITHDRAWN",
    "ARCHIVED",
    "SINGLE PAGE",
    "LEAVING",
    "/organizations/",
    "/organizations/?level=district",
    "/organizations/?letter=Q",
    "/organizations/?q=没有",
    "ORGANIZATION",
    "/collections/",
    "COLLECTION",
    "/tags/",
    "/search/",
    "/search/?q=工会",
    "/search/?q=无此词语",
    "/archive/",
    "/archive/2015/",
    "/favourites/",
    "/favourites/?ids=1.2.3",
    "/sitemap/",
    "/accessibility/",
    "/no-such-page/",
]
STAFF = [
    "/plans/",
    "/plans/?level=district&year=2019",
    "/plans/?view=organizations",
    "/plans/?q=没有这样的文字",
    "/plans/views/",
    "PLAN",
    "CLOSE",
    "TARGET",
    "/plans/progress/",
    "/plans/coverage/",
    "/plans/coverage/expected/",
    "COVERAGE OF ONE",
    "/plans/compare/",
    "COMPARED",
    "/plans/targets/",
    "/plans/themes/",
    "/plans/phrases/",
    "/plans/phrases/?phrase=工会",
]
ADMIN = [
    "/admin/",
    "/admin/articles/article/",
    "ARTICLE FORM",
    "PLAN FORM",
    "/admin/organizations/organization/",
    "/admin/articles/article/review/",
    "/admin/articles/article/schedule/",
    *(
        f"ARTICLE {name}"
        for name in ("review", "review-sheet", "revisions", "compare", "preview", "links", "withdraw", "history")
    ),
    "/admin/organizations/auditentry/",
    "/admin/organizations/user/",
    "/accounts/security/",
    "/accounts/sessions/",
    "/accounts/second-factor/",
]

# Articles that are public no more, and one that stands for itself in a channel
OTHER_ARTICLES = """
from articles import publishing
from articles.models import Article, Channel
from organizations.models import SiteSettings
made = []
for kind in ("news", "news", "page"):
    text = {"title": "办事指南", "body": "<h2>一、受理</h2><p>工作日上午受理。</p>"}
    channel = Channel.objects.get(slug="banshi" if kind == "page" else "jiceng")
    owner = SiteSettings.load().organization
    article = publishing.create(owner=owner, channel=channel, by=None, kind=kind, text=text)
    made.append(publishing.publish(article, None))
publishing.withdraw(made[0], None, "数字有误，核对后再发。")
publishing.withdraw(made[1], None, "已有新办法。", kind=Article.Withdrawal.ARCHIVED)
print(*(article.pk for article in made))
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def addresses(live_site):
    """The addresses that hold a number: of the first district's plan of the seeds, and of its article."""
    printed = live_site.manage(
        "shell",
        "--no-imports",
        "-c",
        "from plans.models import WorkPlan\n"
        "from articles.models import Collection\n"
        "first = WorkPlan.objects.get(starts_on__year=2019)\n"
        "print(WorkPlan.objects.exclude(pk=first.pk).first().pk, first.targets.first().pk)\n"
        "print(first.pk, first.article_id, first.organization.slug)\n"
        "from articles import leaving\n"
        "print(Collection.objects.published().first().slug)\n"
        "print(leaving.address('https://www.example.org/'))",
    )
    other, target, plan, article, organization, collection, way_out = printed.split()[-7:]
    others = live_site.manage("shell", "--no-imports", "-c", OTHER_ARTICLES).split()[-3:]
    withdrawn, archived, single = (f"/articles/{number}/" for number in others)
    return {
        "WITHDRAWN": withdrawn,
        "ARCHIVED": archived,
        "SINGLE PAGE": single,
        "ORGANIZATION": f"/organizations/{organization}/",
        "COLLECTION": f"/collections/{collection}/",
        "LEAVING": way_out,
        "ARTICLE": f"/articles/{article}/",
        "ARTICLE FORM": f"/admin/articles/article/{article}/change/",
        "PLAN": f"/plans/{plan}/",
        "CLOSE": f"/plans/{plan}/close/",
        "TARGET": f"/plans/targets/{target}/",
        "COVERAGE OF ONE": f"/plans/coverage/bodies/{organization}/",
        "COMPARED": f"/plans/compare/?plan={plan}&plan={other}",
        "PLAN FORM": f"/admin/plans/workplan/{plan}/change/",
    }


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["wide-light", "narrow-dark"])
def axe_page(request, chromium):
    """A page in which axe may be loaded beside the site's own policy."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: install node and npm, then npm ci (make test does)")
    width, scheme = request.param
    context = chromium.new_context(
        locale="zh-CN", bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def place(addresses: dict, name: str) -> str:
    """The address of a page in one of the lists above."""
    words = name.split(" ")
    if words[0] == "ARTICLE" and len(words) == 2 and words[1] != "FORM":
        return addresses["ARTICLE FORM"].replace("/change/", f"/{words[1]}/")
    return addresses.get(name, name)


def findings(page, url):
    page.goto(url)
    page.add_script_tag(path=AXE)
    return page.evaluate(FINDINGS)


def sign_in(page, live_site):
    page.goto(live_site.url + "/admin/login/")
    page.fill("input[name=username]", live_site.username)
    page.fill("input[name=password]", live_site.password)
    page.click("[type=submit]")
    page.wait_for_url(live_site.url + "/admin/")


@pytest.mark.parametrize("look", ["", "view=elder&size=l"], ids=["plain", "elder-large"])
def test_public_pages(axe_page, live_site, addresses, look):
    found = {}
    for path in PUBLIC:
        address = addresses.get(path, path)
        found[path] = findings(
            axe_page, live_site.url + address + (("&" if "?" in address else "?") + look if look else "")
        )
    assert found == {path: [] for path in PUBLIC}


def test_sign_in_pages(axe_page, live_site):
    paths = ["/admin/login/", "/accounts/login/"]
    assert {path: findings(axe_page, live_site.url + path) for path in paths} == {path: [] for path in paths}


def test_staff_and_admin_pages(axe_page, live_site, addresses):
    sign_in(axe_page, live_site)
    paths = STAFF + ADMIN
    found = {path: findings(axe_page, live_site.url + place(addresses, path)) for path in paths}
    assert found == {path: [] for path in paths}

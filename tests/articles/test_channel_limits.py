"""A role narrowed to channels: whoever holds it meets the articles of these channels alone, at every address."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles import particulars, publishing
from articles.channel_limits import channel_choices
from articles.models import Article, Channel, ChannelLimit
from organizations import memberships, rights
from organizations.models import Membership
from plans import filing
from plans.models import Clause, WorkPlan
from tests.articles.desk_form import LIST, change, typed
from tests.factories import make_article, make_channel, make_organization, make_plan, make_user

OPEN, SHUT = "要闻稿件一则", "公告稿件一则"


@pytest.fixture
def city(db):
    return make_organization("甲市总工会", level="city")


@pytest.fixture
def district(city):
    return make_organization("乙区总工会", parent=city)


@pytest.fixture
def news(db):
    return make_channel("要闻")


@pytest.fixture
def below(news):
    return make_channel("图片要闻", parent=news)


@pytest.fixture
def notices(db):
    return make_channel("公告")


@pytest.fixture
def narrow(city, news):
    """narrow(role): a person with this role in the city, for the one channel and those below it."""

    def make(role="contributor", channels=(news,), **fields):
        user = make_user(is_staff=True, **fields)
        row = Membership(user=user, organization=city, role=role)
        memberships.give(row, None, numbers=[channel.pk for channel in channels])
        return user

    return make


@pytest.fixture
def articles(district, below, notices):
    return (
        make_article(OPEN, owner=district, channel=below, public=False),
        make_article(SHUT, owner=district, channel=notices, public=False),
    )


@pytest.fixture
def writer(narrow, client):
    user = narrow()
    client.force_login(user)
    return user


def refused(response) -> bool:
    """403 or 404, or Django's way back to the front page for a row that is not there."""
    return response.status_code in (403, 404) or (
        response.status_code == 302 and response.url == reverse("admin:index")
    )


# Reading


@pytest.mark.parametrize("query", ["", "?q=稿件", "?q=公告", "?channel__id__exact={shut}", "?state__exact=draft"])
def test_the_list_and_its_search_show_the_channels_alone(client, writer, articles, notices, query):
    page = client.get(LIST + query.format(shut=notices.pk))
    assert SHUT not in page.content.decode()
    if query in ("", "?q=稿件", "?state__exact=draft"):
        assert OPEN in page.content.decode()


def test_every_page_of_an_article_is_refused_outside_and_open_inside(client, writer, articles):
    inside, outside = articles
    names = {pattern.name for pattern in _article_pages()}
    assert len(names) > 5
    for name in names:
        address = reverse(f"admin:{name}", args=[outside.pk])
        for method in (client.get, client.post):
            response = method(address)
            assert refused(response) or response.status_code == 405, (name, response.status_code)
            assert SHUT not in response.content.decode(), name
    outside.refresh_from_db()
    assert (outside.state, outside.latest_revision.number) == ("draft", 1)
    for name in ("change", "history"):
        assert client.get(reverse(f"admin:articles_article_{name}", args=[inside.pk])).status_code == 200


def _article_pages():
    """The pages of the desk that stand below one article and take its number alone."""
    from django.contrib import admin

    for pattern in admin.site.get_model_admin(Article).get_urls():
        variables = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
        if pattern.name and len(variables) == 1:
            yield pattern


def test_the_preview_and_the_revisions(client, writer, articles):
    for article, open_ in zip(articles, (True, False), strict=True):
        preview = client.get(reverse("article-preview", args=[article.pk]))
        revision = client.get(reverse("admin:articles_article_revision", args=[article.pk, 1]))
        assert (preview.status_code == 200, revision.status_code == 200) == (open_, open_)
        assert open_ or (refused(preview) and refused(revision))


def test_choosing_an_article_offers_the_channels_alone(client, narrow, articles):
    client.force_login(narrow("editor"))
    for model, field in (("workplan", "article"), ("collectionentry", "article")):
        app = "plans" if model == "workplan" else "articles"
        asked = {"app_label": app, "model_name": model, "field_name": field, "term": "稿件"}
        answer = client.get("/admin/autocomplete/", asked).json()
        assert [result["text"] for result in answer["results"]] == [OPEN]
    tags = client.get(reverse("admin:articles_article_tags"), {"q": ""})
    assert tags.status_code == 200


# Writing


def test_the_form_offers_the_channels_one_may_write_in(client, writer, articles, news, below, notices):
    for address in (f"{LIST}add/", change(articles[0])):
        form = client.get(address).context["adminform"].form
        assert [pk for pk, _name in form.fields["channel"].choices if pk] == [news.pk, below.pk]
    assert {pk for pk, _name in channel_choices(make_user(is_superuser=True))} >= {news.pk, below.pk, notices.pk}


def test_a_new_article_or_one_moved_elsewhere_is_refused(client, writer, articles, district, below, notices):
    inside = articles[0]
    client.post(f"{LIST}add/", typed(owner=district, channel=notices, title="混入公告"))
    client.post(change(inside), typed(inside, channel=notices.pk))
    inside.refresh_from_db()
    assert not Article.objects.filter(title="混入公告").exists()
    assert (inside.channel, inside.latest_revision.channel) == (below, below)
    client.post(f"{LIST}add/", typed(owner=district, channel=below, title="写进要闻"))
    assert Article.objects.get(title="写进要闻").channel == below


def test_the_verbs_refuse_too(narrow, articles, district, notices):
    inside, outside = articles
    writer, editor = narrow(), narrow("editor")
    text = {"title": "混入", "body": "<p>文</p>"}
    for verb in (
        lambda: publishing.create(owner=district, channel=notices, by=writer, text=text),
        lambda: publishing.save_revision(inside, writer, {**text, "channel": notices}),
        lambda: publishing.save_revision(outside, writer, text),
        lambda: publishing.publish(outside, editor),
        lambda: publishing.trash(outside, editor),
        lambda: particulars.describe(outside, editor, kind="notice", initial={}),
        lambda: filing.propose(outside, editor, organization=district),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    publishing.publish(inside, editor)
    assert inside.is_public_now


def test_two_narrowed_roles_do_not_mix(client, city, district, news, notices):
    """News for the one, notices for the other: not notices for the one."""
    beside = make_organization("丙区总工会", parent=city)
    user = make_user(is_staff=True)
    for organization, channel in ((district, news), (beside, notices)):
        row = Membership(user=user, organization=organization, role="editor")
        memberships.give(row, None, numbers=[channel.pk])
    client.force_login(user)
    wrong = make_article(SHUT, owner=district, channel=notices, public=False)
    assert not rights.may(user, "view", wrong)
    assert refused(client.get(change(wrong)))
    page = client.post(f"{LIST}add/", typed(owner=district, channel=notices, title="混入"))
    assert list(page.context["adminform"].form.errors) == ["channel"]
    assert not Article.objects.filter(title="混入").exists()


def test_another_role_without_limits_lifts_them(narrow, city, articles):
    user = narrow()
    Membership.objects.create(user=user, organization=city, role="editor")
    assert rights.may(user, "write", articles[1])
    assert rights.narrowed_to(user, "write") is None


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer", "signer"])
def test_may_and_reach_agree_for_every_kind_of_row(narrow, articles, district, role):
    user = narrow(role)
    plans = [make_plan(article, organization=district, in_force=False) for article in articles]
    fields = {
        Article: ("owner", "channel"),
        WorkPlan: ("article__owner", "article__channel"),
        Clause: ("plan__article__owner", "plan__article__channel"),
    }
    assert Clause.objects.filter(plan=plans[1]).exists()
    for model, (owner, limited) in fields.items():
        for verb in ("view", "write", "edit", "publish", "file_plan", "put_in_force", "review", "sign"):
            reached = set(model.objects.filter(rights.reach(user, verb, owner, limited=limited)))
            assert reached == {row for row in model.objects.all() if rights.may(user, verb, row)}, (model, verb)


# Plans of an article outside


def test_a_plan_and_its_clauses_outside_are_closed(client, narrow, articles, district):
    client.force_login(narrow("editor"))
    inside, outside = (make_plan(article, organization=district, in_force=False) for article in articles)
    listed = client.get(reverse("admin:plans_workplan_changelist")).content.decode()
    assert (OPEN in listed, SHUT in listed) == (True, False)
    for plan, open_ in ((inside, True), (outside, False)):
        clause = plan.clauses.first()
        for name, row in (("workplan", plan), ("clause", clause)):
            page = client.get(reverse(f"admin:plans_{name}_change", args=[row.pk]))
            assert (page.status_code == 200) is open_
    for name in ("read", "draft", "replace"):
        assert client.post(reverse(f"admin:plans_workplan_{name}", args=[outside.pk])).status_code == 403
    client.post(
        reverse("admin:plans_workplan_changelist"),
        {"action": "put_chosen_in_force", "_selected_action": [outside.pk]},
    )
    outside.refresh_from_db()
    assert outside.state == WorkPlan.State.DRAFT
    assert client.get(f"/plans/{outside.pk}/").status_code == 404
    assert SHUT not in client.get("/admin/").content.decode()


def test_a_channel_that_narrows_roles_stays_and_the_accounts_are_named(client, db):
    channel, free = make_channel("机关"), make_channel("空栏目")
    for name in ("老张", "小李"):
        membership = make_user(role="editor", name=name).memberships.get()
        ChannelLimit.objects.create(membership=membership, channel=channel)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for method in (client.get, client.post):
        page = method(f"/admin/articles/channel/{channel.pk}/delete/", {"post": "yes"}, follow=True)
        assert page.redirect_chain == [(f"/admin/articles/channel/{channel.pk}/change/", 302)]
        [said] = page.context["messages"]
        assert "老张、小李" in str(said)
    assert client.post(f"/admin/articles/channel/{free.pk}/delete/", {"post": "yes"}).status_code == 302
    assert list(Channel.objects.values_list("name", flat=True)) == ["机关"]
    client.force_login(make_user(role="manager", is_staff=True))
    assert client.post(f"/admin/articles/channel/{channel.pk}/delete/", {"post": "yes"}).status_code == 403

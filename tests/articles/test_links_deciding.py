"""Deciding by a preview link: a leader passes or returns a text, once, on what was shown."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from articles import links, publishing, reviewing
from articles.models import Review
from tests.articles.leader import LEADER, another_text, entries, press, ticket_in
from tests.factories import make_article, make_channel, make_user


def test_a_leader_passes_a_text_by_the_link(client, waiting, link, signer):
    response = press(client, link, ticket_in(client.get(links.address(link))), opinion="同意。")
    assert response.url == links.address(link)
    review = Review.objects.get()
    assert (review.link, review.person, review.person_name) == (link, None, LEADER)
    assert (review.stage, review.decision, review.opinion) == ("final", "pass", "同意。")
    link.refresh_from_db()
    waiting.refresh_from_db()
    assert link.decided_at == review.at
    assert waiting.review_stage == "approved"
    entry = entries("pass").get()
    assert (entry.actor_name, entry.actor_id, entry.note) == (LEADER, None, "同意。")
    page = client.get(response.url)
    assert page.context["review"] == review
    assert page.context["asks"] is False
    assert "同意。" in page.content.decode()
    assert not Session.objects.exists()
    publishing.publish(waiting, signer)
    assert waiting.is_public_now


def test_a_return_needs_an_opinion(client, waiting, link):
    ticket = ticket_in(client.get(links.address(link)))
    response = press(client, link, ticket, "return", " ")
    assert response.status_code == 400
    assert response.context["form"].errors["opinion"]
    assert not Review.objects.exists()
    assert press(client, link, ticket, "return", "时间不对。").status_code == 302
    waiting.refresh_from_db()
    assert (waiting.review_stage, Review.objects.get().opinion) == ("returned", "时间不对。")


@pytest.mark.parametrize(
    "lacking", [{"confirmed": ""}, {"decision": "publish"}, {"decision": ""}, {"ticket": ""}, {"ticket": "x"}]
)
def test_an_incomplete_decision_is_none(client, link, lacking):
    ticket = ticket_in(client.get(links.address(link)))
    response = press(client, link, **{"ticket": ticket, "opinion": "同意。", **lacking})
    assert response.status_code == 400
    assert response.context["form"].errors
    assert "同意。</textarea>" in response.content.decode()
    assert not Review.objects.exists()


def test_a_ticket_counts_once(client, waiting, link):
    ticket = ticket_in(client.get(links.address(link)))
    assert press(client, link, ticket).status_code == 302
    for decision in ("pass", "return"):
        assert press(client, link, ticket, decision, "再看").status_code == 400
    another_text(waiting)
    reviewing.submit(waiting, None)
    page = client.get(links.address(link))
    assert page.context["asks"] is False
    forged = links.ticket(link, waiting.latest_revision)
    with pytest.raises(ValidationError) as refusal:
        links.decide(link, None, ticket=forged, passed=True)
    assert refusal.value.code == "decided"
    assert Review.objects.count() == 1


def test_a_ticket_is_good_for_its_own_link_alone(client, waiting, link, owner, signer):
    other = links.make(waiting, signer, recipient="赵主席", decides=True)
    ticket = ticket_in(client.get(links.address(link)))
    assert press(client, other, ticket).status_code == 400
    assert not Review.objects.exists()


def test_a_newer_text_is_to_be_read_first(client, waiting, link):
    ticket = ticket_in(client.get(links.address(link)))
    another_text(waiting)
    reviewing.submit(waiting, None)
    response = press(client, link, ticket, opinion="同意。")
    html = response.content.decode()
    assert response.status_code == 400
    assert "送清凉" in html
    assert "同意。</textarea>" in html
    assert not Review.objects.exists()
    assert entries("open link").last().revision == 2
    assert press(client, link, ticket_in(response)).status_code == 302
    assert Review.objects.get().revision.number == 2


def test_a_stage_that_somebody_else_decided_meanwhile_is_not_decided_again(client, owner, signer):
    article = make_article(owner=owner, channel=make_channel(review_stages=3), public=False)
    reviewing.submit(article, None)
    link = links.make(article, signer, recipient=LEADER, decides=True)
    ticket = ticket_in(client.get(links.address(link)))
    reviewing.decide(article, make_user(role="reviewer", organization=owner), passed=True, revision=1)
    response = press(client, link, ticket)
    assert response.status_code == 400
    assert Review.objects.count() == 1
    assert press(client, link, ticket_in(response)).status_code == 302
    assert Review.objects.get(link=link).stage == "second"


def test_whoever_had_a_part_does_not_decide_in_the_same_browser(client, writer, signer, link):
    for person in (writer, signer):
        client.force_login(person)
        response = press(client, link, ticket_in(client.get(links.address(link))))
        assert response.status_code == 400
        assert response.context["form"].non_field_errors()
    assert not Review.objects.exists()
    client.logout()
    assert press(client, link, ticket_in(client.get(links.address(link)))).status_code == 302


def test_a_maker_who_wrote_since_answers_for_nobody(client, waiting, link, signer):
    publishing.save_revision(waiting, signer, {"title": "署名者改过"})
    reviewing.submit(waiting, None)
    assert press(client, link, ticket_in(client.get(links.address(link)))).status_code == 400
    assert not Review.objects.exists()


def test_the_decision_wants_the_page_s_own_form(waiting, link, client):
    strict = Client(enforce_csrf_checks=True)
    ticket = ticket_in(strict.get(links.address(link)))
    assert press(strict, link, ticket).status_code == 403
    assert not Review.objects.exists()
    data = {
        "ticket": ticket,
        "decision": "pass",
        "confirmed": "on",
        "csrfmiddlewaretoken": strict.cookies["csrftoken"].value,
    }
    assert strict.post(links.address(link), data).status_code == 302

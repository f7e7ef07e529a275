"""What persons say of two measures: kept, applied, shown, taken back, and by whom."""

import lxml.html
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.models import AuditEntry
from plans.comparison import judging
from plans.comparison.passages import known_by
from plans.models import Pairing
from tests.factories import make_user

from .test_page import address, client, page, verdicts, world  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
DROPPED, NEW = known_by("编印女职工权益手册"), known_by("设立劳动争议调解室4个")
OLD_20, NEW_30 = known_by("全年新建工会组织20家"), known_by("全年新建工会组织30家")


def forms(tree):
    return tree.xpath("//form[@id='edited']")


def edited(client, world, verdict: str):  # noqa: F811
    """The form of the row whose class is `verdict`, as its link leads to it."""
    tree = page(client.get(address(world["old"], world["new"])))
    marks = f".//span[contains(@class, 'verb') and text()='{verdict}']"
    row = next(one for one in tree.xpath("//li[contains(@class, 'change')]") if one.xpath(marks))
    link = row.xpath(".//a[@class='fix']/@href")[0]
    (form,) = forms(page(client.get(link.split("#")[0])))
    return form


def send(client, form, **changed):  # noqa: F811
    fields = {**dict(form.form_values()), **changed}
    fields["plan"] = [value for name, value in form.form_values() if name == "plan"]
    return client.post(form.get("action"), fields, follow=True)


def test_two_measures_are_put_together_by_the_form_and_it_is_taken_back(client, world):  # noqa: F811
    response = send(client, edited(client, world, "dropped"), partner=NEW, verdict="reworded")
    tree = page(response)
    assert sorted(verdicts(tree)) == ["kept", "reworded", "strengthened", "strengthened"]
    assert "corrected by 李编辑" in tree.text_content()
    said = Pairing.objects.get()
    assert (said.earlier_words, said.later_words, said.verdict, said.by) == (DROPPED, NEW, "reworded", world["editor"])
    entry = AuditEntry.objects.filter(verb="pair passages").get()
    assert (entry.actor_name, entry.after["verdict"]) == ("李编辑", "reworded")
    back = tree.xpath("//section[@class='corrections']//form")[0]
    tree = page(send(client, back))
    assert sorted(verdicts(tree)) == ["dropped", "kept", "new", "strengthened", "strengthened"]
    assert not Pairing.objects.exists()
    assert AuditEntry.objects.filter(verb="unpair passages").exists()


def test_a_measure_has_no_counterpart_when_somebody_says_so(client, world):  # noqa: F811
    tree = page(send(client, edited(client, world, "kept"), partner="none"))
    assert sorted(verdicts(tree)).count("dropped") == 2


def test_another_may_be_found_where_the_one_shown_is_not_it(client, world):  # noqa: F811
    tree = page(send(client, edited(client, world, "kept"), partner="apart"))
    assert "do not belong together" in tree.text_content()
    assert "kept" not in verdicts(tree)


def test_the_same_pair_may_be_of_another_class(client, world):  # noqa: F811
    judging.say(
        world["old"], world["new"], world["editor"], earlier_words=OLD_20, later_words=NEW_30, verdict="reworded"
    )
    tree = page(client.get(address(world["old"], world["new"])))
    assert sorted(verdicts(tree)) == ["dropped", "kept", "new", "reworded", "strengthened"]


def test_two_do_not_belong_together(client, world):  # noqa: F811
    judging.say(world["old"], world["new"], world["editor"], earlier_words=OLD_20, later_words=NEW_30, verdict="apart")
    tree = page(client.get(address(world["old"], world["new"])))
    assert sorted(verdicts(tree)) == ["dropped", "dropped", "kept", "new", "new", "strengthened"]
    assert "do not belong together" in tree.text_content()


def test_a_new_word_replaces_the_old_one(world):  # noqa: F811
    old, new, by = world["old"], world["new"], world["editor"]
    judging.say(old, new, by, earlier_words=OLD_20, later_words=NEW_30)
    judging.say(old, new, by, earlier_words=OLD_20)
    said = Pairing.objects.get()
    assert (said.earlier_words, said.later_words) == (OLD_20, "")


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({}, "empty"),
        ({"earlier_words": "f" * 64, "later_words": NEW}, "gone"),
        ({"earlier_words": DROPPED, "verdict": "kept"}, "verdict"),
        ({"earlier_words": DROPPED, "later_words": NEW, "verdict": "dropped"}, "verdict"),
    ],
)
def test_what_cannot_be_said_changes_nothing(world, about, code):  # noqa: F811
    with pytest.raises(ValidationError) as refused:
        judging.say(world["old"], world["new"], world["editor"], **about)
    assert refused.value.code == code
    assert not Pairing.objects.exists()


def test_who_may_file_one_of_the_two_may_say(client, world):  # noqa: F811
    district = make_user("黄岛人", role="contributor", organization=world["huangdao"].organization)
    words = known_by("新建工会组织8家")
    judging.say(world["new"], world["huangdao"], district, earlier_words=NEW_30, later_words=words)
    with pytest.raises(PermissionDenied):
        judging.say(world["old"], world["new"], district, earlier_words=OLD_20)
    with pytest.raises(PermissionDenied):
        judging.take_back(judging.say(world["old"], world["new"], world["editor"], earlier_words=OLD_20), district)
    client.force_login(district)
    assert not page(client.get(address(world["old"], world["new"]))).xpath("//a[@class='fix']")


def test_a_stranger_cannot_reach_them_by_post(client, world):  # noqa: F811
    said = judging.say(world["old"], world["new"], world["editor"], earlier_words=OLD_20)
    client.force_login(make_user("外人", role="contributor"))
    assert client.post(f"/plans/compare/pairs/{said.pk}/take-back/").status_code == 403
    form = {"plan": [world["old"].pk, world["new"].pk], "earlier": world["old"].pk, "later": world["new"].pk}
    assert client.post("/plans/compare/pairs/", form | {"earlier_words": DROPPED, "partner": "none"}).status_code == 403
    assert client.post("/plans/compare/pairs/", {"earlier": "x", "later": ""}).status_code == 302
    assert Pairing.objects.count() == 1
    assert lxml.html.fromstring(client.get(address(world["new"])).content) is not None

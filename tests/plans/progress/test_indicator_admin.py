"""Indicators at the desk."""

import pytest
from django.urls import reverse

from plans.models import Indicator
from plans.progress.indicators import make, suggested
from tests.factories import make_user

from .targets import make_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))
    return client


def test_wordings_are_written_one_a_line_and_found(desk):
    said = {
        "name": "新就业形态会员数",
        "unit": "人",
        "measure": "total",
        "wordings": "快递员入会\n货车司机入会\n",
        "definition": "",
    }
    response = desk.post(reverse("admin:plans_indicator_add"), said)
    assert response.status_code == 302
    indicator = Indicator.objects.get()
    assert indicator.wordings == ["快递员入会", "货车司机入会"]
    assert indicator in suggested(make_target(unit="万人", object="新就业形态会员"))
    assert indicator in suggested(make_target(unit="人", object="货车司机入会"))
    assert suggested(make_target(unit="%", object="新就业形态会员")) == []


def test_the_unit_of_an_indicator_in_use_stays_of_its_kind(desk):
    indicator = make(make_target(unit="人", object="会员"), "会员数", None)
    said = {"name": "会员数", "measure": "", "wordings": "", "definition": ""}
    address = reverse("admin:plans_indicator_change", args=[indicator.pk])
    assert desk.post(address, {**said, "unit": "%"}).status_code == 200
    assert desk.post(address, {**said, "unit": "万人"}).status_code == 302
    indicator.refresh_from_db()
    assert indicator.unit == "万人"

"""The register in a real browser: its list changes in place, the back button gives the last one, keys move by rows."""

import pytest

from .test_editor import calm, desk  # noqa: F401  a page signed in at the desk

pytestmark = pytest.mark.browser
ROW = "[...document.querySelectorAll('[data-row]')].indexOf(document.activeElement)"


@pytest.fixture
def register(live_site, desk):  # noqa: F811  the fixture imported above
    desk.goto(f"{live_site.url}/plans/")
    desk.evaluate("window.stayed = true")
    return desk


def test_a_filter_changes_the_list_in_place_and_back_undoes_it(live_site, register):
    every = register.inner_text("#found")
    box = "#filters [name=level][value=district]"
    register.check(box)
    register.wait_for_url("**/plans/?*level=district*")
    assert register.inner_text("#found") != every
    assert register.inner_text("[data-said]") == register.inner_text("#found")
    assert register.evaluate("document.activeElement.value") == "district"
    assert register.locator(".chip").count() == 1
    register.click(".chip")
    register.wait_for_url(f"{live_site.url}/plans/")
    assert register.evaluate("document.activeElement.id") == "found"
    register.go_back()
    register.wait_for_selector(".chip")
    assert register.is_checked(box)
    register.go_back()
    register.wait_for_selector(".chip", state="detached")
    assert register.inner_text("#found") == every
    assert not register.is_checked(box)
    assert register.evaluate("window.stayed")
    calm(register)


def test_keys(register):
    press = register.keyboard.press
    press("j")
    press("j")
    assert register.evaluate(ROW) == 1
    press("k")
    assert register.evaluate(ROW) == 0
    press("?")
    assert register.is_visible("dialog.keys")
    press("Escape")
    assert register.is_hidden("dialog.keys")
    press("/")
    assert register.evaluate("document.activeElement.id") == "f-q"
    press("j")
    assert register.input_value("#f-q") == "j"
    register.fill("#f-q", "没有这样的文字")
    press("Enter")
    register.wait_for_selector(".empty")
    assert register.evaluate("window.stayed")
    calm(register)

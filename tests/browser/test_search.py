"""Searching in a real browser: suggestions by keyboard and pointer, filters on a phone, without script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
FINDINGS = "async () => (await axe.run()).violations.map(rule => rule.id + ': ' + rule.nodes[0].target.join(' '))"

pytestmark = pytest.mark.browser


@pytest.fixture
def errors(page):
    """What the browser complained of."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_union_is_suggested_by_its_initials_and_opened_by_keyboard(page, live_site, errors):
    page.goto(live_site.url + "/")
    field = page.get_by_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("jzszgh")
    option = page.get_by_role("option")
    expect(option).to_have_text("胶州市总工会 区县")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("1")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("jzszgh")
    field.press("ArrowDown")
    expect(option).to_be_visible()
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/organizations/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text("胶州市总工会")
    assert errors == []


def test_the_keys_go_round_through_the_field_and_enter_there_searches(page, live_site):
    page.goto(live_site.url + "/")
    field = page.get_by_role("combobox")
    field.press_sequentially("工会")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    count = options.count()
    assert 1 < count <= 8
    for place in [*range(count), None, 0]:
        field.press("ArrowDown")
        chosen = [row.get_attribute("aria-selected") == "true" for row in options.all()]
        assert chosen == [number == place for number in range(count)]
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_a_suggestion_is_opened_by_a_touch(page, live_site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_site.url + "/search/")
    page.get_by_role("combobox").press_sequentially("技能")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    option.click()
    page.wait_for_url("**/articles/*/")


def test_filters_open_and_close_on_a_phone_and_a_chip_takes_one_away(page, live_site):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_site.url + "/search/?q=技能")
    expect(page.locator("#filters")).to_be_hidden()
    page.click("a[href='#filters']")
    expect(page.locator("#filters")).to_be_visible()
    page.locator("#filters").get_by_role("link", name="2019").click()
    page.wait_for_url("**year=2019*")
    page.click("a.chip")
    page.wait_for_function("() => !location.search.includes('year')")


def test_searching_and_narrowing_need_no_script(chromium, live_site):
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(live_site.url + "/")
    page.fill("input[name=q]", "技能")
    page.click("form.seek button")
    expect(page.locator("mark").first).to_have_text("技能")
    page.locator("#filters").get_by_role("link", name="2019").click()
    page.wait_for_url("**year=2019*")
    expect(page.locator(".list > li")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "query"), [(1280, ""), (390, ""), (390, "&view=elder")])
def test_axe_finds_nothing_where_people_search(chromium, live_site, scheme, width, query):
    if not AXE.exists():
        pytest.skip("axe-core is not installed")
    context = chromium.new_context(
        locale="zh-CN", color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for address in ("?q=技能", "?q=技能&year=2019", "?q=能级工资制 技能 没有", "?"):
        page.goto(f"{live_site.url}/search/{address}{query}")
        page.add_script_tag(path=AXE)
        found[address] = page.evaluate(FINDINGS)
    page.get_by_role("combobox").press_sequentially("工会")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found["suggestions"] = page.evaluate(FINDINGS)
    context.close()
    assert found == {address: [] for address in found}

"""A plan is edited at its page with the keyboard; the focus stays, and a selection gives the words."""

import pytest

from .test_editor import calm, desk  # noqa: F401  a page signed in at the desk

pytestmark = pytest.mark.browser
SELECT = """words => {
  const walker = document.createTreeWalker(document.getElementById("prose"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
  throw new Error("no such words");
}"""


@pytest.fixture
def page_of_plan(live_site, desk):  # noqa: F811  the fixture imported above
    """The page of a plan in force that has clauses and targets."""
    script = (
        "from plans.models import WorkPlan; print(WorkPlan.objects.in_force().filter(targets__number=29).first().pk)"
    )
    pk = live_site.manage("shell", "--no-imports", "-c", script).split()[-1]
    desk.goto(f"{live_site.url}/plans/{pk}/")
    return desk


def outline(page) -> list[str]:
    return page.eval_on_selector_all(".outline a.head", "all => all.map(one => one.textContent)")


def focused(page) -> str:
    return page.evaluate("document.activeElement.closest('[data-edit]')?.id ?? document.activeElement.id")


def press(page, key: str) -> None:
    """A key that changes the plan: what it answers has taken the place of the page when this returns."""
    before = page.query_selector("#plan")
    page.keyboard.press(key)
    before.wait_for_element_state("hidden")


def test_clauses_and_targets_by_keyboard(page_of_plan):
    page = page_of_plan
    begun = outline(page)
    heads = page.locator(".outline a.head")
    second = page.evaluate("document.querySelectorAll('.outline [data-edit]')[1].id")
    heads.nth(0).focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == second
    press(page, "u")
    assert outline(page) == [begun[1], begun[0], *begun[2:]]
    assert focused(page) == second
    press(page, "z")
    assert outline(page) == begun
    assert page.inner_text("#said").strip()
    press(page, "o")
    assert page.locator("#refusal").count() == 1
    assert focused(page) == "refusal"

    last = page.locator(".tlist a.ref").last
    last.focus()
    row = focused(page)
    press(page, "c")
    assert focused(page) == row
    assert page.locator(f"#{row} .inferred").count() == 0
    press(page, "e")
    assert page.evaluate("document.activeElement.name") == "object"
    page.fill("#desk [name=duty_holder]", "组织部")
    press(page, "Enter")
    assert "组织部" in page.inner_text(f"#{row}")
    assert focused(page) == row
    page.keyboard.press("Enter")  # to its sentence
    assert page.evaluate("location.hash.slice(1)") == page.get_attribute(f"#{row} .ref", "href")[1:]
    calm_but_for_the_refusal(page)


def test_selected_words_become_a_target(page_of_plan):
    page = page_of_plan
    page.evaluate(SELECT, "做好职工互助保险工作")
    page.wait_for_function("() => document.getElementById('pick-words').value === '做好职工互助保险工作'")
    before = page.locator(".tlist [data-edit]").count()
    plan = page.query_selector("#plan")
    page.click("#pick button >> nth=0")
    plan.wait_for_element_state("hidden")
    assert page.locator(".tlist [data-edit]").count() == before + 1
    row = focused(page)
    assert page.inner_text(f"#{row} q") == "做好职工互助保险工作"
    press(page, "x")
    assert page.locator(".tlist [data-edit]").count() == before
    calm(page)


def calm_but_for_the_refusal(page) -> None:
    """The browser itself tells of an answer 422."""
    page.troubles = [said for said in page.troubles if "422" not in said]
    calm(page)

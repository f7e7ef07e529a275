"""What script adds to an article: contents that follow, copying, citing, print, reading aloud; it only adds."""

import json

import pytest

pytestmark = pytest.mark.browser

VOICES = """
const spoken = window.spoken = [];
const voices = NAMES.map(([lang, localService]) => ({ lang, localService, name: lang }));
class Utterance { constructor(text) { this.text = text; } }
let now = null;
const speech = {
  getVoices: () => voices,
  addEventListener: () => {},
  speak(words) { spoken.push(words.text); now = words; },
  cancel() { now = null; },
};
window.endOfSentence = () => now.onend({ type: "end" });
Object.defineProperty(window, "speechSynthesis", { value: speech });
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { writable: true });
"""


@pytest.fixture(scope="module")
def plan(live_site) -> str:
    """The address of the article of a plan in force with a list of contents."""
    script = (
        "from plans.models import WorkPlan; print(WorkPlan.objects.in_force().filter(targets__isnull=False)"
        ".order_by('-starts_on', 'pk').first().article_id)"
    )
    return f"/articles/{live_site.manage('shell', '--no-imports', '-c', script).split()[-1]}/"


@pytest.fixture
def reader(chromium, live_site):
    """A function that opens a page by its path; whatever the browser complains of fails the test."""
    contexts, faults = [], []

    def opened(path: str, voices=None, **options):
        context = chromium.new_context(locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        if voices is not None:
            page.add_init_script(f"{{{VOICES.replace('NAMES', json.dumps(voices))}}}")
        page.goto(live_site.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def marked(page) -> list[str]:
    return page.eval_on_selector_all(".toc [aria-current]", "links => links.map(link => link.hash)")


def clause_at(page, old: str) -> str:
    """The address in the page of the clause that the id `old` led to before clauses had ids of their own."""
    return page.eval_on_selector(old, "place => '#' + place.closest('[id^=clause-]').id")


def test_contents_follow_the_reading(reader, plan):
    page = reader(plan, viewport={"width": 1280, "height": 700})
    assert marked(page) == []
    page.eval_on_selector("#c3", "heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 40)")
    clause = clause_at(page, "#c3")
    page.wait_for_selector(f".toc a[href='{clause}'][aria-current]")
    assert marked(page) == [clause]
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_selector(".toc:not(:has([aria-current]))")


def test_a_clause_is_cited_by_its_anchor(reader, live_site, plan):
    page = reader(plan, permissions=["clipboard-read", "clipboard-write"])
    clause = clause_at(page, "#c2")
    heading = page.inner_text(clause).replace("\u2060", "")
    link = page.locator(f"{clause} > .here")
    link.focus()
    assert page.evaluate("getComputedStyle(document.activeElement, '::before').opacity") == "1"
    link.press("Enter")
    page.click("[data-copy='#cite']")
    page.wait_for_function("() => document.querySelector('.said').textContent")
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.endswith(f"{live_site.url}{plan}{clause}")
    assert said.startswith(f"{page.inner_text('.meta a')}：《")
    assert "".join(heading.split()) in "".join(said.split())
    page.click("[data-copy^=http]")
    page.wait_for_function("address => navigator.clipboard.readText().then(text => text === address)", arg=page.url)


def test_the_print_button_prints(reader, plan):
    page = reader(plan)
    page.evaluate("() => { window.print = () => { document.title = 'printed'; }; }")
    page.locator("[data-print]:visible").first.click()
    assert page.title() == "printed"


def test_reading_aloud_sentence_by_sentence(reader, plan):
    page = reader(plan, voices=[["en-US", True], ["zh-CN", True]])
    aloud, hush = page.locator(".tools [data-aloud]"), page.locator(".tools [data-hush]")
    assert (aloud.is_visible(), hush.is_visible()) == (True, False)
    begin = aloud.inner_text()
    aloud.click()
    assert page.evaluate("spoken") == [page.inner_text("h1").replace("\u2060", "")]
    page.evaluate("endOfSentence()")
    assert page.evaluate("spoken.length") == 2
    assert page.evaluate("CSS.highlights.get('aloud').size") == 1
    aloud.click()  # paused: the sentence begins anew
    aloud.click()
    assert page.evaluate("spoken[1] === spoken[2]")
    hush.click()
    assert (aloud.inner_text(), hush.is_visible()) == (begin, False)
    assert not page.evaluate("CSS.highlights.has('aloud')")


@pytest.mark.parametrize("voices", [[], [["en-US", True]], [["zh-CN", False]]])
def test_without_a_chinese_voice_of_the_device_nothing_is_offered(reader, plan, voices):
    page = reader(plan, voices=voices)
    assert page.locator("[data-aloud]:visible").count() == 0
    assert page.locator("[data-print]:visible").count() > 0


def test_the_large_type_edition_has_its_bar(reader, plan):
    page = reader(plan, voices=[["zh-CN", True]], viewport={"width": 390, "height": 800})
    page.click("a[data-mode='view=elder']")
    buttons = page.locator(".elderbar .btn:visible")
    assert buttons.count() == 3
    assert min(box["height"] for box in (buttons.nth(place).bounding_box() for place in range(3))) >= 56
    assert page.locator(".tools:visible").count() == 0
    before = page.evaluate("getComputedStyle(document.querySelector('.prose')).fontSize")
    buttons.first.click()
    assert page.evaluate("getComputedStyle(document.querySelector('.prose')).fontSize") > before


def test_without_script_no_button_stands_idle(reader, live_site, plan):
    page = reader(plan, java_script_enabled=False)
    assert page.locator("main button:visible").count() == 0
    page.click(".share summary")
    assert page.locator(".qr").is_visible()
    assert page.inner_text("#cite").endswith(f"{live_site.url}{plan}")

"""The contrast of every pair of colours that stand on each other, computed from the stylesheet (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

from organizations.models import SiteSettings

CSS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text("utf-8")
TEXT = [  # (text, ground)
    ("ink", "paper"),
    ("ink", "tint"),
    ("ink-2", "paper"),
    ("ink-2", "tint"),
    ("ink-3", "paper"),
    ("ink-3", "tint"),
    ("accent", "paper"),
    ("ok", "paper"),
    ("ok", "ok-tint"),
    ("warn", "paper"),
    ("warn", "warn-tint"),
    ("cool", "paper"),
    ("ink", "accent-tint"),
    ("ink", "hit"),
    ("paper", "ink"),
    ("on-solid", "solid"),
]
ACCENTS = [f"accent={name}" for name in SiteSettings.Accent.values[1:]]
MODES = ["", "tone=grey", "view=elder", "tone=grey view=elder", *ACCENTS, *(f"{name} view=elder" for name in ACCENTS)]
BORDERS = [("line", "paper"), ("accent-rule", "paper"), ("focus", "paper")]
COLOUR = r"#[0-9a-f]{3,6}"
PAIR = re.compile(rf"--([\w-]+):\s*light-dark\(({COLOUR}),\s*({COLOUR})\)")
FLAT = re.compile(rf"--([\w-]+):\s*({COLOUR})")


def blocks(selector, pattern):
    """The declarations of `selector`'s blocks that match `pattern`, in order."""
    found = re.findall(re.escape(selector) + r"\s*\{([^}]*)\}", CSS)
    return [match for block in found for match in pattern.findall(block)]


def selector(mode):
    """The selector of a mode: "tone=grey view=elder"."""
    return ":root" + "".join('[data-{}="{}"]'.format(*part.split("=")) for part in mode.split())


def colours(mode, dark):
    """The colours of a mode: "" or "tone=grey" or "accent=blue view=elder", each part and then all of them at once."""
    known = {}
    for parts in ["", *mode.split(), mode]:
        known |= dict(blocks(selector(parts), FLAT))
        known |= {name: pair[dark] for name, *pair in blocks(selector(parts), PAIR)}
    return known


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure():
    assert contrast("#000", "#ffffff") == 21
    assert round(contrast("#a31a1a", "#faf7f1"), 1) == 7.2


@pytest.mark.parametrize("dark", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("mode", MODES)
def test_text_and_borders_can_be_seen(mode, dark):
    least = 7 if "elder" in mode else 4.5
    known = colours(mode, dark)
    weak = {pair: round(contrast(known[pair[0]], known[pair[1]]), 2) for pair in TEXT + BORDERS}
    weak = {pair: value for pair, value in weak.items() if value < (least if pair in TEXT else 3)}
    assert weak == {}


def test_running_text_is_read_easily_in_every_mode():
    found = [colours(mode, dark) for mode in MODES for dark in (0, 1)]
    assert min(contrast(known["ink"], known["paper"]) for known in found) >= 7


def test_browsers_without_pairs_get_the_same_light_colours():
    for mode in MODES:
        flat = dict(blocks(selector(mode), FLAT))
        pairs = {name: light for name, light, _dark in blocks(selector(mode), PAIR)}
        assert {name: flat[name] for name in pairs} == pairs, mode


def test_every_accent_of_the_settings_has_its_colours():
    named = set(re.findall(r'data-accent="(\w+)"', CSS))
    assert named == set(SiteSettings.Accent.values) - {SiteSettings.Accent.RED}

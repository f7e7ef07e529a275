"""What a page's styles hide from its readers: the places where spam and decoys stand."""

import re

_SUSPICIOUS = re.compile(
    r"none|hidden|collapse|opacity|indent|-\d{3}|font-size:\s*[01](?!\d)|clip|color|height|width", re.I
)
_NOT_SHOWN = re.compile(r";display:none|;opacity:0(?:\.0+)?;")
_AWAY = re.compile(r";text-indent:-\d{3,}|;clip:rect\(0|;(?:margin|margin-left|margin-top):-\d{4,}")
_OFF_SCREEN = re.compile(r";(?:left|top|right|bottom):-\d{3,}")
_PLACED = re.compile(r";position:(?:absolute|fixed)")
_NO_ROOM = re.compile(r";(?:max-)?(?:height|width):0(?:px)?;")
_CUT = re.compile(r";overflow(?:-[xy])?:hidden")
_SIZE = re.compile(r";font-size:(?:0(?:\.\d+)?|1)(?:px|pt|em|rem|%)?;")
_ANY_SIZE = re.compile(r";font-size:|;font:")
_SEEN = re.compile(r";visibility:(hidden|collapse|visible)")
_COLOUR = re.compile(r";color:([^;]+)")
_GROUND = re.compile(r";background(?:-color|-image)?:([^;]+)")
_WHITE = re.compile(r"#fff(?:fff)?|white|rgb\(255,255,255\)")
_PLAIN = re.compile(r"#fff(?:fff)?(?!\w)|white|rgb\(255,255,255\)|none|transparent|inherit|initial|unset|0")
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{1,2000})\}")
_SIMPLE = re.compile(r"[.#][\w-]+")


def hides(style: str, inherited: str, grounded: bool) -> str:
    """How an element with this inline style hides its text: "" (it does not), or a word for the way.

    `inherited` is the parent's answer. What is not displayed, or off the screen, stays so for everything inside; a
    size, a visibility or a colour may be set anew. `grounded` tells that a background is painted behind the text, so
    that white words may be read.
    """
    if inherited in ("gone", "away") or (not inherited and not _SUSPICIOUS.search(style)):
        return inherited
    text = ";" + re.sub(r"\s+|!important", "", style.lower()) + ";"
    if _NOT_SHOWN.search(text):
        return "gone"
    if _AWAY.search(text) or (_OFF_SCREEN.search(text) and _PLACED.search(text)):
        return "away"
    if _NO_ROOM.search(text) and _CUT.search(text):
        return "away"
    seen = _SEEN.search(text)
    if seen:
        inherited = "" if seen[1] == "visible" else "unseen"
    if _SIZE.search(text):
        inherited = inherited or "tiny"
    elif inherited == "tiny" and _ANY_SIZE.search(text):
        inherited = ""
    colour, ground = _COLOUR.search(text), _GROUND.search(text)
    if colour and (colour[1] == ground[1] if ground else not grounded and bool(_WHITE.fullmatch(colour[1]))):
        inherited = inherited or "same colour"
    elif inherited == "same colour" and colour:
        inherited = ""
    return inherited


def paints(style: str, colour: str | None = None) -> bool | None:
    """Whether the style or the old attribute puts a colour or picture behind the text; None where it says nothing."""
    ground = _GROUND.search(";" + style.lower().replace(" ", "")) if style else None
    value = ground[1] if ground else (colour or "").lower().replace(" ", "")
    return None if not value else not _PLAIN.match(value)


def hiding_rules(sheet: str) -> dict[str, str]:
    """The simple selectors (.name, #name) of a style sheet whose rule hides, each with that rule's text."""
    rules = {}
    for selectors, style in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet[:200_000], flags=re.DOTALL)):
        if hides(style, "", True):
            for selector in selectors.split(","):
                if _SIMPLE.fullmatch(selector.strip()):
                    rules[selector.strip()] = style
    return rules

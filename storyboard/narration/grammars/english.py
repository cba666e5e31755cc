"""English: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS: Final = (
    *("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
)
DECADES: Final = (
    *("hundreds", "tens", "twenties", "thirties", "forties", "fifties", "sixties"),
    *("seventies", "eighties", "nineties"),
)
_SCALES: Final = ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand"))
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {cardinal(rest)}" if rest else "")
    for power, name in _SCALES:
        many, rest = divmod(number, 10**power)
        if many:
            return f"{cardinal(many)} {name}" + (f" {cardinal(rest)}" if rest else "")
    raise AssertionError(number)


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal: `twenty-first`."""
    words = cardinal(number)
    head = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[head:]
    plain = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return words[:head] + _ORDINALS.get(last, plain)


def year(number: int, noun: str) -> str | None:
    """Say a year in pairs; None for what is said as any number."""
    if not 1100 <= number < 2100 or 2000 <= number < 2010:
        return None
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day; `mark` is what stands behind it: am, pm, or nothing."""
    half = " ".join(letter for letter in mark.upper() if letter.isalpha())
    if minute:
        said = f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    elif half:
        said = cardinal(hour)
    else:
        said = f"{cardinal(hour)} o'clock" if 1 <= hour <= 12 else f"{cardinal(hour)} hundred"
    return f"{said} {half}" if half else said


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    if whole == 2:
        return "one half"
    name = "quarter" if whole == 4 else ordinal(whole)
    return f"{cardinal(part)} {name}{'s' * (part > 1)}"


GRAMMAR: Final = Grammar(
    tag="en", thousands=",", decimal=".", point="point", dot="dot", digits=_ONES[:10],
    cardinal=cardinal, ordinal=ordinal, to="to", by="by", fold="times", ratio="to", slash="slash",
    power="to the power of", squared="squared", cubed="cubed", version="version", clock=clock,
    fraction=fraction, year=year,
    money={
        "$": Money("dollar", "dollars", "cent", "cents"),
        "€": Money("euro", "euros", "cent", "cents"),
        "£": Money("pound", "pounds", "penny", "pence"),
        "¥": Money("yen", "yen"),
        "₹": Money("rupee", "rupees"),
        "₩": Money("won", "won"),
        "₽": Money("ruble", "rubles"),
        "₿": Money("bitcoin", "bitcoins"),
        "¢": Money("cent", "cents"),
    },
    cents=" and ",
    scales={
        "k": (3, "thousand", "thousand"), "K": (3, "thousand", "thousand"),
        "thousand": (3, "thousand", "thousand"),
        "m": (6, "million", "million"), "M": (6, "million", "million"),
        **dict.fromkeys(("mn", "mn.", "mln", "mln."), (6, "million", "million")),
        "bn.": (9, "billion", "billion"), "million": (6, "million", "million"),
        "b": (9, "billion", "billion"), "B": (9, "billion", "billion"),
        "bn": (9, "billion", "billion"), "billion": (9, "billion", "billion"),
        "tn": (12, "trillion", "trillion"), "T": (12, "trillion", "trillion"),
        "trillion": (12, "trillion", "trillion"),
        **dict.fromkeys(("lakh", "lakhs"), (5, "lakh", "lakh")),
        **dict.fromkeys(("crore", "crores", "cr"), (7, "crore", "crore")),
    },
    signs={
        "\\": "backslash",
        "&": "and", "@": "at", "%": "percent", "‰": "per mille", "°": "degrees",
        "+": "plus", "−": "minus", "±": "plus or minus", "×": "times", "÷": "divided by",
        "=": "equals", "≙": "corresponds to",
        "≠": "is not equal to", "≈": "approximately", "~": "approximately",
        "<": "less than", ">": "greater than", "≤": "less than or equal to",
        "≥": "greater than or equal to", "∞": "infinity", "√": "the square root of",
        "§": "section", "¶": "paragraph", "#": "number", "№": "number", "↑": "up", "↓": "down",
        "Ω": "ohms", "∑": "the sum of", "∆": "delta", "º": "degrees", "∅": "diameter",
        "★": "star", "✓": "check",
    },
    per="per", conjunction="and", dash="dash",
    dialed_behind=frozenset(("call", "dial", "phone", "ring", "to", "emergency", "calling")),
    code_labels=frozenset(
        ("pin", "code", "zip", "passcode", "password", "otp", "extension", "ext", "flight", "sku")
    ),
    parts=frozenset(
        (
            *("ch", "vol", "pt", "art", "sec"),
            *("chapter", "part", "phase", "war", "type", "section", "volume", "level", "tier"),
            *("stage", "appendix", "article", "class", "act", "book", "step", "mark", "grade"),
            *("scene", "episode", "canto"),
        )
    ),
)  # fmt: skip

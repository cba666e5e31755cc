"""Dutch numbers in words, for ordinals: the voice says "3e" as "derde ee". Knows no text."""

from __future__ import annotations

from typing import Final

_SMALL: Final = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    "negentien",
)
_TENS: Final = (
    *("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig"),
    "negentig",
)
_IRREGULAR: Final = {1: "eerste", 3: "derde", 8: "achtste"}
_LAST_OF_DE: Final = 19
"""Up to it an ordinal ends in "de", and behind it in "ste"."""


def cardinal(number: int) -> str:
    """Return a whole number from 0 to 9999 in words."""
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:
        ten, one = divmod(number, 10)
        joint = "ën" if _SMALL[one].endswith("e") else "en"
        return f"{_SMALL[one]}{joint}{_TENS[ten]}" if one else _TENS[ten]
    size, name = (1000, "duizend") if number >= 1000 else (100, "honderd")
    many, rest = divmod(number, size)
    head = f"{cardinal(many) if many > 1 else ''}{name}"
    return f"{head}{cardinal(rest)}" if rest else head


def ordinal(number: int) -> str:
    """Return the ordinal of a whole number from 1 to 9999: derde, achtste, twintigste."""
    last = number % 100
    if not 1 <= last <= _LAST_OF_DE:
        return f"{cardinal(number)}ste"
    head = cardinal(number - last) if number > last else ""
    return head + _IRREGULAR.get(last, f"{cardinal(last)}de")

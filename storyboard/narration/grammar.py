"""What reading a text out needs of a language: how numbers, amounts and signs are said.

Knows no text; `grammars/` has the values, one module a language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Final

from storyboard.scripts import script_language
from storyboard.spoken_tags import language_of

LONGEST_NUMBER: Final = 15
"""Digits of a number that is said as one; of longer ones a listener keeps the digits at best."""


class Form(Enum):
    """The form of an ordinal: as it is counted, and as German inflects it."""

    PLAIN = "the second, zweite, deuxième, segundo"
    OBLIQUE = "am zweiten"
    MASCULINE = "ein zweiter"
    NEUTER = "ein zweites"
    FEMININE = "première, primera"


@dataclass(frozen=True, slots=True)
class Money:
    """A currency: its name for one and for many, and that of its hundredth part."""

    one: str
    many: str
    cent: str = ""
    cents: str = ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language says what is not written in letters.

    `thousands` and `decimal` are the marks in its numbers; `cardinal` says a whole number from 0,
    before a noun if one is given, `fraction` a proper one of tenths at most. `digits` are the names
    of 0 to 9. `scales` tell of each short form the power of ten and its names for one and many;
    `joined` is the word between such a name and the unit ("millions d'euros"). `units` are
    templates with `{}`; those of CLDR fill in. `signs` are read wherever they stand, and so are
    those of `money`; `per` parts two units, `conjunction` is "and", `dash` the hyphen in a name;
    `locale` is what CLDR calls the language, if not by its tag. `code_labels` are words before
    digits that are said one by one, `dialed_behind` those before 112, `parts` those before Roman
    numerals. `spaced` is False where no blank parts words; `multiplies` where a scale is worked
    out: 2.5bn is 25億. `reads_both_marks` is True in a region whose neighbors write the other mark
    of decimals.
    """

    tag: str
    thousands: str
    decimal: str
    point: str
    dot: str
    digits: tuple[str, ...]
    cardinal: Callable[[int, str], str]
    ordinal: Callable[[int, Form], str]
    to: str
    by: str
    fold: str
    ratio: str
    slash: str
    power: str
    squared: str
    cubed: str
    version: str
    clock: Callable[[int, int, str], str]
    fraction: Callable[[int, int], str]
    money: Mapping[str, Money]
    cents: str
    scales: Mapping[str, tuple[int, str, str]]
    signs: Mapping[str, str]
    joined: Callable[[str], str] = lambda _: " "
    units: Mapping[str, str] = field(default_factory=dict)
    reads_decimals_as_number: bool = False
    reads_both_marks: bool = False
    one_below_two: bool = False
    year: Callable[[int, str], str | None] = lambda *_: None
    per: str = "per"
    conjunction: str = ""
    locale: str = ""
    dash: str = "dash"
    code_labels: frozenset[str] = frozenset()
    dialed_behind: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    spaced: bool = True
    multiplies: bool = False

    @property
    def cldr(self) -> str:
        """Return what CLDR calls the language."""
        return self.locale or self.tag

    @property
    def minus(self) -> str:
        """What the sign of a number below zero is called."""
        return self.signs["−"]

    def sign_name(self, sign: str) -> str | None:
        """Return what a sign is called where it stands alone, a currency by its name for many."""
        money = self.money.get(sign)
        return self.signs.get(sign) if money is None else money.many


_MODULES: Final = {
    "en": "english", "de": "german", "fr": "french", "es": "spanish",
    "it": "italian", "pt": "portuguese", "pt-br": "brazilian",
    "ja": "japanese", "ko": "korean", "zh": "chinese", "yue": "chinese",
}  # fmt: skip

IN_LATIN_SCRIPT: Final = frozenset(("en", "de", "fr", "es", "it", "pt"))
"""Languages with a grammar whose voices say no other script."""


def language_to_read(text: str, locale: str | None) -> str:
    """Return the language that a text of a locale is read in: its script's, if that is another."""
    if locale is not None and (text.isascii() or language_of(locale) not in IN_LATIN_SCRIPT):
        return locale
    by_script = script_language(text) or "en"
    return by_script if locale is None or by_script != "en" else locale


@cache
def grammar_of(language: str) -> Grammar | None:
    """Return the grammar of a language, loaded when first asked for; `de-AT` has that of `de`."""
    name = _MODULES.get(language.lower().replace("_", "-")) or _MODULES.get(language_of(language))
    if name is None:
        return None
    found = import_module(f"storyboard.narration.grammars.{name}").GRAMMAR
    assert isinstance(found, Grammar)
    return found

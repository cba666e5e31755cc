"""The abbreviations of each language: what each is read as, and what follows it. One table for all.

The splitter of sentences asks whether a dot ends a sentence, the reader what is said instead.
Knows no voice. A language without a row of its own has the titles and marks of none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Final

from storyboard.narration.ordinal_dots import goes_on_behind_number
from storyboard.spoken_tags import language_of


class Before(Enum):
    """What follows an abbreviation whose dot ends no sentence."""

    ANYTHING = "the rest of its sentence"
    LABEL = "a number or a single capital; before anything else the dot ends a sentence"
    NUMBER = "a number; before anything else the dot ends a sentence"
    LOWER = "a small letter; a capital begins the next sentence"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form without its last dot, and what a reader says; empty if the voice knows it."""

    short: str
    said: str = ""
    before: Before = Before.ANYTHING

    @property
    def key(self) -> str:
        """Return the short form as the table finds it: small letters, no spaces."""
        return self.short.replace(" ", "").lower()


def _rows(before: Before, *rows: str) -> tuple[Abbreviation, ...]:
    """Read `short=said` rows; a row without `=` is left to the voice."""
    parted = (row.partition("=") for row in rows)
    return tuple(Abbreviation(short, said, before) for short, _, said in parted)


_MONTHS_EN = (
    *("Jan=January", "Feb=February", "Mar=March", "Apr=April", "Jun=June", "Jul=July"),
    *("Aug=August", "Sep=September", "Sept=September", "Oct=October", "Nov=November"),
    "Dec=December",
)

_TABLE: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        "en": (
            *_rows(
                Before.ANYTHING,
                *("Dr", "Mr", "Mrs", "Ms", "Prof=Professor", "Gen=General", "Capt=Captain"),
                *("Sgt=Sergeant", "Rev=Reverend", "Hon=Honorable", "Mt=Mount"),
                *("vs=versus", "e. g=for example,", "i. e=that is,", "approx=approximately"),
                *("incl=including", "cf=compare", "resp=respectively", "St"),
            ),
            *_rows(
                Before.NUMBER,
                *("No=number", "Nos=numbers", "p=page", "pp=pages", "vol=volume"),
                "ext=extension",
                *_MONTHS_EN,
            ),
            *_rows(Before.LABEL, "Fig=figure", "Figs=figures", "eq=equation"),
            *_rows(Before.LOWER, "etc=et cetera", "Jr=Junior", "Sr=Senior"),
        ),
        "de": (
            *_rows(
                Before.ANYTHING,
                *("z. B=zum Beispiel", "d. h=das heißt", "u. a=unter anderem"),
                *("i. d. R=in der Regel", "bzw=beziehungsweise", "ca=circa", "vgl=vergleiche"),
                *("inkl=inklusive", "exkl=exklusive", "ggf=gegebenenfalls", "evtl=eventuell"),
                *("Dr", "Prof=Professor", "Hr=Herr", "Hrn=Herrn", "Fr=Frau", "St=Sankt"),
                *("Mio=Millionen", "Mrd=Milliarden", "Tsd=Tausend", "sog=sogenannte"),
                *("zzgl=zuzüglich", "abzgl=abzüglich"),
            ),
            *_rows(
                Before.NUMBER,
                *("Nr=Nummer", "Abs=Absatz", "Art=Artikel", "S=Seite", "Kap=Kapitel"),
                *("Bd=Band", "Tel=Telefon", "Str=Straße"),
            ),
            *_rows(Before.LABEL, "Abb=Abbildung"),
            *_rows(Before.LOWER, "usw=und so weiter", "etc=et cetera", "usf=und so fort"),
        ),
        "fr": (
            *_rows(
                Before.ANYTHING,
                *("p. ex=par exemple", "c.-à-d=c'est-à-dire", "M=Monsieur", "MM=Messieurs"),
                *("Mme=Madame", "Mlle=Mademoiselle", "Dr=docteur", "St", "Ste", "env=environ"),
            ),
            *_rows(Before.NUMBER, "p=page", "pp=pages", "chap=chapitre", "art=article"),
            *_rows(Before.LABEL, "fig=figure"),
            *_rows(Before.LOWER, "etc=et cetera"),
        ),
        "es": (
            *_rows(
                Before.ANYTHING,
                *("p. ej=por ejemplo", "Sr=señor", "Sra=señora", "Srta=señorita", "Dr=doctor"),
                *("Dra=doctora", "Ud=usted", "Uds=ustedes", "aprox=aproximadamente"),
                *("EE=Estados", "Av=avenida"),
            ),
            *_rows(Before.LABEL, "fig=figura"),
            *_rows(Before.NUMBER, "pág=página", "págs=páginas", "cap=capítulo"),
            *_rows(Before.LOWER, "etc=etcétera", "UU=Unidos"),
        ),
        "it": (
            *_rows(Before.ANYTHING, "Dott", "Sig", "Sig.ra", "Prof", "es", "ca"),
            *_rows(Before.NUMBER, "pag", "art", "cap"),
            *_rows(Before.LABEL, "fig"),
            *_rows(Before.LOWER, "ecc"),
        ),
        "pt": (
            *_rows(Before.ANYTHING, "Sr", "Sra", "Dr", "Dra", "p. ex", "aprox"),
            *_rows(Before.NUMBER, "pág", "art", "cap"),
            *_rows(Before.LABEL, "fig"),
            *_rows(Before.LOWER, "etc"),
        ),
        "nl": (
            *_rows(Before.ANYTHING, "bijv", "d.w.z", "m.b.t", "o.a", "dhr", "mevr", "dr", "ca"),
            *_rows(Before.NUMBER, "nr", "blz", "art"),
            *_rows(Before.LOWER, "enz", "etc"),
        ),
        "pl": (
            *_rows(Before.ANYTHING, "np", "tzn", "tzw", "m.in", "prof", "ul", "św"),
            *_rows(Before.NUMBER, "nr", "str", "art"),
            *_rows(Before.LABEL, "rys"),
            *_rows(Before.LOWER, "itd", "itp"),
        ),
    }
)

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]", re.UNICODE)
_ORDINAL: Final = re.compile(r"\d{1,2}")
_ROMAN: Final = re.compile(r"[IVX]{2,6}")
_LETTER: Final = re.compile(r"[A-Z](?!\w)")
STREET: Final = r"[^\W\d_]{2,40}str"
"""German streets are one word with their name: "Hauptstr."."""

_STREET: Final = re.compile(STREET)


def abbreviations(language: str) -> tuple[Abbreviation, ...]:
    """Return the abbreviations of a language; `de-AT` has those of `de`."""
    return _TABLE.get(language_of(language), ())


def ends_no_sentence(word: str, following: str, language: str | None, *, before: str = "") -> bool:
    """Whether a word, its last dot taken off, goes on in the same sentence with what follows.

    Without a language every table counts: two sentences that stay one cost less than one that is
    cut in two. `following` is the text behind the dot and its spaces, `before` the word before the
    word, empty where the sentence begins with it.
    """
    if _INITIALS.fullmatch(word) and (word[-1].isupper() or "." in word):
        return True
    if _ORDINAL.fullmatch(word):
        return goes_on_behind_number(before, following, language)
    if _ROMAN.fullmatch(word) and language is not None and language_of(language) == "de":
        return goes_on_behind_number(before, following, language)
    kind = _kinds(language).get(word.lower())
    if kind is None and _STREET.fullmatch(word):
        kind = _kinds(language).get("str")
    match kind:
        case Before.ANYTHING:
            return True
        case Before.NUMBER:
            return following[:1].isdigit()
        case Before.LABEL:
            return following[:1].isdigit() or _LETTER.match(following) is not None
        case _:
            return False


@cache
def _kinds(language: str | None) -> Mapping[str, Before]:
    """Return what follows each short form; in all tables the most careful reading wins."""
    rows = _TABLE.values() if language is None else (abbreviations(language),)
    kinds: dict[str, Before] = {}
    for row in (row for table in rows for row in table):
        known = kinds.get(row.key)
        # "no." before a number in English, "min." before anything in German: a word that two
        # languages treat differently keeps the reading that ends more sentences.
        if known is None or _EAGERNESS.index(row.before) > _EAGERNESS.index(known):
            kinds[row.key] = row.before
        *heads, tail = row.short.lower().split()
        kinds.setdefault(tail, row.before)
        for head in heads:
            kinds.setdefault(head.rstrip("."), Before.ANYTHING)
    return kinds


_EAGERNESS: Final = (Before.ANYTHING, Before.LABEL, Before.NUMBER, Before.LOWER)

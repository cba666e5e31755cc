"""German: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
    *("elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn"),
    "neunzehn",
)
_TENS: Final = (
    *("", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig"),
    "neunzig",
)
_SCALES: Final = (
    (12, "Billion", "Billionen"),
    (9, "Milliarde", "Milliarden"),
    (6, "Million", "Millionen"),
)
_FEMININE: Final = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|enz|anz|ik|ur|e|nummer|zahl|frist|schicht|wahl|person"
    r"|million|milliarde|billion|datei|partei|antwort|zeit|arbeit|hand|nacht|stadt|wand|tür|kraft"
    r"|feder|ziffer|kammer|schwester|frau|firma|kamera|mail|last|fahrt|übersicht|sms|app"
    r"|bank|luft|schulter|mutter|klammer)$",
    re.IGNORECASE,
)
"""Endings of nouns that are feminine as a rule."""

_NOT_FEMININE: Final = re.compile(
    r"(?:ende|name|kunde|kollege|gebäude|interesse|buchstabe|gedanke|experte|byte|update|upgrade"
    r"|template|release|interface|feature|device|file|image|getriebe|gehäuse|gewinde|auge|junge"
    r"|zeuge|bote|erbe|käse|gerede|stadion|abitur|ampere|joule|zuhause|gelände|biologe"
    r"|beamte|angestellte|genie|knie)$",
    re.IGNORECASE,
)
_WITH_DATIVE: Final = frozenset(
    ("nach", "mit", "von", "seit", "bei", "aus", "zu", "binnen", "in", "vor", "ab")
)
"""Prepositions before a count: "in 1 Stunde" is when, and nothing goes into an hour."""

_COUNTED: Final = frozenset(("mal", "gutes", "weiteres", "weiterer", "neuer", "neues"))


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; one before a noun takes its gender."""
    if number == 1 and (noun[:1].isupper() or noun.lower() in _COUNTED):
        return _one(noun)
    if number < 1_000_000:
        return _below_million(number)
    for power, one, many in _SCALES:
        count, rest = divmod(number, 10**power)
        if count:
            head = f"eine {one}" if count == 1 else f"{_below_million(count)} {many}"
            return head + (f" {cardinal(rest)}" if rest else "")
    raise AssertionError(number)


def _one(noun: str) -> str:
    if _NOT_FEMININE.search(noun) or _FEMININE.search(noun) is None:
        return "ein"
    return "eine"


_TIMES: Final = (" Tage", " Monate", " Jahre")
"""What takes an ending in the dative: measures such as Meter take none."""


def in_case(said: str, before: str) -> str:
    """Return an amount in the case that a preposition takes: nach einer Stunde, in 2 Tagen."""
    if before in _WITH_DATIVE and said.endswith(_TIMES):
        return f"{said}n"
    one, _, rest = said.partition(" ")
    if before not in _WITH_DATIVE or one not in ("ein", "eine"):
        return said
    return f"{one}{'r' if one == 'eine' else 'em'} {rest}".rstrip()


def _below_million(number: int, last: str = "eins") -> str:
    if number == 1:
        return last
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return f"{'ein' if ones == 1 else _ONES[ones]}und{_TENS[tens]}" if ones else _TENS[tens]
    for size, name in ((1000, "tausend"), (100, "hundert")):
        many, rest = divmod(number, size)
        if many:
            return _below_million(many, "ein") + name + (_below_million(rest, last) if rest else "")
    raise AssertionError(number)


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal, inflected: `zweite`, `zweiten`, `zweiter`, `zweites`."""
    ending = {Form.OBLIQUE: "en", Form.MASCULINE: "er", Form.NEUTER: "es"}.get(form, "e")
    head, rest = divmod(number, 100)
    irregular = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
    if rest in irregular:
        return (cardinal(head * 100) if head else "") + irregular[rest] + ending
    return cardinal(number) + ("t" if 0 < rest < 20 else "st") + ending


def year(number: int, noun: str) -> str | None:
    """Say a year of the last millennium in hundreds; None for what is said as any number."""
    if not 1100 <= number < 2000:
        return None
    century, rest = divmod(number, 100)
    return f"{_below_million(century)}hundert{_below_million(rest) if rest else ''}"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    said = f"{cardinal(hour, 'Uhr')} Uhr"
    return f"{said} {cardinal(minute)}" if minute else said


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    if whole == 2:
        return "ein halb"
    irregular = {
        3: "Drittel", 7: "Siebtel", 8: "Achtel", 100: "Hundertstel", 1000: "Tausendstel",
    }  # fmt: skip
    ending = "tel" if whole < 20 else "stel"
    name = irregular.get(whole, f"{_below_million(whole).capitalize()}{ending}")
    return f"{cardinal(part, name)} {name}"


_THOUSAND, _MILLION = (3, "tausend", "tausend"), (6, "Million", "Millionen")
_MILLIARD, _BILLION = (9, "Milliarde", "Milliarden"), (12, "Billion", "Billionen")

GRAMMAR: Final = Grammar(
    tag="de", thousands=".", decimal=",", point="Komma", dot="Punkt", digits=_ONES[:10],
    cardinal=cardinal, ordinal=ordinal, to="bis", by="mal", fold="mal", ratio="zu",
    slash="Schrägstrich", power="hoch", squared="hoch zwei", cubed="hoch drei", version="Version",
    clock=clock, fraction=fraction, year=year,
    money={
        "$": Money("Dollar", "Dollar", "Cent", "Cent"),
        "€": Money("Euro", "Euro", "Cent", "Cent"),
        "£": Money("Pfund", "Pfund", "Penny", "Pence"),
        "¥": Money("Yen", "Yen"),
        "₹": Money("Rupie", "Rupien"),
        "₩": Money("Won", "Won"),
        "₽": Money("Rubel", "Rubel"),
        "₿": Money("Bitcoin", "Bitcoin"),
        "¢": Money("Cent", "Cent"),
    },
    cents=" ",
    scales={
        "k": _THOUSAND, "K": _THOUSAND, "T": _THOUSAND, "Tsd.": _THOUSAND, "Tsd": _THOUSAND,
        "Tausend": _THOUSAND, "tausend": _THOUSAND,
        "M": _MILLION, "Mio.": _MILLION, "Mio": _MILLION, "Million": _MILLION,
        "Millionen": _MILLION,
        "Mrd.": _MILLIARD, "Mrd": _MILLIARD, "Milliarde": _MILLIARD, "Milliarden": _MILLIARD,
        "Bio.": _BILLION, "Billion": _BILLION, "Billionen": _BILLION,
    },
    signs={
        "\\": "Backslash",
        "&": "und", "@": "at", "%": "Prozent", "‰": "Promille", "°": "Grad",
        "+": "plus", "−": "minus", "±": "plus minus", "×": "mal", "÷": "geteilt durch",
        "=": "gleich", "≙": "entspricht",
        "≠": "ungleich", "≈": "ungefähr", "~": "ungefähr",
        "<": "kleiner als", ">": "größer als", "≤": "kleiner oder gleich",
        "≥": "größer oder gleich", "∞": "unendlich", "√": "die Wurzel aus",
        "§": "Paragraf", "#": "Nummer", "№": "Nummer", "↑": "auf", "↓": "ab",
        "Ω": "Ohm", "∑": "die Summe von", "∆": "Delta",
        "º": "Grad", "∅": "Durchmesser", "Ø": "Durchschnitt",
        "★": "Stern", "✓": "Haken",
    },
    per="pro", conjunction="und", dash="Strich",
    dialed_behind=frozenset(("die", "notruf", "unter", "rufen", "wählen", "der", "nummer")),
    code_labels=frozenset(
        ("pin", "code", "plz", "kennwort", "durchwahl", "passwort", "tan", "zugangscode")
    ),
    parts=frozenset(
        ("kap", "art", "bd",
         "kapitel", "teil", "phase", "weltkrieg", "typ", "band", "stufe", "anhang", "artikel",
         "klasse", "akt", "buch", "abschnitt", "anlage")
    ),
)  # fmt: skip

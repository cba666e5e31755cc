"""Italian: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci"),
    *("undici", "dodici", "tredici", "quattordici", "quindici", "sedici", "diciassette"),
    *("diciotto", "diciannove"),
)
_TENS: Final = (
    *("", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta"),
    "novanta",
)
_SCALES: Final = (
    (12, "bilione", "bilioni"),
    (9, "miliardo", "miliardi"),
    (6, "milione", "milioni"),
)
_ORDINALS: Final = (
    *("", "primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono"),
    "decimo",
)
_FEMININE: Final = re.compile(
    r"(?:a|ione|tà|tù|rice|udine|ie)$"
    r"|^(?:notte|parte|chiave|classe|base|fase|frase|rete|luce|voce|mano|foto|moto|auto|radio|serie"
    r"|sede|neve|legge|valle|torre|nave|pelle|mente|gente|immagine|origine|pagine|vite|croce|pace"
    r"|volta|mail|app|password|gestione|analisi|crisi|tesi|sintesi|dose|fonte|fronte|lente|ruote)$",
    re.IGNORECASE,
)
_NOT_FEMININE: Final = re.compile(
    r"^(?:[bmt]r?ilion[ei]|miliardo|campione|copione|padiglione|problema|sistema|programma|tema|schema|clima|dramma|diagramma|panorama|pianeta|poeta"
    r"|collega|pilota|lama|aroma|kilogramma|chilogramma|grammo|pigiama|cinema|gorilla)$",
    re.IGNORECASE,
)
_NO_NOUNS: Final = frozenset(
    (
        *(
            "e",
            "o",
            "a",
            "ha",
            "la",
            "una",
            "è",
            "con",
            "per",
            "da",
            "di",
            "in",
            "su",
            "tra",
            "fra",
        ),
        *("che", "alla", "dalla", "della", "nella", "sulla", "ma", "ora", "se", "non", "si", "sia"),
        *(
            "al",
            "alle",
            "dalle",
            "delle",
            "del",
            "dei",
            "degli",
            "viene",
            "mostra",
            "fino",
            "circa",
        ),
    )
)
"""Words that may follow a number that counts nothing."""

_WITH_UNO: Final = re.compile(r"(?:z|s[bcdfglmnpqrtv]|gn|ps|pn|x|y)", re.IGNORECASE)


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; one before a noun takes its gender."""
    if number == 1 and noun and (noun.lower() not in _NO_NOUNS or noun == "ora"):
        return _one(noun)
    return _said(number)


def _one(noun: str) -> str:
    if _FEMININE.search(noun) and not _NOT_FEMININE.search(noun):
        return "un'" if noun[0].lower() in "aeiou" else "una"
    return "uno" if _WITH_UNO.match(noun) else "un"


def _said(number: int) -> str:
    if number < 1_000_000:
        said = _below_million(number)
        return f"{said[:-1]}é" if number > 3 and said.endswith("tre") else said
    for power, one, many in _SCALES:
        count, rest = divmod(number, 10**power)
        if count:
            head = f"un {one}" if count == 1 else f"{_said(count)} {many}"
            return f"{head} {_said(rest)}" if rest else head
    raise AssertionError(number)


def _below_million(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        head = _TENS[tens][:-1] if ones in (1, 8) else _TENS[tens]
        return head + (_ONES[ones] if ones else "")
    if number < 1000:
        many, rest = divmod(number, 100)
        head = (_ONES[many] if many > 1 else "") + "cento"
        head = head[:-1] if rest == 8 or 80 <= rest < 90 else head
        return head + (_below_million(rest) if rest else "")
    many, rest = divmod(number, 1000)
    head = "mille" if many == 1 else f"{_below_million(many)}mila"
    return head + (_below_million(rest) if rest else "")


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal: `primo`, `ventunesimo`."""
    if number < len(_ORDINALS):
        said = _ORDINALS[number] or "zeresimo"
    else:
        words = _said(number)
        stem = f"{words[:-1]}e" if words.endswith("é") else words
        keeps = stem.endswith(("tre", "sei")) and not words.endswith("dici")
        said = f"{stem if keeps else stem[:-1]}esimo"
    return f"{said[:-1]}a" if form is Form.FEMININE else said


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    said = "una" if hour == 1 else _said(hour)
    said += f" e {_said(minute)}" if minute else ""
    halves = {"a": " di mattina", "p": " di pomeriggio"}
    return said + halves.get(mark[:1].lower(), "")


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction."""
    if whole == 2:
        return "un mezzo"
    name = ordinal(whole)
    return f"un {name}" if part == 1 else f"{_said(part)} {name[:-1]}i"


def _of(unit: str) -> str:
    return " di "


_THOUSAND, _MILLION = (3, "mila", "mila"), (6, "milione", "milioni")
_MILLIARD = (9, "miliardo", "miliardi")

GRAMMAR: Final = Grammar(
    tag="it", thousands=".", decimal=",", point="virgola", dot="punto", digits=_ONES[:10],
    cardinal=cardinal, ordinal=ordinal, to="a", by="per", fold="volte", ratio="a",
    slash="barra", power="elevato alla", squared="al quadrato", cubed="al cubo",
    version="versione", clock=clock, fraction=fraction, joined=_of, reads_decimals_as_number=True,
    money={
        "$": Money("dollaro", "dollari", "centesimo", "centesimi"),
        "€": Money("euro", "euro", "centesimo", "centesimi"),
        "£": Money("sterlina", "sterline", "penny", "pence"),
        "¥": Money("yen", "yen"),
        "₹": Money("rupia", "rupie"),
        "₩": Money("won", "won"),
        "₽": Money("rublo", "rubli"),
        "₿": Money("bitcoin", "bitcoin"),
        "¢": Money("centesimo", "centesimi"),
    },
    cents=" e ",
    scales={
        **dict.fromkeys(("mln.", "Mln.", "mio.", "Mio."), _MILLION),
        **dict.fromkeys(("mld.", "Mld.", "mrd", "mrd.", "Mrd."), _MILLIARD),
        "k": _THOUSAND, "K": _THOUSAND, "mila": _THOUSAND, "M": _MILLION, "mln": _MILLION,
        "Mln": _MILLION, "Mio": _MILLION, "mio": _MILLION, "milione": _MILLION,
        "milioni": _MILLION, "mld": _MILLIARD, "Mld": _MILLIARD, "Mrd": _MILLIARD,
        "miliardo": _MILLIARD, "miliardi": _MILLIARD,
        **dict.fromkeys(("bilione", "bilioni"), (12, "bilione", "bilioni")),
    },
    signs={
        "\\": "barra rovesciata",
        "&": "e", "@": "chiocciola", "%": "per cento", "‰": "per mille", "°": "gradi",
        "+": "più", "−": "meno", "±": "più o meno", "×": "per", "÷": "diviso",
        "=": "uguale a", "≙": "corrisponde a",
        "≠": "diverso da", "≈": "circa", "~": "circa",
        "<": "minore di", ">": "maggiore di", "≤": "minore o uguale a",
        "≥": "maggiore o uguale a", "∞": "infinito", "√": "radice quadrata di",
        "§": "paragrafo", "#": "numero", "№": "numero", "↑": "in aumento", "↓": "in calo",
        "Ω": "ohm", "∑": "la somma di", "∆": "delta", "º": "gradi", "∅": "diametro",
        "★": "stella", "✓": "spunta",
    },
    per="per", conjunction="e", dash="trattino",
    dialed_behind=frozenset(("il", "chiamare", "chiamate", "numero", "al", "componi")),
    code_labels=frozenset(("pin", "codice", "password", "cap", "interno")),
    parts=frozenset(
        ("cap", "art", "vol",
         "capitolo", "parte", "fase", "guerra", "tipo", "sezione", "volume", "livello",
         "allegato", "articolo", "classe", "atto", "libro", "tomo", "titolo", "secolo")
    ),
)  # fmt: skip

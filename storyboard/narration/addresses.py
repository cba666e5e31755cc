"""Rules for e-mail addresses, host names and paths. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.code_signs import QUESTION
from storyboard.narration.grammar import Grammar
from storyboard.narration.paths import path_rules
from storyboard.narration.rule import Rule, rule
from storyboard.narration.tildes import tilde_name
from storyboard.scripts import SPACED, in_class
from storyboard.spoken_tags import language_of

_TOP: Final = (
    "com|org|net|io|edu|gov|info|dev|app|ai|eu|de|fr|es|it|nl|pl|at|ch|uk|jp|kr|cn|co|tv|biz|cloud"
    "|example|internal|intranet|intern|corp|lan"
)
"""Last names of hosts: the public ones that texts have most, and those of private networks."""

_MAIL: Final = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_PATH_SIGNS: Final = f"{in_class(SPACED)}0-9_"
"""Letters of a path: where no blanks part words, others follow it at once."""

_BEHIND_HOST: Final = (
    rf"(?::[0-9]{{2,5}})?(?P<path>(?:/[{_PATH_SIGNS}~%.-]*[{_PATH_SIGNS}~-])*/?)"
    rf"(?:[?#][{_PATH_SIGNS}=&%-]+)?"
)
_HOST: Final = (
    r"(?<![\w.@/-])(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.){1,8}"
    rf"(?:{_TOP})(?![\w@]){_BEHIND_HOST}"
)
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])"
_ANY_HOST: Final = (
    rf"(?<![\w.@/-])(?:https?://(?:[A-Za-z0-9-]{{1,63}}\.){{0,8}}[A-Za-z0-9-]{{1,63}}(?![\w@])"
    rf"|(?:{_LABEL}\.){{1,8}}[a-z]{{2,24}}(?=(?::[0-9]{{2,5}})?/[{_PATH_SIGNS}~])"
    rf"|localhost(?=:[0-9])){_BEHIND_HOST}"
)
"""Hosts whose last name tells nothing: before them stands "https://", or a path behind them."""

_PART: Final = re.compile(r"[^\W\d_]+|[0-9]+|.", re.DOTALL)


_WORDS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "ar": ("@", "نقطة", "شرطة مائلة"), "bg": ("@", "точка", "наклонена черта"),
        "ca": ("@", "punt", "barra"), "cs": ("@", "tečka", "lomítko"),
        "da": ("@", "punktum", "skråstreg"), "el": ("@", "τελεία", "κάθετος"),
        "et": ("@", "punkt", "kaldkriips"), "fa": ("@", "نقطه", "اسلش"),
        "fi": ("@", "piste", "kauttaviiva"), "he": ("@", "נקודה", "לוכסן"),
        "hi": ("@", "डॉट", "स्लैश"), "hr": ("@", "točka", "kosa crta"),
        "hu": ("@", "pont", "per"), "id": ("@", "titik", "garis miring"),
        "lt": ("@", "taškas", "pasvirasis brūkšnys"), "lv": ("@", "punkts", "slīpsvītra"),
        "mr": ("@", "डॉट", "स्लॅश"), "ms": ("@", "titik", "garis miring"),
        "nb": ("@", "punktum", "skråstrek"), "nl": ("@", "punt", "slash"),
        "pl": ("@", "kropka", "ukośnik"), "ro": ("@", "punct", "slash"),
        "ru": ("@", "точка", "слеш"), "sk": ("@", "bodka", "lomka"),
        "sl": ("@", "pika", "poševnica"), "sr": ("@", "тачка", "коса црта"),
        "sv": ("@", "punkt", "snedstreck"), "sw": ("@", "nukta", "mkwaju"),
        "ta": ("@", "புள்ளி", "சாய்வு"), "th": ("@", "จุด", "ทับ"),
        "tr": ("et", "nokta", "bölü"), "uk": ("@", "крапка", "слеш"),
        "vi": ("@", "chấm", "gạch chéo"),
    }
)  # fmt: skip
"""What signs of addresses are called where the voice reads the rest itself; it says "@", too."""


_COLONS: Final = MappingProxyType(
    {
        "en": "colon", "de": "Doppelpunkt", "fr": "deux-points", "es": "dos puntos",
        "it": "due punti", "pt": "dois pontos", "ja": "コロン", "zh": "冒号", "ko": "콜론",
    }
)  # fmt: skip
"""What stands before the port of a host."""


def voice_address_rules(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for addresses in a language without a grammar."""
    words = _WORDS.get(language_of(language))
    if words:
        at, dot, slash = words
        named = {"@": at, ".": dot, "/": slash, "+": "+", "~": "tilde"}
        if (question := QUESTION.get(language_of(language))) is not None:
            named["?"] = question
        yield from path_rules(_sayer(named, again))
        yield from _rules(named, again)


def address_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for addresses in a language; `again` reads their parts."""
    yield from _rules(_names(grammar), again)


def path_rules_of(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for paths, which come before those of tildes."""
    yield from path_rules(_sayer(_names(grammar), again))


def _names(grammar: Grammar) -> Mapping[str, str]:
    """Return what the signs of addresses are called."""
    signs = grammar.signs
    dot = "ドット" if grammar.tag == "ja" else grammar.dot  # テン is that of a number
    named = {"@": signs["@"], ".": dot, "/": grammar.slash, "+": signs["+"]}
    named["~"] = tilde_name(grammar)
    if grammar.tag in QUESTION:
        named["?"] = QUESTION[grammar.tag]
    if grammar.tag in _COLONS:
        named[":"] = _COLONS[grammar.tag]
    return named


def _rules(named: Mapping[str, str], again: Callable[[str], str]) -> Iterator[Rule]:
    say = _sayer(named, again)
    yield rule(_MAIL, say, starts=r"(?<![\w.+-])[\w.+-]{1,64}@")
    hosts = r"(?<![\w.@/-])(?:https?://|localhost:|[A-Za-z0-9-]{1,63}\.[A-Za-z0-9])"
    yield rule(_HOST, say, starts=hosts)
    yield rule(_ANY_HOST, say)


def _sayer(named: Mapping[str, str], again: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    """Return what says an address or a path part by part, its signs by their names."""
    names = {"~": "tilde", **named, "-": "", "_": ""}

    def say(found: re.Match[str]) -> str:
        written = found[0].removeprefix("https://").removeprefix("http://").rstrip("/")
        parts = (names.get(part, again(part)) for part in _PART.findall(written))
        return " ".join(" ".join(part for part in parts if part).split())

    return say

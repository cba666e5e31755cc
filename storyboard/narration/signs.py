"""Rules for single signs, and which of them nothing says. Knows one language at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.blanks import BLANK, SPACE
from storyboard.narration.code_signs import code_sign_rules
from storyboard.narration.formulas import formula_rule
from storyboard.narration.grammar import IN_LATIN_SCRIPT, Grammar
from storyboard.narration.measures import say_power
from storyboard.narration.numerals import list_mark, to_word
from storyboard.narration.paths import FILE_TYPES
from storyboard.narration.plain_text import BREAKS, NUMERALS, is_pause
from storyboard.narration.prices import price_rule
from storyboard.narration.rule import Rule, any_of, last_dot, replaced, rule
from storyboard.narration.units import unit_behind_per

_SECTIONS: Final = {"en": "sections", "de": "Paragrafen", "fr": "paragraphes", "es": "secciones",
    "it": "paragrafi", "pt": "parágrafos",
}  # fmt: skip
_LETTER_BEFORE: Final = re.compile(r"(?<![^\W0-9_])[^\W0-9_]$")
_PRODUCT: Final = re.compile(r"[=+−·×/(]\s?[^\W0-9_]{2,3}$|[\u03b1-\u03c9][^\W0-9_]?$")
_FACTORS: Final = re.compile(r"(?<!\w)[^\W0-9_]{2,3}$")
_GOES_ON: Final = re.compile(r"\s?[=+−·×]")
"""What stands around the letters of a formula: behind a word a raised number is that of a note."""

_TIMES: Final = (
    "min|h|hr|s|day|d|yr|year|mo|month|wk|week|Jahr|Monat|Woche|Tag|Std|jour|j|an|mois|semaine"
    "|día|año|mes|semana|giorno|anno|mese|dia|ano|mês"
)
"""What stands behind the slash of how often."""

_COUNTED: Final = re.compile(
    r"[0-9]\s?(?:[^\W0-9_]{1,15}\.?\s){0,2}[^\W0-9_]{2,15}$|[0-9]\s?[×x]$"
    r"|[0-9€]/(?:user|seat|person|device|license|room|GB|TB|Nutzer|utilisateur|usuario|utente)$"
)
_TIME_BEFORE: Final = re.compile(
    rf"(?<![^\W0-9_])(?<![0-9]\s)(?:{_TIMES}|days?|weeks?|months?|years?|Tage?|jours?|días?|giorni?|dias?)$"
)
"""A time before the slash that is not counted itself: "a day/week" is one of the two."""

_PATH: Final = re.compile(
    r"(?:[^\W0-9_][)”\"'’\]】」』]?|…|\.\.\.)\s*>\s*[\"'“(\[【「『]?[^\W0-9_]"
)
_TOLD_HASHTAG: Final = re.compile(r"hashtags?[\s:]{1,2}$", re.IGNORECASE)
"""Behind the word, the sign is not said once more."""

_HASH_BEFORE: Final = re.compile(r"(?<!\w)[A-Z]$")


_PER_HUNDRED: Final = {"de": "auf", "fr": "aux", "es": "a los", "it": "ogni", "pt": "aos"}
"""What stands between liters and a hundred kilometers."""


_LONGEST_AMOUNT: Final = 16
"""Characters of "12:30:00 p.m.", or of a number and its unit."""

_HALF: Final = r"(?:\s?[ap]\.?m\b\.?|\s?(?:Uhr|horas|heures|h)\b)"
_CLOCK_BEFORE: Final = re.compile(
    rf"(?<![A-Za-zÀ-ÿ0-9.,:/-])(?:[0-2]?[0-9][:.h][0-5][0-9](?::[0-5][0-9])?{_HALF}?|[0-2]?[0-9]{_HALF})$",
    re.IGNORECASE,
)
_CLOCK_BEHIND: Final = re.compile(
    rf"[0-2]?[0-9](?:[:.h][0-5][0-9](?::[0-5][0-9])?{_HALF}?|{_HALF}?)(?![A-Za-zÀ-ÿ0-9:-]|[.,][0-9])",
    re.IGNORECASE,
)
_AMOUNT_BEFORE: Final = re.compile(r"(?<![\w.,:/-])[0-9][0-9.,]*\s?(?P<unit>[a-zA-Zµ°²³%Ω]{1,4})$")
_RATED_BEFORE: Final = re.compile(_AMOUNT_BEFORE.pattern.replace(":/-", ":-"))
_AMOUNT_BEHIND: Final = re.compile(r"[0-9][0-9.,]*\s?(?P<unit>[a-zA-Zµ°²³%Ω]{1,4})(?![\w-])")
_HUNDRED: Final = re.compile(r"100(?![0-9.,])")
_OF_TIME: Final = frozenset(("h", "hr", "hrs", "min", "s", "sec", "d", "j", "days", "day", "Tage"))


def sign_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for signs that depend on what is beside them."""
    yield formula_rule(grammar, again)
    yield rule(r"(?:(?<=[0-9])|(?<=[0-9]\s))\*(?=\s?[0-9])", lambda _: grammar.signs["×"])
    arrow = r"(?<=[0-9])\s?(?:→|->|⇒)\s?(?=[0-9])"
    yield replaced(arrow, f" {grammar.to} ")
    yield rule("->|=>|<-|>>|<<", lambda _: ",", starts="->")
    dot = r"(?<=[^\W0-9_])\.(?=[0-9])"
    yield replaced(dot, " ")
    yield rule(
        r"(?P<sign>[<>])=",
        lambda found: _apart(grammar, grammar.signs["≤" if found["sign"] == "<" else "≥"]),
    )
    yield from code_sign_rules(grammar)
    yield rule(">", lambda found: _say_greater(grammar, found))
    colon = r"(?<=[0-9]):(?=[0-9])"
    yield replaced(colon, list_mark(grammar))
    yield rule("#", lambda found: _say_hash(grammar, found))
    yield from _range_rules(grammar)
    hundred = r"(?<=[0-9 ][lL])/(?=100\s?km(?![\w]))"
    yield replaced(hundred, f" {_PER_HUNDRED.get(grammar.tag, grammar.per)} ")
    ratings = r"(?<=[^\W0-9_]|[%°²³])/(?=[0-9])"
    yield rule(ratings, lambda found: _say_ratings(grammar, found), starts=ratings)
    yield from _per_rules(grammar)
    file = r"(?<=[0-9A-Za-z_-])\.(?=(?:[0-9A-Za-z_-]{1,32}\.){0,4}"
    file += rf"(?:{FILE_TYPES})(?![\w]))"
    yield replaced(file, f" {grammar.dot} ")
    yield replaced(r"(?<![\w])\.(?=[A-Z]{2})", f"{grammar.dot} ")
    if grammar.tag in IN_LATIN_SCRIPT:
        greek = r"(?<![\u0370-\u03ff])[\u0391-\u03a9\u03b1-\u03c9](?![\u0370-\u03ff])"
        yield rule(greek, lambda found: f" {_name_of_greek(found[0])} ")
    yield rule(
        r"(?<=[^\W0-9_])(?:\^|\*\*)(?P<power>-?[0-9]{1,4})",
        lambda found: say_power(grammar, "", found["power"]),
    )
    letter = r"(?<=[\w)])\^(?=(?P<power>[a-zA-Z])(?![\w]))"
    yield rule(letter + "[a-zA-Z]", lambda found: _say_letter_power(grammar, found["power"]))
    yield rule("§§", lambda _: _SECTIONS.get(grammar.tag, grammar.signs.get("§")))
    yield rule(r"(?<=[€$£%])/(?=[^\W0-9_])", lambda _: grammar.per)
    yield rule(r"(?<=\w)/(?=[^\W0-9_])|(?<=[^\W0-9_])/(?=\w)", lambda _: " ", starts="/")
    yield rule(r"(?<=\S)/(?=\S)", lambda _: " ", starts="/")
    between = rf"(?<=[\w.)%°]{BLANK})/(?={BLANK}[\w(])"
    yield rule(between, lambda _: list_mark(grammar))
    yield rule("/", lambda _: grammar.slash)
    yield rule("_+", lambda _: " ", starts="_")
    yield rule(f"(?P<sign>[{NUMERALS}])", lambda found: _say_numeral(grammar, found, again))
    yield rule(f"[{re.escape(BREAKS)}]", lambda _: list_mark(grammar).rstrip())


_COUNTERS: Final = "度月日年時时分秒円元人名歳岁回話章課课階层層頁页号號件本"
"""What both ends of a range are counted by: 10度-15度."""

_BEHIND_WORD: Final = (
    "km²|km|m²|m³|mm|cm|kg|mg|ml|mL|t|kWh|MWh|GWh|ha|h|hr|min|sec|s|l|L|m|g|d|GB|MB|TB|KB|sqm|qm"
)
"""Units behind a word that stands for the slash: other short ones are words as well."""


def _per_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for a slash before what is counted by: $25/hr, 8 tablets/24 h, 100/min.

    It may be written as a word: 5 € pro km.
    """
    if grammar.spaced:
        word = rf"(?<!\w)(?:{any_of({grammar.per, 'per', 'pro'})})"
        yield rule(
            rf"(?P<word>{word})\s(?P<per>{_BEHIND_WORD})(?![\w'’/-]|\.\w)",
            lambda found: f"{found['word']} {unit_behind_per(grammar, found['per'])}",
            starts=rf"{word}\s(?=(?:{_BEHIND_WORD})(?!\w))",
        )
    units = "hr?|min|sec|lb|oz|gal|sq ft|ft|kg|kWh|MWh|GB|TB|km|m²|m³|l|L|yr|mo|wk"
    words = "year|month|week|day|hour|user|seat|Monat|Jahr|Tag|Stunde|Woche"
    words += "|mois|an|jour|heure|mes|año|día|hora|Std|night|person|device|license|room"
    words += "|Nutzer|Person|Nacht|utilisateur|personne|nuit|usuario|persona|noche|mese|anno"
    words += "|giorno|ora|utente|notte|mês|ano|dia|utilizador|usuário|pessoa|noite"
    per = r"(?:(?<=[0-9€$£¥¢%MKk×])|(?<=[a-zé])(?<=bn|ar|ro|en|rs|os))"
    yield rule(
        rf"{per}/(?P<per>{units}|{words})(?![\w²³])(?P<dot>(?<=Std)\.|(?<=hr)\.)?",
        lambda found: f"{grammar.per} {unit_behind_per(grammar, found['per'])}{_dot_of(found)}",
        starts="/",
    )
    yield price_rule(grammar, rf"{units}|{words}")
    yield rule(
        rf"(?<=[^\W0-9_])/(?:(?P<per>{_TIMES})(?![\w/])"
        rf"|(?=[0-9]{{1,3}}{SPACE}(?:h|hrs?|hours|days?|d|min|Std|Tage|jours?|horas|días)\b))",
        lambda found: _say_per(grammar, found),
        starts="/",
    )


def _say_per(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the slash behind what is counted: behind other words it is no "per"."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    if _COUNTED.search(before) is None or (found["per"] and _TIME_BEFORE.search(before)):
        return None
    return f"{grammar.per} {unit_behind_per(grammar, found['per']) if found['per'] else ''}".strip()


def _range_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for dashes between amounts."""
    if not grammar.spaced:
        counted = rf"(?<=[0-9](?P<one>[{_COUNTERS}]))[-–—](?=[0-9]{{1,6}}(?P=one))"
        yield replaced(counted, grammar.to)
    dash = r"(?:(?<=[0-9A-Za-z%°€])|(?<=[ap]\.m\.))–(?=[0-9$€£])"
    yield replaced(dash, to_word(grammar))
    alike = r"(?<=[\w°.])-(?=[0-9])"
    yield rule(alike, lambda found: _say_range(grammar, found), starts=alike)
    hyphen = r"(?:(?<=[%‰€£])|(?<=°[CF])|"
    hyphen += r"(?<=[0-9][ap]m)|(?<=[ap]\.m\.)|(?<=[0-9]h)|(?<=[0-9](?:st|nd|rd|th)))-(?=[0-9$€£])"
    hyphen += r"|(?<=[0-9KkMmBbn])-(?=[$€£][0-9])"
    yield replaced(hyphen, to_word(grammar))


def _say_range(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the hyphen between two times of day, or two amounts of one unit: 9:00-17:30, 5kg-10kg."""
    head = found.string[max(0, found.start() - _LONGEST_AMOUNT) : found.start()]
    tail = found.string[found.end() : found.end() + _LONGEST_AMOUNT]
    if _CLOCK_BEFORE.search(head):
        return to_word(grammar) if _CLOCK_BEHIND.match(tail) else None
    before, behind = _AMOUNT_BEFORE.search(head), _AMOUNT_BEHIND.match(tail)
    is_range = before is not None and behind is not None and before["unit"] == behind["unit"]
    return to_word(grammar) if is_range else None


def _say_ratings(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the slash between two amounts as a pause: 50 Hz/60 Hz, 5 kg/11 lb.

    What is counted in a time, or in a hundred of something, is per that.
    """
    head = found.string[max(0, found.start() - _LONGEST_AMOUNT) : found.start()]
    before, behind = _RATED_BEFORE.search(head), _AMOUNT_BEHIND.match(found.string, found.end())
    if before is None or behind is None:
        return None
    if behind["unit"] != before["unit"] and behind["unit"] in _OF_TIME:
        return None
    return grammar.per if _HUNDRED.match(behind[0]) else list_mark(grammar)


def _apart(grammar: Grammar, word: str) -> str:
    return f" {word} " if grammar.spaced else word


def sign_word(grammar: Grammar | None, sign: str, said_by_voice: str) -> str | None:
    """Return what is said for a sign, itself if it is a pause; None where nothing says it."""
    if is_pause(sign) or sign in said_by_voice:
        return sign
    said = None if grammar is None else grammar.sign_name(sign)
    return f" {said} " if said and grammar and grammar.spaced else said


def _dot_of(found: re.Match[str]) -> str:
    """Return the dot of "5 €/Std." where it ends the sentence too."""
    return last_dot(found) if found["dot"] else ""


def _name_of_greek(letter: str) -> str:
    """Return "pi" for π: formulas have single letters, and all four languages call them alike."""
    name = unicodedata.name(letter).partition("LETTER ")[2].removeprefix("FINAL ")
    return {"lamda": "lambda"}.get(name.lower(), name.lower())


def _is_product(text: str, at: int) -> bool:
    """Whether the letters before a place are factors, as in "E = mc²", and no word."""
    before = text[max(0, at - 5) : at]
    return _PRODUCT.search(before) is not None or (
        _FACTORS.search(before) is not None and _GOES_ON.match(text, at + 1) is not None
    )


def _say_letter_power(grammar: Grammar, letter: str) -> str:
    """Say the power of "2^n"."""
    template = grammar.power if "{}" in grammar.power else f"{grammar.power} {{}}"
    return f" {template.replace('{}', letter)}"


def _say_greater(grammar: Grammar, found: re.Match[str]) -> str:
    around = found.string[max(0, found.start() - 4) : found.end() + 4]
    if _PATH.search(around):
        return list_mark(grammar).rstrip()
    return _apart(grammar, grammar.signs[">"])


def _say_hash(grammar: Grammar, found: re.Match[str]) -> str | None:
    before = found.string[max(0, found.start() - 2) : found.start()]
    behind = found.string[found.end() : found.end() + 1]
    if _TOLD_HASHTAG.search(found.string[max(0, found.start() - 12) : found.start()]):
        return " "
    if _HASH_BEFORE.search(before):
        return {"es": "sharp", "ja": "シャープ", "ko": "샵"}.get(grammar.tag, "sharp")
    if behind.isalpha():
        return {"ja": "ハッシュタグ", "ko": "해시태그 "}.get(grammar.tag, "hashtag")
    return grammar.signs["#"] if behind.isdigit() or grammar.tag != "en" else "hash"


def _say_numeral(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str | None:
    """Say a number in a circle, or raised behind one letter; behind a word it is a note's."""
    sign, text, at = found["sign"], found.string, found.start()
    if "SUPERSCRIPT" in unicodedata.name(sign, ""):
        before = text[max(0, at - 2) : at]
        if _LETTER_BEFORE.search(before) is None and not _is_product(text, at):
            return None
        if sign == "ⁿ":
            return _say_letter_power(grammar, "n").lstrip()
        plain = unicodedata.normalize("NFKC", sign)
        return say_power(grammar, "", plain) if plain.isdecimal() else None
    plain = unicodedata.normalize("NFKC", sign).strip("().")
    if plain.isdecimal():
        return again(plain)
    value = unicodedata.numeric(sign, -1)
    return grammar.cardinal(int(value), "") if value >= 0 and value == int(value) else None

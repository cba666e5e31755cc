"""Rules that only one language has, such as how Japanese counts days and says Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from storyboard.narration.amounts import MONEY_IN_LETTERS
from storyboard.narration.english_rules import english_rules
from storyboard.narration.francs import franc_rules
from storyboard.narration.german_codes import german_code_rules
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.grammars.japanese import HOURS, minutes
from storyboard.narration.lettered_initials import lettered_rule
from storyboard.narration.numerals import say_digits, say_number
from storyboard.narration.roman_numerals import counted_roman_rules
from storyboard.narration.romance_rules import romance_rules
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    any_of,
    last_dot,
    replaced,
    rule,
    word_before,
)
from storyboard.narration.units import unit_alone

_MONTHS: Final = {4: "シ", 7: "シチ", 9: "ク"}
_DAYS: Final = {
    1: "ツイタチ", 2: "フツカ", 3: "ミッカ", 4: "ヨッカ", 5: "イツカ", 6: "ムイカ", 7: "ナノカ",
    8: "ヨウカ", 9: "ココノカ", 10: "トオカ", 14: "ジュウヨッカ", 20: "ハツカ",
    24: "ニジュウヨッカ",
}  # fmt: skip
_LETTERS: Final = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("エー", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ"),
            *("ジェー", "ケー", "エル", "エム", "エヌ", "オー", "ピー", "キュー", "アール"),
            *("エス", "ティー", "ユー", "ブイ", "ダブリュー", "エックス", "ワイ", "ゼット"),
        ),
        strict=True,
    )
)


_QUEENS: Final = frozenset(("Inês", "Isabel", "Leonor", "Beatriz", "Filipa", "Carlota"))
_CONTRACTED: Final = {
    "P.zza": "piazza", "p.zza": "piazza", "P.le": "piazzale", "p.le": "piazzale",
    "C.so": "corso", "c.so": "corso", "V.le": "viale", "v.le": "viale", "L.go": "largo",
    "l.go": "largo", "F.lli": "fratelli", "f.lli": "fratelli", "Sig.ri": "signori",
    "Sig.ra": "Signora", "Sig.na": "Signorina", "Dott.ssa": "Dottoressa",
    "Prof.ssa": "Professoressa",
    "sig.ra": "signora", "dott.ssa": "dottoressa", "prof.ssa": "professoressa",
}  # fmt: skip
"""What Italian writes with its last letters behind a dot, and without a dot of its own."""

_NO_FLOOR: Final = (
    "a|al|bajo|como|con|de|del|desde|e|en|es|entre|hasta|o|para|por|que|sobre|y"
    "|da|dal|alla|dalla|di|ed|il|la|per|su|tra|verso"
)
"""What follows degrees, where a noun would follow an ordinal."""


_EXTENSIONS: Final = "Durchwahl|[Ee]xtension|[Pp]oste|[Ee]xtensión|[Ii]nterno|[Rr]amal|DW"
"""Words before the last digits of a telephone number: behind them "-12" is not below zero."""


_MOST_OF_NUMBER: Final = 2
"""Digits of an extension that is said as a number."""


def own_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules of one language alone; `again` reads a part of a text."""
    yield from _keys_and_initials(grammar)
    model = rf"{NOT_IN_WORD}Mk\.?(?=\s?[IVX0-9]{{1,5}}(?![\w]))"
    yield replaced(model, "Mark")
    yield from romance_rules(grammar)
    yield from counted_roman_rules(grammar)
    yield _extension(grammar, again)
    yield from franc_rules(grammar, again)
    match grammar.tag:
        case "en":
            yield from english_rules(again)
        case "de":
            yield from _german(grammar, again)
        case "ja":
            yield from _japanese(grammar)
        case "ko":
            yield from _korean(grammar)
        case "fr":
            yield from _french(grammar, again)
        case "it":
            yield from _floors(grammar)
            start = rf"{NOT_IN_WORD}(?:[Nn][.°º]|n\.ro)\s?(?=[0-9]|di\s)"
            yield rule(start, lambda found: f"{found[0][0]}umero ", start)
            contracted = rf"{NOT_IN_WORD}(?:{any_of(_CONTRACTED)})(?![\w])"
            yield rule(contracted, lambda found: _CONTRACTED[found[0]], contracted)
        case "pt":
            yield _numero()
            street = r"(?<![\w.])R\.(?=\s(?:d[aeo]s?\s)?[A-ZÀ-Ý][a-zà-ÿ])"
            yield rule(street, _say_rua, street)
            title = r"(?<![\w.])D\.ª?\s?(?=[A-ZÀ-Ý][a-zà-ÿ])"
            yield rule(rf"{title}(?=(?P<name>[^\W0-9]{{2,20}}))", _say_dom, title)
        case "es":
            title = rf"{NOT_IN_WORD}(?:D\.ª|D\.|Dª\.?)\s(?=[A-ZÁÉÍÓÚÑ][a-zñáéíóú])"
            yield rule(title, lambda f: "doña " if "ª" in f[0] else "don ", title)
            states = rf"{NOT_IN_WORD}EE\.UU\."
            yield rule(states, lambda found: f"Estados Unidos{last_dot(found)}", states)
            yield from _floors(grammar)
            yield _numero()
            days = r"(?<=días )(?P<kind>[Ll]ab|[Hh]áb)\."
            kinds = {"lab": "laborables", "háb": "hábiles"}
            yield rule(
                days, lambda f: kinds[f["kind"].lower()] + last_dot(f), r"(?<=días )[LlHh][aá]b\."
            )
            street = rf"{NOT_IN_WORD}[cC]/\s?(?=[A-ZÁÉÍÓÚÑ])"
            yield replaced(street, "calle ")


def _keys_and_initials(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for keys, as in Ctrl+C, and for initials that the voice would not spell."""
    if grammar.tag != "de":
        control = rf"{NOT_IN_WORD}Ctrl(?=\s?[+-])"
        keys = {"fr": "Contrôle", "ja": "コントロール", "ko": "컨트롤"}
        yield replaced(control, keys.get(grammar.tag, "Control"))
    lettered = lettered_rule(grammar.tag)
    if lettered is not None:
        yield lettered


def _extension(grammar: Grammar, again: Callable[[str], str]) -> Rule:
    """Return the rule for the last digits of a telephone number: Durchwahl -12."""
    start = rf"{NOT_IN_WORD}(?P<label>{_EXTENSIONS}):?\s?[-–]"
    return rule(
        rf"{start}(?P<number>[0-9]{{1,5}})(?![\w])",
        lambda found: _say_extension(grammar, found, again),
        rf"{NOT_IN_WORD}(?:{_EXTENSIONS})(?=:?\s?[-–][0-9])",
    )


def _say_extension(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    """Say a number of one or two digits as such, and a longer one digit by digit."""
    number = found["number"]
    is_short = len(number) <= _MOST_OF_NUMBER and not number.startswith("0")
    return f"{found['label']} {again(number) if is_short else say_digits(grammar, number)}"


def _french(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    start = rf"{NOT_IN_WORD}[Nn][°º](?=\sd[e'’u])"
    yield rule(start, lambda found: f"{found[0][0]}uméro", start)
    yield rule(
        rf"{NOT_IN_WORD}[Nn][°ºo]\.?\s?(?=[0-9])",
        lambda _: "numéro ",
        rf"{NOT_IN_WORD}[Nn][°º]",
    )
    yield replaced(rf"{NOT_IN_WORD}T°(?=\s[^\W0-9_])", "température")
    article = rf"{NOT_IN_WORD}[Aa]rt\.(?=\s[LRD]\.?\s?[0-9])"
    yield rule(article, lambda f: f"{f[0][0]}rticle", article)
    law = r"(?<![\w])[LRD]\.?\s?(?P<first>[0-9]{1,4})-(?P<last>[0-9]{1,3})(?![\w-])"
    yield rule(
        law,
        lambda found: f"{found[0][0]} {again(found['first'])} tiret {again(found['last'])}",
        r"(?<![\w])[LRD]\.?\s?(?=[0-9]{1,4}-[0-9])",
    )
    number = rf"{NOT_IN_WORD}[Nn]o\s(?=[0-9])"
    yield replaced(number, "numéro ")
    yield rule(rf"{NOT_IN_WORD}Mme\b(?!\.)", lambda _: "Madame", rf"{NOT_IN_WORD}Mme\b")
    always = r"(?<![\w.,])(?P<count>24|7)\s?(?P<unit>[hj])/(?P<of>24|7)(?![\w])"
    units = {"h": "heures", "j": "jours"}
    yield rule(always, lambda f: f"{again(f['count'])} {units[f['unit']]} sur {again(f['of'])}")
    # Measured: the voice says "allez i grec" at the end of a clause, and "répond il".
    there = r"(?<=[sz])-y(?![\w-])"
    yield replaced(there, "-i")
    joined = r"(?<=[a-zé]d)-(?=(?:ils?|elles?|on)(?![\w-]))"
    yield replaced(joined, "-t-")


def _floors(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for "el 2° piso" and "piso 2°"."""
    behind = r"(?:(?<=[Pp]iano )|(?<=[Pp]iso )|(?<=[Aa]nno ))(?P<number>[0-9]{1,2})°(?![\w])"
    yield rule(behind, lambda found: grammar.ordinal(int(found["number"]), Form.PLAIN))
    yield _floor(grammar)


def _floor(grammar: Grammar) -> Rule:
    """Return the rule for "el 2° piso": before a small word it is no angle."""
    return rule(
        rf"{NOT_IN_WORD}(?P<number>[0-9]{{1,2}})°(?=\s(?:[eoy]\s(?:al|il|el)?\s?[0-9]{{1,2}}°\s)?"
        rf"(?!(?:{_NO_FLOOR})(?!\w))[a-zñ])",
        lambda found: grammar.ordinal(int(found["number"]), Form.MASCULINE),
    )


def _numero() -> Rule:
    """Return the rule for "n.º 5" and "Nº 5", as Spanish and Portuguese have it."""
    start = rf"{NOT_IN_WORD}[Nn](?:\.?[º°]\.?|\.o|os?\.)\s?(?=[0-9]|de\s)"
    return rule(start, lambda found: f"{found[0][0]}úmero{'s' * ('s' in found[0])} ", start)


def _say_rua(found: re.Match[str]) -> str | None:
    """Say "R. Augusta" as a street: in it, or before a number; "João R. Silva" has an initial."""
    before = word_before(found).lower()
    is_numbered = not before and _NUMBERED.match(found.string, found.end())
    return "Rua" if is_numbered or before in _AT_STREET else None


_AT_STREET: Final = frozenset(("a", "à", "da", "na", "pela", "esta", "nesta", "desta"))
_NUMBERED: Final = re.compile(r"[^.,;:!?]{2,40},\s(?:n\.?º\s?)?[0-9]")


def _say_dom(found: re.Match[str]) -> str:
    """Say the title of a Portuguese king or queen: Dom Pedro, Dona Maria."""
    name = found["name"]
    return "Dona " if "ª" in found[0] or name.endswith("a") or name in _QUEENS else "Dom "


def _german(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    part = "mal|fach|jährig|tägig|stündig|minütig|wöchig|monatig|stellig|teilig|prozentig"
    yield rule(
        rf"(?<![\w.,])(?P<number>[0-9]{{1,6}})-?(?P<part>(?:{part})[^\W0-9_]{{0,2}})(?![\w])",
        lambda found: grammar.cardinal(int(found["number"]), "Mal") + found["part"],
    )
    see = rf"{NOT_IN_WORD}s\.(?=\s(?:Abb|Tab|Kap|Abschn|Anh|Anl|Pos|Ziff|S)\.|\s(?:Seite|Bild)\s)"
    yield replaced(see, "siehe")
    und = r"(?<=[^\W_]\s)u\.(?=\s[^\W0-9_]{2})"
    yield replaced(und, "und")
    week = rf"{NOT_IN_WORD}KW(?=\s?[0-9]{{1,2}}(?![\w]|[.,][0-9]))|(?<=[0-9]\.\s)KW(?![\w])"
    yield replaced(week, "Kalenderwoche")
    control = rf"{NOT_IN_WORD}Strg(?=\s?\+)"
    yield replaced(control, "Steuerung")
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,6})\s?%ig(?P<end>[^\W0-9_]{0,2})(?![\w])",
        lambda found: f"{grammar.cardinal(int(found['number']), 'Mal')}prozentig{found['end']}",
    )
    yield replaced(r"(?<=[0-9]\s)St\.", "Stück")
    yield from german_code_rules(grammar)
    thousands = r"(?<=[0-9])\s?TEUR(?![\w])"
    yield replaced(thousands, " tausend Euro")
    yield rule(r"/St\.", lambda found: f" pro Stück{last_dot(found)}")
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,5}(?:,[0-9]{1,3})?)-(?P<unit>[A-Zmkµ][A-Za-z]{0,2})-(?=[A-ZÄÖÜ][a-zäöü])",
        lambda f: _say_hyphened_unit(grammar, f),
    )


def _say_hyphened_unit(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the unit of "230-V-Versorgung": what is none stays."""
    unit = unit_alone(grammar, found["unit"])
    number = say_number(grammar, found["number"], "Mal")
    return f"{number}-{unit.replace(' ', '-')}-" if unit else None


def _korean(grammar: Grammar) -> Iterator[Rule]:
    yield rule(
        r"(?<![0-9.,])1[0-9]{2}(?=(?:에|로|번으로)\s?(?:전화|신고|연락))",
        lambda found: say_digits(grammar, found[0]),
    )
    first = r"(?<![0-9.,])1\s?번째"
    yield rule(first, lambda _: "첫 번째")
    weekday = r"(?<=[일.0-9])\s?[(（](?P<day>[월화수목금토일])[)）]"
    yield rule(weekday, lambda found: f" {found['day']}요일", weekday)
    yield rule(r"(?<![0-9])(?P<n>6|10)월", lambda found: "유월" if found["n"] == "6" else "시월")


def _japanese(grammar: Grammar) -> Iterator[Rule]:
    def counted(names: Mapping[int, str], unit: str) -> Callable[[re.Match[str]], str]:
        return lambda found: names.get(int(found["n"]), found["n"]) + unit

    weekday = "(?:(?<=日)|(?<=/[0-9])|(?<=/[0-9]{2}))[(（](?P<day>[月火水木金土日])[)）]"
    yield rule(weekday, lambda found: f"{found['day']}曜日", weekday)
    post = r"〒\s?(?P<area>[0-9]{3})-(?P<place>[0-9]{4})(?![0-9])"
    yield rule(
        post,
        lambda f: f"郵便番号{say_digits(grammar, f['area'])}、{say_digits(grammar, f['place'])}",
        starts="〒",
    )
    yield replaced("[▲△](?=[0-9¥￥])", "マイナス")
    page = r"(?<![A-Za-z])pp?\.\s?(?P<page>[0-9]{1,4})(?![0-9A-Za-z])"
    yield rule(page, lambda f: f"{f['page']}ページ", r"(?<![A-Za-z])pp?\.(?=\s?[0-9])")
    floor = r"(?<![0-9A-Za-z.])(?P<below>B?)(?P<floor>[0-9]{1,2})F(?![0-9A-Za-z])"
    yield rule(
        floor,
        lambda f: f"{'地下' * bool(f['below'])}{f['floor']}階",
        "(?<![0-9A-Za-z])B(?=[0-9]{1,2}F)",
    )
    yield replaced(r"[Nn]o\.\s?(?=[0-9])", "ナンバー")
    yield replaced(r"[Vv]er\.\s?(?=[0-9])", "バージョン")
    yield rule("(?<![0-9])(?P<n>[0-9]{1,2})月", counted(_MONTHS, "ガツ"))
    yield rule("(?<![0-9月])1日(?!間|目)", lambda _: "イチニチ")
    yield rule("(?<![0-9])(?P<n>1|2|3|4|5|6|7|8|9|10|14|20|24)日(?!間)", counted(_DAYS, ""))
    hours = "(?<![0-9:])(?P<first>[0-9]{1,2})[~～〜–-](?P<last>[0-9]{1,2})時(?!間)"
    yield rule(
        hours,
        lambda f: "から".join(f"{HOURS.get(int(n), n)}ジ" for n in (f["first"], f["last"])),
    )
    yield rule("(?<![0-9])(?P<n>[0-9]{1,2})時", counted(HOURS, "ジ"))
    yield rule("(?<![0-9])(?P<n>[0-9]{1,3})分(?!の)", lambda found: minutes(int(found["n"])))
    yield rule(
        rf"(?!{MONEY_IN_LETTERS})[A-Z]{{2,}}(?![a-z])",
        lambda found: "".join(_LETTERS[letter] for letter in found[0]),
        starts="[A-Z]{2}",
    )

"""Rules for digits that are no amount: telephone numbers, versions, codes. One language a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import BLANK, BLANKS, SPACE
from storyboard.narration.called_numbers import BEHIND_CALLED, called_rules, is_called
from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import join, say_digits, say_groups, say_number
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    rule,
    word_before,
    word_behind,
    words_before,
)

_PHONE: Final = (
    r"(?<![\w.,+])(?:"
    rf"\+[0-9]{{1,3}}(?:[{BLANKS}./-]{{0,3}}\(?[0-9]{{1,5}}\)?){{2,7}}"
    rf"|\([0-9]{{2,5}}\)[{BLANKS}-]?[0-9]{{2,8}}(?:[{BLANKS}-][0-9]{{2,6}}){{0,3}}"
    rf"|0[0-9]{{1,4}}(?:[{BLANKS}/-][0-9]{{2,8}}){{1,5}}"
    rf"|0[0-9](?:\.[0-9]{{2}}){{4}}|0(?:{BLANK}[0-9]{{2,3}}){{3,4}}"
    rf"|1{BLANK}[2-9][0-9]{{2}}{BLANK}[0-9]{{3}}{BLANK}[0-9]{{4}}"
    r"|(?:1\.)?[2-9][0-9]{2}\.[0-9]{3}\.[0-9]{4}"
    r"|1-[0-9]{3}-[0-9]{3}-[0-9]{4}"
    r"|[2-9][0-9]{2}-(?:[0-9]{3}-)?[0-9]{4}"
    r"|1[0-9]{2}-[0-9]{4}-[0-9]{4}"
    r")(?![\w]|[.,-][0-9])"
)
_MOBILE: Final = {
    "es": "[6-9][0-9]{2}(?: [0-9]{3}){2}",
    "it": "3[2-9][0-9](?:[ .-]?[0-9]{6,7}|[ .-][0-9]{3}[ .-][0-9]{3,4})",
}
"""Numbers of mobile telephones that no word has to tell."""

_LEAST_OF_DIGITS: Final = 3
"""Digits of an extension that are said one by one: "ext. 12" is extension twelve."""

_LEAST_OF_PHONE: Final = 7
"""Digits: "0-1" is no number to call."""

_CALLING: Final = frozenset(
    (
        *(
            "call",
            "dial",
            "phone",
            "ring",
            "text",
            "fax",
            "tel",
            "tfno",
            "telefon",
            "rufen",
            "wählen",
        ),
        *(
            "appelez",
            "composez",
            "téléphone",
            "llame",
            "marque",
            "teléfono",
            "chiamare",
            "telefono",
        ),
        *("chiama", "verde", "téléphonez", "téléphoner", "telefona", "telefonare"),
        *("chiamate", "ligue", "disque", "telefone", "nummer", "número", "numéro", "numero"),
        "telefono",
    )
)
"""Words before the number of a telephone."""


_GROUPED: Final = re.compile(r"[0-9]{2,3}(?:\.[0-9]{3})+")
_GROUP: Final = re.compile("[0-9]+")
_TWO: Final = re.compile(rf"0[0-9](?:[{BLANKS}.][0-9]{{2}}){{4}}")
"""French numbers are said in pairs."""


def digit_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for strings of digits in a language."""
    yield from called_rules(grammar)
    if grammar.tag in _MOBILE:
        yield rule(
            rf"(?<![\w.,+]){_MOBILE[grammar.tag]}(?![\w€$]|[.,%-][0-9])",
            lambda found: say_groups(grammar, found[0]),
        )
    yield rule(
        _PHONE,
        lambda found: _say_phone(grammar, found),
        starts=rf"\((?=[0-9]{{2,5}}\)[{BLANKS}-]?[0-9]{{2}})",
    )
    yield rule(
        rf"(?<![\w.,+])[0-9]{{2,4}}(?:[{BLANKS}.-][0-9]{{2,4}}){{2,4}}(?![\w]|[{BLANKS}.,-][0-9])",
        lambda found: _say_dialed(grammar, found),
    )
    yield from _computer_rules(grammar)
    if grammar.tag in ("ja", "zh", "ko"):
        yield rule(
            r"(?:(?<=内線|分机|内线|내선)|(?<=内線番号|내선번호)|(?<=내선 ))"
            r"[0-9]{3,6}(?![0-9A-Za-z])",
            lambda found: say_digits(grammar, found[0]),
        )
    if grammar.tag in ("zh", "yue"):
        yield rule(
            r"(?<![\w.,+-])1[3-9][0-9]{9}(?![\w]|[.,-][0-9])",
            lambda found: say_digits(grammar, found[0]),
        )
    if grammar.tag == "en":
        state = r"(?:(?<=, [A-Z]{2} )|(?<=ZIP ))[0-9]{5}(?![\w,.-][0-9]|[0-9])"
        yield rule(state, lambda found: say_digits(grammar, found[0]))
        # No range: the second number of 12345-6789 is the smaller one.
        person = r"(?<![\w.,+-])(?:[0-9]{5}-[0-9]{4}|[0-9]{3}-[0-9]{2}-[0-9]{4})(?![\w-]|[.,][0-9])"
        yield rule(person, lambda found: say_groups(grammar, found[0]))
    yield rule(
        r"(?<![\w.,+-])1-(?P<free>8[0-9]{2})-(?P<word>[A-Z]{4,10})(?![\w-])",
        lambda found: f"{say_groups(grammar, '1 ' + found['free'])}, {found['word']}",
    )
    yield from _version_rules(grammar)
    yield rule(
        r"(?<![\w.,])(?P<code>[0-9]{2,}(?:[ -][0-9]{2,})*)(?![\w]|[.,:][0-9])",
        lambda found: _say_code(grammar, found),
    )
    yield rule(
        rf"(?P<first>(?<![\w.,])[0-9]{{4}})(?:{SPACE}[0-9]{{4}}){{3}}(?![\w])",
        lambda found: say_groups(grammar, found[0]),
    )


def _computer_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for addresses of networks, and numbers behind capitals: KB5034441."""
    yield rule(
        r"(?<![\w.,])(?P<address>[0-9]{1,3}(?:\.[0-9]{1,3}){3})/(?P<mask>[0-9]{1,2})(?![\w/]|[.,][0-9])",
        lambda found: join(
            *(grammar, _dotted(grammar, found["address"]), grammar.slash),
            say_number(grammar, found["mask"]),
        ),
    )
    yield rule(
        r"(?<=[A-Z]{2})[0-9]{5,12}(?![\w]|[.,-][0-9])",
        lambda found: say_digits(grammar, found[0]),
    )


def _version_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for versions: v2.1, 10.0.1, Python 3.10."""
    yield rule(
        rf"{NOT_IN_WORD}(?P<v>[vV]\.?)(?P<parts>[0-9]+(?:\.[0-9]+)*)(?![\w])",
        lambda found: _say_short_version(grammar, found),
        starts=rf"{NOT_IN_WORD}[vV]\.?(?=[0-9])",
    )
    yield rule(
        r"(?<![\w.,])(?P<parts>[0-9]+(?:\.[0-9]+){2,})(?![\w])",
        lambda found: _say_version(grammar, found),
    )
    yield rule(
        r"(?<=[<>=])(?P<parts>[0-9]+\.[0-9]+)(?![\w.]|,[0-9])",
        lambda found: _say_required_version(grammar, found),
    )
    yield rule(
        r"(?<![\w.,])(?P<parts>[0-9]+\.[0-9]+)(?![\w.,])",
        lambda found: _say_labeled_version(grammar, found),
    )


def _say_phone(grammar: Grammar, found: re.Match[str]) -> str | None:
    written = found[0]
    if sum(sign.isdigit() for sign in written) < _LEAST_OF_PHONE:
        return None
    if grammar.tag == "fr" and _TWO.fullmatch(written):
        return ", ".join(
            f"{grammar.digits[0]} {say_number(grammar, pair[1])}"
            if pair[0] == "0"
            else say_number(grammar, pair)
            for pair in _GROUP.findall(written)
        )
    plus = f"{grammar.signs['+']} " if written.startswith("+") else ""
    return plus + say_groups(grammar, written)


def _say_dialed(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say the digits of what a word before it calls a telephone number."""
    digits = sum(sign.isdigit() for sign in found[0])
    if _GROUPED.fullmatch(found[0]) and word_behind(found) not in {"", *BEHIND_CALLED}:
        return None  # "Rufen 10.000.000 Menschen an, …"
    called = is_called(found) or not _CALLING.isdisjoint(words_before(found)[-2:])
    is_dialed = digits >= _LEAST_OF_PHONE and called
    return say_groups(grammar, found[0]) if is_dialed else None


def _dotted(grammar: Grammar, written: str) -> str:
    dot = f" {grammar.dot if grammar.tag != 'en' else 'point'} " if grammar.spaced else grammar.dot
    return dot.join(say_number(grammar, part) for part in written.split("."))


def _say_short_version(grammar: Grammar, found: re.Match[str]) -> str:
    """Say v2.3 as a version, and "version v2.3" no longer."""
    dotted = _dotted(grammar, found["parts"])
    is_named = word_before(found).lower() == grammar.version.lower()
    return dotted if is_named else f"{grammar.version} {dotted}"


def _say_version(grammar: Grammar, found: re.Match[str]) -> str | None:
    parts = found["parts"].split(".")
    is_grouped = grammar.thousands[0] == "." and all(len(part) == 3 for part in parts[1:])
    if is_grouped and len(parts[0]) <= 3:
        return None
    return _dotted(grammar, found["parts"])


def _say_labeled_version(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say 2.10 as a version has it behind a word for one; a number says "one zero"."""
    before = word_before(found).lower()
    if before in (grammar.version.lower(), "version", "release", "python"):
        return _dotted(grammar, found["parts"])
    return None


_REQUIRED: Final = re.compile(
    r"(?<!\w)(?:python|node|java|php|ruby|rust|go|pip|npm|django|numpy|android|ios|ubuntu|debian"
    r"|windows|macos|kubernetes|postgresql|mysql|chrome|firefox|version)\s?[\s<>=~!,0-9.]{1,24}$"
)
"""Names of programs, and what is asked of their versions: Python >=3.11,<4."""


def _say_required_version(grammar: Grammar, found: re.Match[str]) -> str | None:
    head = found.string[max(0, found.start() - 40) : found.start()].lower()
    return _dotted(grammar, found["parts"]) if _REQUIRED.search(head) else None


_IS: Final = frozenset(("is", "ist", "lautet", "est", "es", "è", "é"))


def _say_code(grammar: Grammar, found: re.Match[str]) -> str | None:
    label = word_before(found).lower()
    if label in _IS and not word_behind(found):
        label = (words_before(found)[-2:] or [""])[0]  # the code is 482-913
    if label == "ext" and len(found["code"]) < _LEAST_OF_DIGITS:
        return None
    if label in grammar.code_labels or label == "chmod":
        return say_groups(grammar, found["code"])
    return None

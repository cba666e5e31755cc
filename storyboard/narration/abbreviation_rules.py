"""Rules for abbreviations: read where they stand, by the table that the splitter asks too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before
from storyboard.narration.abbreviations import NUMBERED, STREET, abbreviations
from storyboard.narration.rule import Rule, last_dot, replaced, rule, word_before
from storyboard.spoken_tags import language_of

_CAPITAL: Final = re.compile(r"\s+[^\W\d_a-zß-ÿ]")
_DIGIT: Final = re.compile(r"\s[0-9]")
_PARAGRAPH: Final = re.compile(r"(?:Abs\.|Absatz|§)\s?[0-9]{1,3}[a-z]?\s$")
"""Behind it "S. 2" is a sentence of German law, and no page."""

_NO_MAIL: Final = r"(?![\w.+-]{1,64}@)"
"""Not "max.mustermann@firma.de"."""

_LABEL: Final = {
    Before.NUMBER: r"\s?(?=[0-9]|[IVX]+(?!\w)|:\s?[+(]?[0-9])",
    # "She ate a fig. I left."
    Before.LABEL: r"\s?(?=\(?[0-9]|(?!I [a-z'])[A-Z](?!\w))",
    Before.ANYTHING: "",
    Before.LOWER: "",
    Before.NAME: "",
    Before.MORE: "",
    Before.DAY: "",
}


def abbreviation_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for the abbreviations of a language."""
    if language_of(language) == "en":
        initial = r"(?<![\w.])Rev\.(?= [A-Z]\. ?[A-Z][a-z])"
        yield replaced(initial, "Reverend")
    # "Rev. 2" before "Rev. Miller": what needs more behind it is tried first.
    for row in sorted(
        abbreviations(language), key=lambda row: (-len(row.short), _LABEL[row.before] == "")
    ):
        if row.said:
            pattern = rf"(?<![\w.]){_written(row)}\.{_NO_MAIL}{_LABEL[row.before]}"
            yield rule(pattern, partial(_say, row), starts=pattern)
    if language_of(language) == "en":
        for short, before, behind in (("St", "Saint", "Street"), ("Dr", "Doctor", "Drive")):
            pattern = rf"(?<![\w.]){short}\."
            yield rule(pattern, partial(_say_before_or_behind, before, behind), starts=pattern)
    if language_of(language) == "de":
        saint = r"(?<![\w.])(?<![0-9]\s)St\.(?=\s?[A-ZÄÖÜ])"  # "Station St. 5" has no saint
        yield replaced(saint, "Sankt")
        pattern = rf"(?<![\w.]){STREET}\."
        yield rule(pattern, _say_street, starts=pattern)
        pattern = rf"(?<![\w.]){NUMBERED}\.{_LABEL[Before.NUMBER]}"
        yield rule(pattern, lambda found: f"{found[0].rstrip()[:-3]}nummer ", starts=pattern)


def _written(row: Abbreviation) -> str:
    first, rest = row.short[0], re.escape(row.short[1:]).replace(r"\ ", r"\s?")
    return (f"[{first}{first.upper()}]" if first.islower() else re.escape(first)) + rest


def _say(row: Abbreviation, found: re.Match[str]) -> str:
    if row.before in (Before.NUMBER, Before.LABEL):
        of_paragraph = row.short == "S" and _PARAGRAPH.search(found.string[: found.start()])
        return "Satz " if of_paragraph else f"{row.said} "
    comma = found.string[found.end() : found.end() + 1] == ","
    return (row.said.rstrip(",") if comma else row.said) + last_dot(found)


def _say_before_or_behind(title: str, way: str, found: re.Match[str]) -> str:
    """Say a title before a name, a way behind one; the first word of a sentence is no name."""
    before = word_before(found)
    is_first = found.string[: found.start()].strip() == before
    is_name = before[:1].isupper() and not is_first and before != "Mt"
    text, end = found.string, found.end()
    is_before_name = _CAPITAL.match(text, end) is not None
    is_before_number = title == "Doctor" and _DIGIT.match(text, end) is not None
    if (is_before_name or is_before_number) and not is_name:
        return title
    return f"{way}{last_dot(found)}"


def _say_street(found: re.Match[str]) -> str:
    return f"{found[0][:-4]}{found[0][-4]}traße{last_dot(found)}"

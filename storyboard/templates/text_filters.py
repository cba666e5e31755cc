"""Filters of texts. Knows no locale: see `formats` for what locales write differently."""

from __future__ import annotations

import re
from typing import Final

from storyboard.templates.faults import ValueRefused
from storyboard.templates.filter import Call, Filter
from storyboard.templates.values import Value, fitting, to_number, to_string

_WORD: Final = re.compile(r"\w+")


def upper(call: Call, value: Value) -> Value:
    """Return the text in upper case.

    {{ product|upper }} → ACME
    """
    return to_string(value, "'upper'").upper()


def lower(call: Call, value: Value) -> Value:
    """Return the text in lower case.

    {{ product|lower }} → acme
    """
    return to_string(value, "'lower'").lower()


def title(call: Call, value: Value) -> Value:
    """Return the text with each word's first letter in upper case, the others in lower case.

    {{ 'getting STARTED today'|title }} → Getting Started Today
    """
    words = to_string(value, "'title'").split(" ")
    return " ".join(word[:1].upper() + word[1:].lower() for word in words)


def capitalize(call: Call, value: Value) -> Value:
    """Return the text with its first letter in upper case, the others in lower case.

    {{ 'getting STARTED today'|capitalize }} → Getting started today
    """
    return to_string(value, "'capitalize'").capitalize()


def trim(call: Call, value: Value) -> Value:
    """Return the text without white space at its ends.

    {{ '  soon  '|trim }} → soon
    """
    return to_string(value, "'trim'").strip()


def replace(call: Call, value: Value, old: Value, new: Value) -> Value:
    """Return the text with every `old` replaced by `new`.

    {{ 'red and red'|replace('red', 'blue') }} → blue and blue
    """
    text, gone = to_string(value, "'replace'"), to_string(old, "'replace'")
    come = to_string(new, "'replace'")
    fitting(len(text) + text.count(gone) * (len(come) - len(gone)))
    return text.replace(gone, come)


def truncate(
    call: Call,
    value: Value,
    length: Value = 255,
    killwords: Value = False,
    end: Value = "...",
    leeway: Value = 5,
) -> Value:
    """Return the text cut to `length` characters, at the end of a word.

    `killwords` cuts inside a word too; `end` is put behind what was cut. A text that is no more
    than `leeway` characters longer stays whole.

    {{ 'A long way to go'|truncate(10, leeway=0) }} → A long...
    {{ 'A long way to go'|truncate(10, true, '…', 0) }} → A long wa…
    """
    text, tail = to_string(value, "'truncate'"), to_string(end, "'truncate'")
    most, more = _count(length, "length"), _count(leeway, "leeway")
    if most < len(tail):
        raise ValueRefused("'truncate' needs a length that has room for its `end`")
    if len(text) <= most + more:
        return text
    cut = text[: most - len(tail)]
    fitting(len(cut) + len(tail))
    return (cut if killwords else cut.rsplit(" ", 1)[0]) + tail


def wordcount(call: Call, value: Value) -> Value:
    """Return how many words the text has.

    {{ 'A long way to go'|wordcount }} → 5
    """
    return len(_WORD.findall(to_string(value, "'wordcount'")))


def _count(value: Value, name: str) -> int:
    number = to_number(value, "'truncate'")
    if not isinstance(number, int) or number < 0:
        raise ValueRefused(f"'truncate' needs a whole number as `{name}`")
    return number


TEXT_FILTERS: Final = (
    Filter(upper, speaks=("value",)),
    Filter(lower, speaks=("value",)),
    Filter(title, speaks=("value",)),
    Filter(capitalize, speaks=("value",)),
    Filter(trim, speaks=("value",)),
    Filter(replace, speaks=("value", "new")),
    Filter(truncate, speaks=("value", "end")),
    Filter(wordcount),
)

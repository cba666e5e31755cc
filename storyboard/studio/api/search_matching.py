"""Whether an entry is what was searched for, and which of its lines are. Reads no request.

Words are compared without case. An exact text is found as whole words in their order, a partial one
where each of its words stands somewhere, also inside of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from storyboard.studio.api.search_captions import CaptionLines, Line
from storyboard.studio.api.search_query import (
    FIELDS,
    KINDS,
    TEXTS,
    Item,
    Joined,
    Kind,
    Operator,
    Scope,
)

_WORD: Final = re.compile(r"\w+")
_CONTENT: Final = "content"
_UNIFIED: Final = tuple(name for name in KINDS if name in (*TEXTS, "id", "user_id", "creator_id"))
"""Which fields an item of all fields looks at, each by the kinds that it takes."""

_Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Items that are asked of the same line of captions, as at Kaltura: all of them, or any."""

    items: Sequence[Item]
    is_any: bool = False

    def words(self) -> list[list[str]]:
        """Return lists of words: a text without all of one of them has no such line."""
        needed = [_needed(item) for item in self.items]
        return needed if self.is_any else [[word for words in needed for word in words]]

    def is_in(self, line: Line) -> bool:
        """Return whether a line is such a one."""
        held = (_is_line(item, line) for item in self.items)
        return any(held) if self.is_any else all(held)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Compares entries in one transaction."""

    lines: CaptionLines

    def finds(self, operator: Operator, entry: _Payload) -> bool:
        """Return whether an operator holds for an entry; what is cheap is asked first."""
        spoken = _spoken(operator)
        asked = (self._holds(part, entry) for part in _in_order(operator.parts))
        match operator.joined:
            case Joined.AND:
                return all(asked) and (spoken is None or self._is_said(entry, spoken))
            case Joined.OR:
                return any(asked) or (spoken is not None and self._is_said(entry, spoken))
            case Joined.NOT:
                return not any(asked) and not (spoken and self._is_said(entry, spoken))
            case _:
                assert_never(operator.joined)

    def said(self, operator: Operator, entry: _Payload) -> Iterator[Line]:
        """Yield the lines of an entry by which the search found it, or could have."""
        asked = [*_wanted(operator)]
        return self._lines(entry, asked) if asked else iter(())

    def _holds(self, part: Item | Operator, entry: _Payload) -> bool:
        if isinstance(part, Operator):
            return self.finds(part, entry)
        if part.scope is Scope.ENTRY:
            return _is_field(part, part.field, entry)
        fields = (name for name in _UNIFIED if part.kind in KINDS[name])
        own = any(_is_field(part, name, entry) for name in fields)
        return own or self._is_said(entry, _Spoken([part]))

    def _is_said(self, entry: _Payload, spoken: _Spoken) -> bool:
        return next(self._lines(entry, [spoken]), None) is not None

    def _lines(self, entry: _Payload, asked: Sequence[_Spoken]) -> Iterator[Line]:
        wanted = [words for spoken in asked for words in spoken.words()]
        for line in self.lines.of_entry(str(entry["id"]), wanted):
            if any(spoken.is_in(line) for spoken in asked):
                yield line


def marked(item: Item, text: str) -> str | None:
    """Return a text with marks around the words that an item looks for; `None` for no mark."""
    words = sorted({*_needles(item)}, key=len, reverse=True)
    if not words:
        return None
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    shown = pattern.sub(r"<em>\g<0></em>", text)
    return None if shown == text else shown


def marks(operator: Operator, entry: _Payload) -> dict[str, str]:
    """Return the texts of an entry that items ask marks in, by their field."""
    asked = [item for item in operator.items() if item.is_marked]
    shown: dict[str, str] = {}
    for name in sorted(TEXTS):
        value = _value(name, entry)
        for item in asked:
            looks = item.scope is Scope.ANYWHERE or (item.scope, item.field) == (Scope.ENTRY, name)
            if looks and name not in shown and _is_field(item, name, entry):
                found = marked(item, value)
                shown |= {} if found is None else {name: found}
    return shown


def _in_order(parts: Sequence[Item | Operator]) -> list[Item | Operator]:
    """Return what is asked of the entry itself, the cheapest first."""
    own = [part for part in parts if isinstance(part, Operator) or not _is_spoken(part)]
    return sorted(own, key=lambda part: not isinstance(part, Item) or part.scope is not Scope.ENTRY)


def _is_spoken(item: Item) -> bool:
    return item.scope is Scope.CAPTIONS


def _spoken(operator: Operator) -> _Spoken | None:
    """Return an operator's own items of captions; to rule out, any of them is asked for."""
    items = [part for part in operator.parts if isinstance(part, Item) and _is_spoken(part)]
    return _Spoken(items, is_any=operator.joined is not Joined.AND) if items else None


def _wanted(operator: Operator) -> Iterator[_Spoken]:
    """Yield what lines are asked for by an operator and those in it, and not ruled out."""
    if operator.joined is Joined.NOT:
        return
    own = _spoken(operator)
    if own is not None:
        yield own
    for part in operator.parts:
        if isinstance(part, Operator):
            yield from _wanted(part)
        elif part.scope is Scope.ANYWHERE:
            yield _Spoken([part])


def _is_field(item: Item, name: str, entry: _Payload) -> bool:
    value = _value(name, entry)
    if item.kind is Kind.RANGE:
        return item.range.holds(float(value))
    return _is_text(item, value) if name in TEXTS else _is_word(item, value)


def _value(name: str, entry: _Payload) -> str:
    return str(entry.get(FIELDS.get(name, name), ""))


def _is_line(item: Item, line: Line) -> bool:
    match item.field:
        case "start_time":
            return item.range.holds(line.start)
        case "end_time":
            return item.range.holds(line.end)
        case "language":
            return _is_word(item, line.captions.language)
        case "label":
            return _is_word(item, line.captions.label)
        case "caption_asset_id":
            return _is_word(item, line.captions.id)
    return _is_text(item, line.text)


def _is_word(item: Item, value: str) -> bool:
    """Compare what is one word, such as an id."""
    folded, term = value.casefold(), item.term.casefold()
    return folded.startswith(term) if item.kind is Kind.STARTS else folded == term


def _is_text(item: Item, value: str) -> bool:
    folded, term = value.casefold(), item.term.casefold()
    match item.kind:
        case Kind.EXACT:
            return f" {_words(term)} " in f" {_words(folded)} " if _words(term) else folded == term
        case Kind.PARTIAL:
            return all(word in folded for word in term.split())
        case Kind.STARTS:
            return folded.startswith(term)
        case Kind.EXISTS:
            return bool(value)
        case Kind.RANGE:
            return False
        case _:
            assert_never(item.kind)


def _needed(item: Item) -> list[str]:
    """Return the words that a text of captions, markup included, has where an item may hold."""
    is_of_words = item.scope is Scope.ANYWHERE or item.field == _CONTENT
    return _WORD.findall(item.term.casefold()) if is_of_words else []


def _needles(item: Item) -> list[str]:
    return item.term.split() if item.kind is Kind.PARTIAL else [item.term]


def _words(folded: str) -> str:
    return " ".join(_WORD.findall(folded))

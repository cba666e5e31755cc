"""What is wrong with the tokens of a translation, all of it at once: each fault, what to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.catalogs.entry import Entry
from storyboard.catalogs.tokens import Message, Placed, Stray, doubled, split_translation
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.nearest import meant, nearest

_LONGEST: Final = 40
"""Characters of a name; a brace that was never closed may be far from the next."""


@dataclass(frozen=True, slots=True)
class WrongTokens:
    """What of a translation's tokens is not as in its source, and what to write instead."""

    said: str
    hint: str


def wrong_tokens(entry: Entry, message: Message) -> WrongTokens | None:
    """Return what a translator has to mend in an entry; None where each token is right.

    As gettext's own check does: how often a language names a thing is its own matter.
    """
    if not message.counts and "{" not in entry.translation and "}" not in entry.translation:
        return None
    pieces = tuple(split_translation(entry.translation))
    found = {piece.name for piece in pieces if isinstance(piece, Placed)}
    unknown = sorted(found - message.counts.keys())
    faults: list[tuple[str, list[str]]] = []
    if any(isinstance(piece, Stray) for piece in pieces):
        faults.append(
            ("a brace that belongs to no token", ["for the brace itself, write it twice"])
        )
    faults += _unknown(unknown, entry, message)
    faults += _missing(sorted(message.counts.keys() - found), unknown, message)
    if not faults:
        return None
    hints = dict.fromkeys(hint for _, each in faults for hint in each)
    return WrongTokens("; ".join(said for said, _ in faults), "; ".join(hints))


def _unknown(
    names: Sequence[str], entry: Entry, message: Message
) -> Iterator[tuple[str, list[str]]]:
    """Yield the tokens that the source does not have, and apart those that it had."""
    previous = entry.previous or ""
    gone = [name for name in names if f"{{{name}}}" in previous]
    for some, time in (([name for name in names if name not in gone], ""), (gone, " any more")):
        if some:
            is_one = len(some) == 1
            said = "is not a token" if is_one else "are not tokens"
            hints = [_instead(name, message) for name in some[:NAMES_IN_LINE]]
            if len(names) > 1:
                named = zip(some, hints, strict=False)
                hints = [f"{_braced([name])}: {hint}" for name, hint in named]
            yield f"{_braced(some)} {said} of the source{time}", hints


def _missing(
    names: Sequence[str], unknown: Sequence[str], message: Message
) -> Iterator[tuple[str, list[str]]]:
    """Yield the tokens that the translation lacks, but for those that it misspells."""
    misspelled = [_near(name, message) for name in unknown]
    lacking = [name for name in names if name not in misspelled]
    if lacking:
        said = f"{_braced(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"
        # For a token that resembles none, the hint names all that there are.
        yield said, [] if None in misspelled else [f"copy {_braced(lacking)} from the source"]


def _instead(name: str, message: Message) -> str:
    """Return what to write for a token that the source does not have."""
    written = doubled(f"{{{name}}}")
    if written in message.msgid:
        return f"double the braces, as the source has them: {written}"
    near = _near(name, message)
    if near:
        return meant(name.strip(), near)
    if not message.counts:
        return "delete it: the source has no token; for a brace, write it twice"
    return f"write a token of the source: {_braced(tuple(message.counts))}"


def _near(name: str, message: Message) -> str | None:
    return nearest(name.strip(), message.counts)


def _braced(names: Sequence[str]) -> str:
    return listed([f"{{{name[:_LONGEST]}}}" for name in names], NAMES_IN_LINE)

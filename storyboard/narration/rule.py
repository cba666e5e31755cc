"""One rule of reading: what it finds in a sentence, and what is said instead. Knows no language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from storyboard.narration.blanks import BLANKS, SPACE
from storyboard.scripts import SPACED, in_class

_LITERALS: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_GROUP: Final = re.compile(r"\((?!\?(?!P<))")

Saying = Callable[[re.Match[str]], str | None]
"""Returns what is said for what was found; None where it is something else."""

_LETTERS: Final = f"{in_class(SPACED)}0-9_\u00aa\u00b5\u00ba"
"""What words are made of where blanks part them: Chinese and Japanese stand next to a number."""

NOT_IN_WORD: Final = r"(?<![\w])"
NOT_IN_NUMBER: Final = r"(?<![\w.,])"
ENDS: Final = r"(?![\w])"


@dataclass(frozen=True)
class Rule:
    """A regular expression with the groups that its saying reads, and where it is tried.

    It is tried at digits and signs, and where `starts`, a regular expression, is found besides.
    """

    written: str
    say: Saying
    starts: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression: of a language's hundreds, a text asks for few."""
        return re.compile(self.written)

    @property
    def is_word(self) -> bool:
        """Whether it finds words alone, and no parts of them that its saying reads."""
        return _GROUP.search(without_literals(self.written)) is None


def without_literals(pattern: str) -> str:
    """Return what is left of a regular expression without its classes and escapes."""
    return _LITERALS.sub("", pattern)


def rule(pattern: str, say: Saying, starts: str = "") -> Rule:
    """Return a rule; in what its patterns look around for, `\\w` is a letter that blanks part."""
    return Rule(_spaced(pattern), say, _spaced(starts))


def replaced(pattern: str, said: str) -> Rule:
    """Return a rule that says the same for all that a pattern finds, and is tried wherever it may.

    Most stand for an abbreviation or a sign, which no digit need be near.
    """
    return rule(pattern, lambda _: said, pattern)


def _spaced(pattern: str) -> str:
    return _AROUND.sub(lambda found: f"{found[1]}[{_LETTERS}", pattern)


_AROUND: Final = re.compile(r"(\(\?<?!)\[\\w")


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression of words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NEXT_WORD: Final = re.compile(rf"{SPACE}([^\W\d_]{{1,64}})(?![^\W\d_])")
"""What goes on without end is no word. Looked at from each of thousands of signs that Python counts
as parts of words, such as "½", it would take time by the square of their number."""

_LAST_WORD: Final = re.compile(rf"([^\W\d_]+)[{BLANKS}:=#.]{{0,3}}$")
_WORD: Final = re.compile(r"[^\W0-9_]+")
_AT_END: Final = re.compile(r"[^\w.!?…]*$")
_LOOKED_AT: Final = 40
"""Characters before a place that hold the last word."""

_NEAR: Final = 28
"""Characters before a place that hold a few words: "a scale of about 1:50"."""


def word_behind(found: re.Match[str]) -> str:
    """Return the word behind what was found; empty where none is next to it."""
    return _word_from(found.string, found.end())


def _word_from(text: str, end: int) -> str:
    following = _NEXT_WORD.match(text, end)
    return following[1] if following else ""


def second_word_behind(found: re.Match[str]) -> str:
    """Return the word behind the next one; empty where none is there."""
    first = _NEXT_WORD.match(found.string, found.end())
    second = _NEXT_WORD.match(found.string, first.end()) if first else None
    return second[1] if second else ""


def word_before(found: re.Match[str]) -> str:
    """Return the word before what was found; empty where none is next to it."""
    return word_until(found.string, found.start())


def word_until(text: str, start: int) -> str:
    """Return the word before a place of a text; empty where none is next to it."""
    last = _LAST_WORD.search(text[max(0, start - _LOOKED_AT) : start])
    return last[1] if last else ""


def text_before(found: re.Match[str]) -> str:
    """Return what stands shortly before what was found, in small letters."""
    return found.string[max(0, found.start() - _NEAR) : found.start()].lower()


def words_before(found: re.Match[str]) -> list[str]:
    """Return the few words before what was found, in small letters."""
    return _WORD.findall(text_before(found))


NO_NOUN: Final = frozenset(
    {
        *("a", "an", "and", "as", "at", "by", "each", "for", "from", "in", "is", "of", "off"),
        *("on", "or", "per", "plus", "than", "the", "to", "was", "with"),
    }
)
"""English words behind an amount that are no noun."""


def is_before_noun(found: re.Match[str]) -> bool:
    """Whether an English amount stands before what it tells of: "a $5 bill", "a 5 min walk".

    It may be told twice, in two units: "a 10 m (33 ft) rope".
    """
    text, start, end = found.string, found.start(), found.end()
    if aside := _ASIDE.match(text, end):
        end = aside.end()
    elif outside := _BEFORE_ASIDE.search(text[max(0, start - _NEAR) : start]):
        start -= len(outside[0])
        end += text.startswith(")", end)
    behind = _word_from(text, end)
    is_name = sum(letter.isupper() for letter in behind) > 1  # an OLED display, an NVMe drive
    is_noun = behind.islower() or is_name
    return word_until(text, start).lower() in ("a", "an") and is_noun and behind not in NO_NOUN


_ASIDE: Final = re.compile(rf"{SPACE}\([^\W_]?[0-9][^()]{{0,20}}\)")
_BEFORE_ASIDE: Final = re.compile(
    rf"[^\w\s]?[0-9][0-9.,]{{0,11}}{SPACE}[^\W0-9_]{{0,12}}{SPACE}\($"
)
"""An amount in another unit behind the first one, and what stands before such a one."""


def last_dot(found: re.Match[str]) -> str:
    """Return the dot of what was found if it ends the sentence too; empty where it does not."""
    return "." if _AT_END.match(found.string, found.end()) else ""


def with_last_dot(said: str | None, found: re.Match[str]) -> str | None:
    """Return what is said for an amount, with the dot of its unit if that ends the sentence too."""
    ends = said is not None and (found["unit"] or "").endswith(".")
    return f"{said}{last_dot(found)}" if ends else said

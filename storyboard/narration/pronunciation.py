"""Words that an author says how to say: found in a narration, and said instead. Knows no file.

A word is found as it is written, where no other letter or digit touches it, the longest first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from storyboard.scripts import SPACED, in_class
from storyboard.wire import SAY

Say = tuple[tuple[str, str], ...]
"""Words, and what is said instead of each; the longest first."""

_LETTER: Final = f"{in_class(SPACED)}0-9"
"""What words are made of where blanks part them: a particle of Japanese may touch a name."""

_IS_LETTER: Final = re.compile(f"[{_LETTER}]")


@dataclass(frozen=True, slots=True)
class Respelled:
    """A text in which words are as they are said; `places` are those in the written text.

    Each place is the start and the end of a word, and the start and the end of what is said for it.
    """

    text: str
    places: tuple[tuple[int, int, int, int], ...]

    def written_place(self, at: int) -> int:
        """Return where a place of the text is in the written one: of a word's said end, its end."""
        shift = 0
        for _, end, start, said_end in self.places:
            if at <= start:
                break
            shift = end - said_end
            if at < said_end:
                return end
        return at + shift


def say_of(table: Mapping[str, str]) -> Say:
    """Return a table in the order in which its words are looked for."""
    return tuple(sorted(table.items(), key=lambda row: (-len(row[0]), row[0])))


def say_rows(say: Say) -> list[dict[str, str]]:
    """Return a table as the local studio is sent it, beside a narration's text."""
    return [{"word": word, "said": said} for word, said in say]


def say_from(narration: Mapping[str, Any]) -> Say:
    """Read what the local studio sends back of how words are said; nothing of another one."""
    rows = narration.get(SAY)
    if not isinstance(rows, list):
        return ()
    told = [(row.get("word"), row.get("said")) for row in rows if isinstance(row, dict)]
    return tuple((w, s) for w, s in told if isinstance(w, str) and isinstance(s, str))


def said_in(text: str, say: Say) -> Say:
    """Return the rows of a table whose words a text has."""
    found = {_key(each[0]) for each in _found(text, say)}
    return tuple(row for row in say if _key(row[0]) in found) if found else ()


def respelled(text: str, say: Say) -> str:
    """Return a text with its words as they are said."""
    return respell(text, say).text if say else text


def as_written(text: str, say: Say, written: str = "") -> str:
    """Return a text that was sent respelled with its words as they are written.

    What is said for a word stays where the `written` text of the author has it too: it was meant.
    """
    own = say_of({said: word for word, said in reversed(say)})
    meant = said_in(written, own)
    return respelled(text, tuple(row for row in own if row not in meant))


def respell(text: str, say: Say) -> Respelled:
    """Say the words of a table instead of what is written, and tell where."""
    table = {_key(word): said for word, said in reversed(say)}
    parts: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    done = length = 0
    for found in _found(text, say):
        said = table[_key(found[0])]
        length += found.start() - done
        parts += [text[done : found.start()], said]
        places.append((found.start(), found.end(), length, length + len(said)))
        done, length = found.end(), length + len(said)
    return Respelled("".join((*parts, text[done:])), tuple(places))


def _key(found: str) -> str:
    """Return a word as the table has it: in a narration, its lines may be wrapped inside it."""
    return " ".join(found.split())


def _found(text: str, say: Say) -> Iterator[re.Match[str]]:
    """Find the words of a table in a text. A long table has few words of one text."""
    words = tuple(word for word, _ in say if word.strip() and _may_have(text, word))
    return _pattern(words).finditer(text) if words else iter(())


def _may_have(text: str, word: str) -> bool:
    return word in text or all(part in text for part in word.split())


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_whole(_key(word)) for word in words))


def _whole(word: str) -> str:
    parts = r"\s+".join(map(re.escape, word.split()))
    return f"{_edge('<', word[0])}{parts}{_edge('', word[-1])}"


def _edge(side: str, sign: str) -> str:
    return f"(?{side}![{_LETTER}])" if _IS_LETTER.match(sign) else ""

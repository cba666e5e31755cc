"""Which written word each group of a network's letters says. Knows no network and no times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Spelt:
    """A written word, and how many groups of letters say it; "" where it is not known which."""

    text: str
    groups: int


def groups_of(letters: str) -> int:
    """Count the groups of letters, which blanks part, that make a sound."""
    return sum(any(sign.isalpha() for sign in group) for group in letters.split(" "))


def spell(
    sentence: str, chunks: Sequence[str], count_alone: Callable[[str], int]
) -> tuple[tuple[Spelt, ...], ...]:
    """Return for each chunk of a sentence's letters the words that it says.

    A plain word is one group; `count_alone` tells of how many any other text is when it stands
    alone. Where that does not add up, the words are nameless.
    """
    wanted = [groups_of(letters) for letters in chunks]
    words = sentence.split()
    counts = [1 if _is_plain(word) else count_alone(word) for word in words]
    if sum(counts) != sum(wanted):
        words, counts = [""] * sum(wanted), [1] * sum(wanted)
    spelt = iter([Spelt(word, count) for word, count in zip(words, counts, strict=True) if count])
    return tuple(_taken(spelt, groups) for groups in wanted)


def _taken(spelt: Iterator[Spelt], groups: int) -> tuple[Spelt, ...]:
    """Take words off until the groups are full; a word that does not fit ends with them."""
    taken: list[Spelt] = []
    while groups > 0:
        word = next(spelt, Spelt("", groups))
        taken.append(Spelt(word.text, min(word.groups, groups)))
        groups -= word.groups
    return tuple(taken)


def _is_plain(word: str) -> bool:
    inner = word.strip(".,;:!?…\"'“”‘’()[]—–")
    return _PLAIN.fullmatch(inner) is not None and (inner.islower() or inner.istitle())

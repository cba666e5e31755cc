"""Makes inputs from kept ones: an input follows from seed, surface and number alone.

The code under test has no say in it, so that two states of the code are given the same inputs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

_TOKEN: Final = re.compile(rb"[\w.@-]+|\W")
_ODD: Final = (
    b"0", b"-1", b"1e999", b"NaN", b"99999999999999999999", b"9" * 5000, b"\0", b"\xff", b"\xc3",
    b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80",
    b"\xc2\xb2", b"\xd9\xa3", b"\\ud800", b"\r", b"\r\n", b"\n", b"\t", b" ", b'"', b"'", b"[",
    b"]", b"{", b"}", b"(", b")", b"<", b">", b":", b",", b"%", b"&", b"=", b"#", b"null", b"true",
)  # fmt: skip
"""What parsers of any kind stumble over."""

Change = Callable[[bytes, "_Source"], bytes]


class _Source:
    """Chance, the words of a grammar, and the other inputs."""

    def __init__(self, chance: random.Random, words: Sequence[bytes], others: Sequence[bytes]):
        self.chance = chance
        self.words = (*words, *_ODD)
        self.others = others

    def word(self) -> bytes:
        return self.chance.choice(self.words)

    def stretch(self, text: bytes) -> tuple[int, int]:
        """Return a piece: mostly a short one, and sometimes any."""
        start = self.chance.randrange(len(text) + 1)
        most = len(text) - start
        size = self.chance.randint(0, most if self.chance.random() < 0.2 else min(most, 12))
        return start, start + size


def made(
    seed: int, surface: str, number: int, words: Sequence[bytes], kept: Sequence[bytes], most: int
) -> bytes:
    """Return an input by its number: one of those that are kept, changed a little or much."""
    chance = random.Random(f"{seed} {surface} {number}")
    return changed(chance.choice(kept), chance, words, kept, most)


def changed(
    text: bytes, chance: random.Random, words: Sequence[bytes], kept: Sequence[bytes], most: int
) -> bytes:
    """Return a changed input of at most `most` bytes."""
    source = _Source(chance, words, kept)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 9))):
        text = chance.choices(_CHANGES, _WEIGHTS)[0](text, source)[:most]
    return text


def _flip(text: bytes, source: _Source) -> bytes:
    if not text:
        return text
    at = source.chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ 1 << source.chance.randrange(8)]) + text[at + 1 :]


def _put(text: bytes, source: _Source) -> bytes:
    at = source.chance.randrange(len(text) + 1)
    return text[:at] + source.word() + text[at:]


def _overwrite(text: bytes, source: _Source) -> bytes:
    start, end = source.stretch(text)
    return text[:start] + source.word() + text[end:]


def _cut(text: bytes, source: _Source) -> bytes:
    start, end = source.stretch(text)
    return text[:start] + text[end:]


def _end(text: bytes, source: _Source) -> bytes:
    return text[: source.chance.randrange(len(text) + 1)]


def _repeat(text: bytes, source: _Source) -> bytes:
    start, end = source.stretch(text)
    times = source.chance.choice((2, 2, 3, 40, 2000))
    return text[:end] + text[start:end] * times + text[end:]


def _token(text: bytes, source: _Source) -> bytes:
    """Put a word, or a piece of another input, in the place of a whole token."""
    tokens = [match.span() for match in _TOKEN.finditer(text[:8192])]
    if not tokens:
        return source.word()
    start, end = source.chance.choice(tokens)
    return text[:start] + _piece(source) + text[end:]


def _piece(source: _Source) -> bytes:
    if source.chance.random() < 0.6:
        return source.word()
    tokens = _TOKEN.findall(source.chance.choice(source.others)[:8192])
    return source.chance.choice(tokens) if tokens else b""


def _line(text: bytes, source: _Source) -> bytes:
    """Drop, double, move or borrow a line."""
    lines = text.split(b"\n")
    at, to = (source.chance.randrange(len(lines)) for _ in range(2))
    match source.chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines.insert(to, lines.pop(at))
        case _:
            lines.insert(at, source.chance.choice(source.chance.choice(source.others).split(b"\n")))
    return b"\n".join(lines)


def _splice(text: bytes, source: _Source) -> bytes:
    """Begin as this input and end as another one."""
    other = source.chance.choice(source.others)
    return text[: source.chance.randrange(len(text) + 1)] + other[source.chance.randrange(
        len(other) + 1
    ) :]  # fmt: skip


def _number(text: bytes, source: _Source) -> bytes:
    """Write another number, little or big end first, as formats of media do."""
    if len(text) < 4:
        return text
    size = source.chance.choice((1, 2, 4))
    at = source.chance.randrange(len(text) - size + 1)
    value = source.chance.choice((0, 1, 2, 127, 128, 255, 256, 65535, 2**31 - 1, 2**31, 2**32 - 1))
    order = source.chance.choice(("little", "big"))
    return text[:at] + (value % 256**size).to_bytes(size, order) + text[at + size :]  # type: ignore[arg-type]


_CHANGES: Final[tuple[Change, ...]] = (
    _flip, _put, _overwrite, _cut, _end, _repeat, _token, _line, _splice, _number,
)  # fmt: skip
_WEIGHTS: Final = (3, 5, 3, 3, 1, 2, 6, 3, 1, 2)

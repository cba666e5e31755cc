"""What may reach a terminal or a log, and how everything else is spelled there.

Texts of files and servers are printed, and whoever reads the output may obey it: a terminal its
escape sequences, a reader the direction of a line, a pipeline the lines that look like commands.
So stdout and stderr pass `guarded_streams`, whoever writes to them: commands, tracebacks, logs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Final, TextIO

from storyboard.hidden import begun_secret, keeping_hidden, masked

SURROGATES: Final = "\ud800-\udfff"
"""Half characters, which no encoding writes: the inside of a regular expression's brackets."""

CONTROLS: Final = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029{SURROGATES}\ufeff\ufffe\uffff"
"""Controls, line breaks that only some readers know, surrogates, and the byte order mark: the
inside of a regular expression's brackets."""

TURNS: Final = "\u202a-\u202e\u2066-\u2069"
"""What turns a part of a line around. The marks U+200E, U+200F and U+061C, which Arabic and Hebrew
are written with, cannot: they stand for a letter of no width."""

IGNORED: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Characters that nobody sees, and that a comparison by the rules of a language skips. GitHub's
runner compares so: a zero-width space before or between the colons does not keep a line from being
a command."""

_MARKS: Final = frozenset({"Mn", "Me", "Cf", "Cn"})
"""Categories of marks, formats and characters yet to come, of which it skips many more."""

_UNSAFE: Final = f"[\r{CONTROLS}{TURNS}]"
_COLOR: Final = "\x1b\\[[0-9;]{0,40}m"
_MOVE: Final = "\r|\x1b\\[[0-9]{0,4}[ABCDGHJK]|\x1b\\[\\?25[lh]"
_COMMAND: Final = r"^[^\S\n]*::|##[A-Za-z]{0,20}\["
"""A command of a pipeline: `::error …::` of GitHub at a line's start after white space, its older
`##[error]` and Azure's `##vso[…]` anywhere in a line, `##teamcity[…]`. Names are not looked at:
the list of those that work grows. What is skipped is taken out before."""

_REMEMBERED: Final = 80
"""How much of a line that one write began is looked at with the next: more than a command needs."""


def spelled(char: str) -> str:
    """Return a character as an escape that JSON, YAML and expressions read too: `\\u001b`."""
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def is_safe(char: str) -> bool:
    """Whether a character may be printed as it is, within a line."""
    return _unsafe().match(char) is None


@cache
def _unsafe(kept: str = "") -> re.Pattern[str]:
    """Return what finds unsafe characters, and what is `kept` before them.

    Compiled where it is needed: the start of every command would pay for it.
    """
    return re.compile(f"(?P<kept>{kept})|{_UNSAFE}" if kept else _UNSAFE)


def _is_plain(text: str) -> bool:
    """Whether a text has letters of ASCII and line breaks alone, as most have."""
    return text.isascii() and text.replace("\n", "").isprintable()


def _disarmed(text: str, before: str) -> str:
    whole = before + text
    if whole.count(":") < 2 and whole.count("#") < 2:
        return text
    places = _compared(whole)
    read = whole if whole.isascii() else "".join(whole[place] for place in places)
    parts, done = [], len(before)
    # compiled where it is needed, as above
    for found in re.finditer(_COMMAND, read, re.MULTILINE):
        at = places[found.end() - 1]
        if at >= done:
            parts += [whole[done:at], spelled(whole[at])]
            done = at + 1
    return "".join((*parts, whole[done:]))


def _compared(text: str) -> Sequence[int]:
    """Return the places of the characters that count where texts are compared."""
    if text.isascii():
        return range(len(text))
    from unicodedata import category

    unseen = re.compile(f"[{IGNORED}]").match
    return [
        place
        for place, char in enumerate(text)
        if char.isascii() or not (category(char) in _MARKS or unseen(char))
    ]


class GuardedStream:
    """A text stream that spells out what is not safe; all but writing is the stream's own.

    Secrets are masked, so that whoever writes does not need to know of them.

    There is no way around it: it has no `buffer`. `kept` are the sequences that pass, such as
    colors, as a regular expression.
    """

    def __init__(self, stream: TextIO, kept: str = "") -> None:
        self._stream = stream
        self._kept = kept
        self._line = ""
        self._held = ""

    def __getattr__(self, name: str) -> Any:
        if name in ("buffer", "raw", "detach"):
            raise AttributeError(name)
        return getattr(self._stream, name)

    def write(self, text: str | bytes) -> int:
        """Write a text as it is safe to print; returns how much of it was taken: all.

        Bytes are taken for UTF-8: click writes completions so. What may be the first part of a
        secret is held back until more comes, or the stream is flushed.
        """
        text = text if isinstance(text, str) else text.decode("utf-8", "replace")
        whole = self._held + text
        shown = len(whole) - begun_secret(whole)
        self._held = whole[shown:]
        self._write(whole[:shown])
        return len(text)

    def write_commands(self, text: str) -> None:
        """Write whole lines that are commands of ours; foreign text in them has to be encoded."""
        self._release()
        self._stream.write(self._safe(text))
        self._line = ""

    def flush(self) -> None:
        """Write what was held back, and flush the stream."""
        self._release()
        self._stream.flush()

    def _release(self) -> None:
        held, self._held = self._held, ""
        self._write(held)

    def _write(self, text: str) -> None:
        safe = _disarmed(self._safe(text), self._line)
        self._stream.write(safe)
        self._line = _end_of_line(self._line, safe)

    def _safe(self, text: str) -> str:
        shown = masked(text)
        return shown if _is_plain(shown) else _unsafe(self._kept).sub(self._spelled, shown)

    def writelines(self, lines: Iterator[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def for_bars(self) -> GuardedStream:
        """Return the same stream for what moves the cursor, as progress bars do."""
        return GuardedStream(self._stream, f"{_COLOR}|{_MOVE}")

    def _spelled(self, found: re.Match[str]) -> str:
        return found[0] if self._kept and found["kept"] is not None else spelled(found[0])


def for_bars(stream: TextIO) -> Any:
    """Return a stream for what moves the cursor: of one that is guarded, what lets that pass."""
    return stream.for_bars() if isinstance(stream, GuardedStream) else stream


def _end_of_line(line: str, text: str) -> str:
    """Return what a line has, as far as it decides whether more text makes it a command."""
    start = text.rfind("\n") + 1
    added = text[start:]
    if not added.isascii():
        added = "".join(added[place] for place in _compared(added))
    whole = added if start else line + added
    if len(whole) <= _REMEMBERED:
        return whole
    return ("" if whole.isspace() else "x") + whole[-_REMEMBERED:]


def write_commands(text: str) -> None:
    """Write lines to stdout that a pipeline is to obey; what others wrote in them is encoded."""
    stream = sys.stdout
    if isinstance(stream, GuardedStream):
        stream.write_commands(text)
    else:
        stream.write(text)


@contextmanager
def guarded_streams() -> Iterator[None]:
    """Guard stdout and stderr; colors pass where a terminal shows them."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guarded, before)
    try:
        with keeping_hidden():
            yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):  # nobody reads on, or it is closed
                stream.flush()
        sys.stdout, sys.stderr = before


def _guarded(stream: Any) -> Any:
    if stream is None or isinstance(stream, GuardedStream):
        return stream
    _take_every_character(stream)
    return GuardedStream(stream, _COLOR if stream.isatty() else "")


def _take_every_character(stream: Any) -> None:
    """Have a stream spell what its encoding has no character for, instead of failing.

    ASCII is what Python falls back to where nothing is set: such places take UTF-8.
    """
    if not hasattr(stream, "reconfigure"):
        return
    unset = (stream.encoding or "").lower().replace("_", "-") in (
        "ascii",
        "us-ascii",
        "ansi-x3.4-1968",
    )
    stream.reconfigure(encoding="utf-8" if unset else None, errors="backslashreplace")

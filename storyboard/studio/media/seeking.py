"""Where in a file a moment is. Knows containers and their time stamps; decodes nothing.

Formats seek differently. MPEG-TS goes by when a picture is decoded, which is before it is shown,
and to any packet: whoever asks for the first instant misses the key frame that it needs. AVI and
FLV refuse a moment before the beginning, where MPEG-TS has to be asked for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from av.container import InputContainer
from av.error import FFmpegError

_SECOND: Final = 1_000_000
_BEFORE: Final = 10 * _SECOND
"""Microseconds before the beginning, to be sure to come to it: no picture is decoded so early."""

_STEPS: Final = (0, 2 * _SECOND, 10 * _SECOND, 60 * _SECOND)
"""Microseconds by which to go back where a seek came out too late: key frames of recorders are
two seconds apart, of screen recordings ten, rarely more."""


def start_microseconds(container: InputContainer) -> int:
    """Return the time stamp that players call zero."""
    return container.start_time or 0


def rewind(container: InputContainer) -> None:
    """Go to the first packet."""
    zero = start_microseconds(container)
    try:
        container.seek(zero - _BEFORE)
    except FFmpegError:
        container.seek(zero)


def seeks_before(container: InputContainer, time: int) -> Iterator[None]:
    """Go to a key frame before a moment, in microseconds; each step goes back further.

    Whoever decodes from there and finds a later picture takes the next step. The last one is the
    beginning.
    """
    zero = start_microseconds(container)
    for back in _STEPS:
        if time > back:
            container.seek(time - back + zero, backward=True)
            yield
    rewind(container)
    yield

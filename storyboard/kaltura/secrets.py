"""Keeps sessions and secrets out of whatever is shown: by their values, and by their shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from storyboard.hidden import MASK, hide, masked

_SHAPES = (
    re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/\"']+(?=@)"),
    # `v2|` in base64, with which each KS begins.
    re.compile(r"djJ8[A-Za-z0-9+/_=\-]{8,}"),
    re.compile(r"(?i)(bearer\s+)[^\s\"']+"),
    re.compile(r"(?i)((?:[?&;/]|\b)(?:ks|secret|tokenhash|token)[=/])[^\s&\"'/]+"),
)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Secret:
    """A text that has no readable form unless `reveal` is called, and that no output shows."""

    _text: str = field(repr=False)

    def __post_init__(self) -> None:
        hide(self)

    def reveal(self) -> str:
        """Return the secret itself, to be sent and never shown."""
        return self._text

    def __str__(self) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._text)


def is_sendable(text: str) -> bool:
    """Whether a text can be a secret or a session of Kaltura: one line of ASCII, no spaces."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def redact(text: str) -> str:
    """Mask the secrets that were made, and what looks like one, in a text that is shown."""
    text = masked(text)
    for shape in _SHAPES:
        text = shape.sub(lambda m: (m.group(1) if m.re.groups else "") + MASK, text)
    return text

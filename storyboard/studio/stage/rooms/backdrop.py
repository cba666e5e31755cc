"""Which background a presenter stands before, as a value. Paints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class BackdropKind(Enum):
    """What stands behind a full-screen presenter."""

    COLOR = "color"
    LIBRARY = "library"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Backdrop:
    """A background: `value` is `#RRGGBB`, a library id, or the path of an image file."""

    kind: BackdropKind
    value: str

"""What a program of the studio tells its parent when it fails, and what becomes of that there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from storyboard.studio.film.request import FilmError


@dataclass(frozen=True, slots=True)
class Refused:
    """A `FilmError`, taken apart."""

    code: str
    message: str
    scene: int | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug of ours; its traceback was logged."""

    message: str


LOOK_SECONDS: Final = 0.1
"""How often who waits for an answer asks whether it is still wanted."""


def told_of(cause: Exception) -> Refused | Broken | OSError:
    """Return what a program tells its parent of what it failed with."""
    match cause:
        case FilmError():
            return Refused(cause.code, str(cause), cause.scene)
        case OSError():
            return OSError(cause.errno, cause.strerror or str(cause))
        case _:
            return Broken(f"{type(cause).__name__}: {cause}")


def raise_told(answer: Any) -> None:
    """Raise what a program failed with; an answer that is none of that is left."""
    match answer:
        case Refused(code, message, scene):
            raise FilmError(code, message, scene=scene)
        case Broken(message):
            raise FilmError("internal", message)
        case OSError():
            raise answer

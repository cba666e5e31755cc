"""What a program that makes films tells, and is told, besides `Progress` and `Film`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.studio.film.request import FilmRequest

if TYPE_CHECKING:
    from storyboard.studio.film.refusals import Rules


@dataclass(frozen=True, slots=True)
class Order:
    """A film to make, as `make_film` takes it."""

    request: FilmRequest
    cache: Path
    output: Path
    rules: Rules


@dataclass(frozen=True, slots=True)
class Refused:
    """A `FilmError`, taken apart."""

    code: str
    message: str
    scene: int | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug of ours; its traceback went to stderr."""

    message: str

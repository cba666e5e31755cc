"""What the studio has others make: films, speech, portraits. The real ones load when first used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol

from storyboard.studio.film.request import Backdrop, Film, FilmRequest, OnProgress


class FilmMaker(Protocol):
    """Makes a film; raises `FilmError` or `Cancelled`; several at once from different threads."""

    def __call__(
        self,
        request: FilmRequest,
        *,
        cache: Path,
        output: Path,
        on_progress: OnProgress,
        cancelled: Callable[[], bool],
    ) -> Film:
        """Write the film to `output`."""
        ...


class Speaker(Protocol):
    """Speaks a narration as MP3; the other narrations tell its language."""

    def __call__(self, narration: str, presenter: str, narrations: Sequence[str]) -> bytes:
        """Return the whole MP3; raises `FilmError` or `VoiceError`."""
        ...


class Portraitist(Protocol):
    """Draws a presenter on a backdrop."""

    def __call__(self, presenter: str, backdrop: Backdrop) -> bytes:
        """Return a PNG."""
        ...


def film(
    request: FilmRequest,
    *,
    cache: Path,
    output: Path,
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
) -> Film:
    """Make a film with the studio's own film maker."""
    make: FilmMaker = import_module("storyboard.studio.film.make").make_film
    return make(request, cache=cache, output=output, on_progress=on_progress, cancelled=cancelled)


def speech(narration: str, presenter: str, narrations: Sequence[str]) -> bytes:
    """Speak with the studio's own voices."""
    speak: Speaker = import_module("storyboard.studio.film.make").preview_mp3
    return speak(narration, presenter, narrations)


def portrait(presenter: str, backdrop: Backdrop) -> bytes:
    """Draw with the studio's own presenters."""
    draw: Portraitist = import_module("storyboard.studio.portrait").draw_portrait
    return draw(presenter, backdrop)


def library() -> tuple[str, ...]:
    """Return the ids of the studio's own backgrounds."""
    ids: tuple[str, ...] = import_module("storyboard.studio.stage.backdrop").LIBRARY_IDS
    return ids


@dataclass(frozen=True, slots=True)
class Makers:
    """Who makes what; the studio's own unless told otherwise."""

    film: FilmMaker = field(default=film)
    speech: Speaker = field(default=speech)
    portrait: Portraitist = field(default=portrait)
    library: Callable[[], tuple[str, ...]] = field(default=library)

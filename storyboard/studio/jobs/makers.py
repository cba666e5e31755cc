"""What the studio has others make: films, speech, portraits, compositions, storyboards.

The studio's own makers import their modules when they are first called, and do nothing else: numpy,
codecs and drawing take 0.4 s, which a `plan` in this process does without. They are also the seam
where tests put quick ones, and a composer of the user's own comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from storyboard.studio.compose.request import Composer, ComposeRequest, Composition
from storyboard.studio.film.request import Film, FilmError, FilmOrder, OnProgress
from storyboard.studio.stage.rooms.backdrop import Backdrop

if TYPE_CHECKING:
    from storyboard.studio.voice.own_voices import OwnVoices


class FilmMaker(Protocol):
    """Makes a film; raises `FilmError` or `Cancelled`; several at once from different threads."""

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        """Write the film to the order's `output`."""
        ...


class Speaker(Protocol):
    """Speaks a narration as MP3; all narrations of the video tell its language, or its `locale`."""

    def __call__(
        self,
        narration: str,
        presenter: str,
        narrations: Sequence[str],
        *,
        locale: str | None = None,
    ) -> Iterator[bytes]:
        """Yield the MP3 as it is spoken; raises `FilmError` before the first byte.

        Where the operator has voices, they are given, too, as `voices`.
        """
        ...


class Timer(Protocol):
    """Tells how long the scenes of a film last without filming them."""

    def __call__(
        self, narrations: Sequence[str], presenter: str, cache: Path, cancelled: Callable[[], bool]
    ) -> Sequence[float]:
        """Return each scene's seconds; raises `FilmError`, `Cancelled`, `OSError`."""
        ...


class Portraitist(Protocol):
    """Draws a presenter on a backdrop."""

    def __call__(self, presenter: str, backdrop: Backdrop) -> bytes:
        """Return a PNG."""
        ...


class Storyboard(Protocol):
    """A video as a file: path and text, both empty where no file can be it, for the reasons."""

    @property
    def file(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def reasons(self) -> Sequence[str]: ...


class StoryboardWriter(Protocol):
    """Writes a video as a storyboard file. Whoever opens the studio brings one, or does without:
    the studio itself knows no files."""

    def __call__(
        self,
        video: Mapping[str, Any],
        avatars: Sequence[Mapping[str, Any]],
        names: Mapping[str, str],
    ) -> Storyboard:
        """Return the file; `names` are those of entries, by id."""
        ...


def film(order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]) -> Film:
    """Make a film with the studio's own film maker."""
    from storyboard.studio.film.make import make_ordered

    return make_ordered(order, on_progress, cancelled)


def speech(
    narration: str,
    presenter: str,
    narrations: Sequence[str],
    voices: OwnVoices | None = None,
    locale: str | None = None,
) -> Iterator[bytes]:
    """Speak with the operator's `voices`, or the studio's."""
    from storyboard.studio.text.recognition import film_language
    from storyboard.studio.voice.casting import voice_for
    from storyboard.studio.voice.mp3 import stream_mp3
    from storyboard.studio.voice.own_voices import more_languages
    from storyboard.studio.voice.speech import VoiceError

    try:
        language = film_language(narrations, locale, more_languages(voices))
        yield from stream_mp3(narration, voice_for(presenter, language, voices))
    except VoiceError as cause:
        raise FilmError("no-voice", str(cause)) from cause


def timing(
    narrations: Sequence[str],
    presenter: str,
    cache: Path,
    cancelled: Callable[[], bool],
    voices: OwnVoices | None = None,
) -> Sequence[float]:
    """Time scenes by speaking them, with the operator's `voices` or the studio's."""
    from storyboard.studio.film.timing import time_scenes

    return time_scenes(narrations, presenter, cache, cancelled, voices)


def portrait(presenter: str, backdrop: Backdrop) -> bytes:
    """Draw with the studio's own presenters."""
    from storyboard.studio.stage.preview import preview_png

    return preview_png(presenter, backdrop)


def composer(request: ComposeRequest) -> Composition:
    """Compose offline, out of the sources' own sentences."""
    from storyboard.studio.compose.scenes import compose

    return compose(request)


@dataclass(frozen=True, slots=True)
class Makers:
    """Who makes what; the studio's own unless told otherwise."""

    film: FilmMaker = film
    speech: Speaker = speech
    portrait: Portraitist = portrait
    composer: Composer = composer
    timing: Timer = timing
    storyboard: StoryboardWriter | None = None

    def speaking(self, voices: OwnVoices) -> Makers:
        """Return the same makers, of which those that speak do it with the operator's voices."""
        given: Any = {"voices": voices}  # makers of a test's own do without
        speaks, times = partial(self.speech, **given), partial(self.timing, **given)
        return replace(self, speech=speaks, timing=times)

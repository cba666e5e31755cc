"""What a film is made of, and what making it tells. Knows no API object and no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.caption_files import Cue as Cue
from storyboard.narration.pronunciation import Say, respelled
from storyboard.presenter_title import Title
from storyboard.studio.film.rules import Rules
from storyboard.studio.film.sharing import WHOLE, Share
from storyboard.studio.stage.rooms.backdrop import Backdrop

if TYPE_CHECKING:  # it loads what measures media
    from storyboard.studio.film.cache import SharedCache
    from storyboard.studio.voice.own_voices import OwnVoices


@dataclass(frozen=True, slots=True)
class Clip:
    """B-roll: a media file, from `start` seconds on.

    With a `loop`, it begins at `start` again after so many seconds; else its last picture stays.
    One that is `is_still` is a picture: it has no rate and no end.
    """

    path: Path
    start: float
    loop: float | None = None
    is_still: bool = False

    @property
    def instants(self) -> tuple[int, ...]:
        """Return the microseconds that tell which of its pictures come when."""
        told = (self.start,) if self.loop is None else (self.start, self.loop)
        return tuple(round(seconds * 1_000_000) for seconds in told)


@dataclass(frozen=True, slots=True)
class FilmScene:
    """One scene to film: the presenter over its `clip`, or filling the frame without one.

    Words of `say` are spoken as it tells, and shown as they are written. A `title` is who presents,
    shown at the scene's beginning.
    """

    narration: str
    presenter: str
    backdrop: Backdrop
    clip: Clip | None = None
    say: Say = ()
    title: Title | None = None

    @property
    def spoken(self) -> str:
        """The narration as its voice gets it."""
        return respelled(self.narration, self.say)


@dataclass(frozen=True, slots=True)
class Profile:
    """Size and effort of the picture; never changes the timing.

    x264's `preset`, but for `subme`: how finely motion is followed. Against the preset's own 2, 1
    takes 11 to 17 % less of x264's time for presenters and dashboards, and 27 % less for noise; it
    takes 1 to 5 % (6 %) more bytes, and PSNR is 0.15 dB lower, of 49 to 51 dB (noise: 0.06 dB
    higher, of 45), SSIM by 0.0002. Other presets and options lose more than they save.
    """

    width: int = 1920
    height: int = 1080
    fps: int = 25
    preset: str = "veryfast"
    crf: int = 23
    subme: int = 1


DRAFT = Profile(width=960, height=540, preset="ultrafast", crf=28, subme=0)


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """A whole film: its scenes in order; the language is recognized from all their narrations.

    A `locale` tells the region of that language.

    Players show its `title` in place of the file's name. It `burns_captions` if they are a part of
    its pictures.
    """

    scenes: tuple[FilmScene, ...]
    profile: Profile = field(default_factory=Profile)
    title: str = ""
    burns_captions: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """A film to make into `output`, with what earlier ones left in `cache`, by these rules.

    `shared` is the cache of all machines, where there is one, and `voices` are the operator's. Of
    a `share` with `only` some scenes comes an empty file: they are in the cache then.
    """

    request: FilmRequest
    cache: Path
    output: Path
    rules: Rules
    shared: SharedCache | None = None
    share: Share = WHOLE
    voices: OwnVoices | None = None


@dataclass(frozen=True, slots=True)
class SceneProgress:
    """How many of the frames that a scene needs are encoded; a scene that is cached needs none."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a film is: `done` of `total`.

    Scenes in the stage `speech`, frames in `frames` and `joining`; what is cached is no work and
    is not counted. In `frames` it is told of each scene, too.
    """

    stage: str
    done: int
    total: int
    scenes: tuple[SceneProgress, ...] = ()


@dataclass(frozen=True, slots=True)
class SceneTiming:
    """A scene's place in the film, in whole frames."""

    start_frame: int
    frames: int


@dataclass(frozen=True, slots=True)
class Film:
    """A finished film: an MP4 file, its timeline, and captions and chapters on that timeline."""

    path: Path
    frames: int
    fps: int
    language: str
    timeline: tuple[SceneTiming, ...]
    rendered_scenes: tuple[int, ...]
    captions: tuple[Cue, ...] = ()
    chapters: tuple[Cue, ...] = ()

    @property
    def seconds(self) -> float:
        """Length of the picture."""
        return self.frames / self.fps


class FilmError(Exception):
    """The film cannot be made; `code` is stable, `scene` the 0-based index to blame."""

    def __init__(self, code: str, message: str, *, scene: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.scene = scene


class Cancelled(Exception):
    """The caller asked to stop; nothing half-written stays."""


OnProgress = Callable[[Progress], None]

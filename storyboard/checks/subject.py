"""What a rule looks at, and what it may find. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from storyboard.catalogs.unread import Heading
from storyboard.checks.outline import Outline, VideoOutline
from storyboard.expand.compiled import Compiled
from storyboard.language.clip import Look
from storyboard.language.project import Project
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.video import Scene, Video
from storyboard.wire import GUIDE


def is_clear(tag: str) -> bool:
    """Hold every locale for clear: nothing is `unclear`."""
    return False


@dataclass(frozen=True, slots=True)
class Subject:
    """One storyboard in the locales that something is to be said of, and its project."""

    project: Project
    compiled: Compiled

    @property
    def videos(self) -> tuple[Video, ...]:
        """Return every video."""
        return self.compiled.videos

    def scenes(self) -> Iterator[tuple[Video, Scene]]:
        """Yield every scene of every video."""
        for video in self.videos:
            for scene in video.scenes:
                yield video, scene


@dataclass(frozen=True, slots=True)
class Unset:
    """Why a text cannot be set: its letters are in no font, or nothing shapes them."""

    told: str
    wants_shaping: bool

    @property
    def hint(self) -> str:
        """What to install."""
        return _SHAPING if self.wants_shaping else _FONT


_FONT: Final = "install a font that has them, such as those of Noto (Debian: fonts-noto)"
_SHAPING: Final = "install FriBiDi (Debian: libfribidi0), which orders and joins such letters"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of the studio that the videos are for.

    `media` looks at stand-ins; `voices` tells whether the studio speaks a locale, and is None where
    nobody can tell; `unclear` tells whether it speaks it badly. `library` lists the studio's
    backgrounds, `entries` are those that it has; each is None where nobody can tell. `by_name` says
    that the environment finds videos by name, and `profile` which generation of the API its studio
    speaks. `unset` tells why a text cannot be set in a film's pictures, None where nobody can tell.
    """

    media: Look
    voices: Callable[[str], bool] | None = None
    unclear: Callable[[str], bool] = is_clear
    library: Callable[[], Collection[str]] | None = None
    entries: Collection[str] | None = None
    by_name: bool = False
    profile: str = GUIDE
    unset: Callable[[str], Unset | None] | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole compilation; `complete` where no storyboard was left out or could not be read.

    `others` are storyboards that nothing is to be said of, and that these are compared with.
    `catalogs` are all that were read, `catalog_paths` lists all that there are.
    """

    project: Project
    storyboards: tuple[Outline, ...]
    around: Surroundings
    complete: bool
    catalogs: tuple[Heading, ...]
    catalog_paths: Callable[[], Collection[str]]
    others: tuple[Outline, ...] = ()

    @property
    def videos(self) -> Iterator[VideoOutline]:
        """Yield every video."""
        return (video for each in self.storyboards for video in each.videos)

    def locales(self) -> Iterator[tuple[str, Span]]:
        """Yield the locales that videos are made in, once a place that names them."""
        seen: set[Span] = set()
        for tag, span in (each for board in self.storyboards for each in board.locales):
            if span not in seen:
                seen.add(span)
                yield tag, span


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found; the rule gives it its code and severity."""

    message: str
    span: Span | None
    hint: str | None = None
    notes: tuple[Note, ...] = ()


def _nothing(_: object) -> Iterator[Finding]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code in the table of `storyboard/codes`, and how it looks for findings.

    `check` looks at one storyboard alone, so that its findings depend on nothing else. `survey`
    looks at all of them, and at the studio.
    """

    code: str
    check: Callable[[Subject], Iterator[Finding]] = _nothing
    survey: Callable[[Survey], Iterator[Finding]] = _nothing

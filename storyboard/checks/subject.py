"""What a rule looks at, and what it may find. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from storyboard.expand.catalog_files import CatalogFiles
from storyboard.expand.compiled import Compiled as Compiled
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
    """A whole compilation; `complete` where no storyboard was left out or could not be read.

    `media` looks at stand-ins; `voices` tells whether the studio speaks a locale, and is None where
    nobody can tell; `unclear` tells whether it speaks it badly. `others` are storyboards that
    nothing is to be said of, and that these are compared with. `library` lists the studio's
    backgrounds, `entries` are those that it has; each is None where nobody can tell. `catalogs` are
    all there are. `by_name` says that the environment finds videos by name, and `profile` which
    generation of the API its studio speaks.
    """

    project: Project
    storyboards: tuple[Compiled, ...]
    media: Look
    complete: bool
    catalogs: CatalogFiles
    voices: Callable[[str], bool] | None = None
    unclear: Callable[[str], bool] = is_clear
    others: tuple[Compiled, ...] = ()
    library: Callable[[], Collection[str]] | None = None
    entries: Collection[str] | None = None
    by_name: bool = False
    profile: str = GUIDE

    @property
    def videos(self) -> tuple[Video, ...]:
        """Return every video."""
        return tuple(video for each in self.storyboards for video in each.videos)

    def scenes(self) -> Iterator[tuple[Video, Scene]]:
        """Yield every scene of every video."""
        for video in self.videos:
            for scene in video.scenes:
                yield video, scene


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found; the rule gives it its code and severity."""

    message: str
    span: Span | None
    hint: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code in the table of `storyboard/codes`, and how it looks for findings."""

    code: str
    check: Callable[[Subject], Iterator[Finding]]

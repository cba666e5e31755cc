"""What a rule looks at, and what it may find. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from storyboard.catalogs.unread import Heading
from storyboard.checks.outline import Outline, VideoOutline
from storyboard.checks.studio_facts import StudioFacts
from storyboard.expand.compiled import Compiled
from storyboard.language.project import Project
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.video import Scene, Video


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
class Survey:
    """A whole compilation; `complete` where no storyboard was left out or could not be read.

    `others` are storyboards that nothing is to be said of, and that these are compared with.
    `catalogs` are all that were read, `catalog_paths` lists all that there are. `by_name` says that
    the environment finds videos by name.
    """

    project: Project
    storyboards: tuple[Outline, ...]
    studio: StudioFacts
    by_name: bool
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

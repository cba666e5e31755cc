"""What a rule looks at, and what it may find. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass

from storyboard.expand.compiled import Compiled as Compiled
from storyboard.language.clip import Clip
from storyboard.language.project import Project
from storyboard.source.diagnostic import Note, Severity
from storyboard.source.span import Span
from storyboard.video import Scene, Video


@dataclass(frozen=True, slots=True)
class Subject:
    """A whole compilation; `complete` where no storyboard was left out or could not be read.

    `media` has facts about stand-ins, by path; `voices` the locales that the studio speaks, None
    where nobody can tell, and `unclear` those that it speaks badly.
    """

    project: Project
    storyboards: tuple[Compiled, ...]
    videos: tuple[Video, ...]
    media: Mapping[str, Clip]
    complete: bool
    voices: Container[str] | None = None
    unclear: Container[str] = ()

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
    """A rule: its code, how bad a finding is by default, what it says, and how it looks."""

    code: str
    severity: Severity
    summary: str
    check: Callable[[Subject], Iterator[Finding]]

"""What a composer is asked and what it answers. Knows no way of composing.

ComposeError    the sources cannot be composed; `code` says why, for the control plane
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from storyboard.caption_files import Cue as Cue
from storyboard.studio.compose.pace import Stopwatch, reckoned_scenes


class Format(Enum):
    """What the video will be: by the guide's names (§7), and the newest generation's third."""

    SESSION_HIGHLIGHTS = "session-highlights"
    VIDEO_EXPLAINER = "video-explainer"
    PRESENTATION = "presentation-narration"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: before which character of its text it stands, and its words."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """One entry's words: its captions, or its text where it is a document.

    `seconds` is how much of it can be shown as b-roll from its start, 0 where nothing can. `slides`
    are the numbers and the words of those that a presentation is narrated by. The `text` is without
    its `headings`.
    """

    entry_id: str
    name: str
    seconds: float = 0.0
    cues: tuple[Cue, ...] = ()
    text: str = ""
    slides: tuple[tuple[int, str], ...] = ()
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class ComposeRequest:
    """What to compose; `duration` is the film's length that is wanted, in seconds (1-1200).

    `stopwatch` tells how long scenes would last, spoken by who will speak them.
    """

    format: Format
    duration: float
    sources: tuple[Source, ...]
    brief: str = ""
    wants_name: bool = False
    stopwatch: Stopwatch = reckoned_scenes


@dataclass(frozen=True, slots=True)
class ComposedScene:
    """One scene: b-roll from `entry_id` at `start` seconds, or full-screen where that is `None`.

    With a `slide`, that one of the entry is shown.
    """

    narration: str
    entry_id: str | None = None
    start: float = 0.0
    slide: int | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """What was composed; `name` only where one was asked for and could be found.

    `notices` tell who asked what they could not see in the scenes: that the brief was of no use,
    say.
    """

    scenes: tuple[ComposedScene, ...]
    name: str | None = None
    notices: tuple[str, ...] = ()


class ComposeError(Exception):
    """The sources cannot be composed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Composer(Protocol):
    """Writes scenes; raises `ComposeError`; several at once from different threads."""

    def __call__(self, request: ComposeRequest) -> Composition:
        """Return at least one scene, and at most 20."""
        ...

"""What a compilation is told of the studio that the videos are for; asks it nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from storyboard.checks.outline import Otherwise
from storyboard.language.clip import Look, see_nothing
from storyboard.wire import GUIDE

_FONT: Final = "install a font that has them, such as those of Noto (Debian: fonts-noto)"
_SHAPING: Final = "install FriBiDi (Debian: libfribidi0), which orders and joins such letters"


def is_clear(tag: str) -> bool:
    """Hold every locale for clear: nothing is `unclear`."""
    return False


@dataclass(frozen=True, slots=True)
class Unset:
    """Why a text cannot be set: its letters are in no font, or nothing shapes them."""

    told: str
    wants_shaping: bool

    @property
    def hint(self) -> str:
        """What to install."""
        return _SHAPING if self.wants_shaping else _FONT


@dataclass(frozen=True, slots=True)
class StudioFacts:
    """What is known of the studio, and of the machine; each function is None if it cannot know.

    `films_here` tells that the studio in this process makes the films, which has one file an entry,
    and `is_shared` that a local studio does which is served. `profile` tells which generation of
    the API the studio speaks. `media` looks at a stand-in; a video that needs one that cannot serve
    is held. `voices` tells whether the studio speaks a locale, `unclear` whether it speaks it
    badly, `otherwise` in which other language it will speak narrations of a locale. `library` lists
    the studio's backgrounds. `entries` lists those that it has, None if that is not known; a video
    is held that shows another one, for which no file stands in. `unset` tells why a text cannot be
    set in a film's pictures, if it cannot.
    """

    films_here: bool = False
    is_shared: bool = False
    profile: str = GUIDE
    media: Look = see_nothing
    voices: Callable[[str], bool] | None = None
    unclear: Callable[[str], bool] = is_clear
    otherwise: Otherwise | None = None
    library: Callable[[], Collection[str]] | None = None
    entries: Callable[[], Collection[str] | None] | None = None
    unset: Callable[[str], Unset | None] | None = None

    @property
    def is_local(self) -> bool:
        """Whether the films show what only a local studio is told."""
        return self.films_here or self.is_shared


UNKNOWN_STUDIO = StudioFacts()

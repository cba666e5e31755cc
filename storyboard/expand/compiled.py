"""What became of the storyboards, and all that was found on the way, each thing once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.expand.assembly import Assembled
from storyboard.expand.expansion import Expansion
from storyboard.language.storyboard import Storyboard
from storyboard.source.diagnostic import Diagnostic
from storyboard.video import Address, Video


@dataclass(frozen=True, slots=True)
class Compiled:
    """One storyboard with its includes in place, and what became of it in each locale."""

    assembled: Assembled
    expansions: tuple[Expansion, ...]

    @property
    def storyboard(self) -> Storyboard:
        """Return the storyboard."""
        return self.assembled.storyboard

    @property
    def videos(self) -> tuple[Video, ...]:
        """Return the videos that could be made."""
        return tuple(each.video for each in self.expansions if each.video is not None)

    @property
    def is_whole(self) -> bool:
        """Whether every locale became a video: what is not used then is used nowhere."""
        return len(self.videos) == len(self.assembled.locales)

    @property
    def unmade(self) -> tuple[Address, ...]:
        """Return the addresses that have no video, because of errors."""
        return tuple(each.address for each in self.expansions if each.video is None)

    def only(self, scope: Sequence[str], *, matching: bool) -> Compiled:
        """Return it with the locales that the addresses name, or with those that they do not."""
        chosen = (e for e in self.expansions if e.address.matches(scope) is matching)
        return replace(self, expansions=tuple(chosen))


def findings_by_locale(
    compiled: Compiled,
) -> Iterator[tuple[Address, tuple[Diagnostic, ...]]]:
    """Yield each locale with what is wrong in it, without what follows from a lost definition."""
    lost = compiled.assembled.lost
    for each in compiled.expansions:
        yield (
            each.address,
            tuple(f for f in each.findings if not any(it.explain(f) for it in lost)),
        )

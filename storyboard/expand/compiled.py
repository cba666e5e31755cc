"""What became of the storyboards, and all that was found on the way, each thing once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.expand.assembly import Assembled
from storyboard.expand.expansion import Expansion
from storyboard.language.storyboard import Storyboard
from storyboard.source.diagnostic import Diagnostic, one_a_place
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


def findings_of(compiled: Iterable[Compiled]) -> tuple[Diagnostic, ...]:
    """Return what was found in storyboards and their locales.

    Where a file has not the shape that its schema asks for, the schema speaks first.
    """
    everything = list(compiled)
    written = [finding for each in everything for finding in each.assembled.findings]
    catalogs = [f for each in everything for e in each.expansions for f in e.texts.findings]
    return one_a_place((*written, *catalogs), _by_locale(everything))


def _by_locale(compiled: Iterable[Compiled]) -> Iterator[Diagnostic]:
    """Name the locales of what is wrong only in some.

    What is wrong in the project's file is found by many storyboards, and said once.
    """
    found: dict[Diagnostic, set[str]] = {}
    elsewhere: dict[Diagnostic, set[str]] = {}
    for each in compiled:
        tags = {expansion.address.locale or "" for expansion in each.expansions}
        for expansion in each.expansions:
            for finding in expansion.findings:
                if any(lost.explain(finding) for lost in each.assembled.lost):
                    continue
                found.setdefault(finding, set()).add(expansion.address.locale or "")
                elsewhere.setdefault(finding, set()).update(tags)
    for finding, tags in found.items():
        if tags != elsewhere[finding]:
            finding = replace(finding, message=f"{finding.message} (in {', '.join(sorted(tags))})")
        yield finding

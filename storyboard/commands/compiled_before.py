"""What compiling a request gave before, believed where nothing that it depends on has changed.

The project's files are asked again what they were asked. What also depends on the operator or the
machine is judged again: the environment, which entries the local studio has, and which texts the
fonts here can set.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from storyboard.commands.environment import Settings, profile_of, resolve_environment
from storyboard.commands.film_folders import entries_here
from storyboard.commands.request import Request
from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.requests import Kept, KeptRequests
from storyboard.compile_cache.trace import TracedFiles
from storyboard.counting import Count
from storyboard.errors import StoryboardError
from storyboard.local_studio.letters import unset_text
from storyboard.local_studio.voices import spoken_besides

if TYPE_CHECKING:
    from storyboard.checks.studio_facts import Unset
    from storyboard.compile_cache.kept_units import KeptUnits


@dataclass(slots=True)
class Asking:
    """One compilation of a request, and what it asked on the way; `cache` None keeps nothing."""

    request: Request
    files: TracedFiles
    units: KeptUnits
    cache: Entries | None
    keeps_videos: bool = False
    entries: list[str] | None = None
    has_asked_entries: bool = False
    unset: dict[str, Unset | None] = field(default_factory=dict)

    def entries_here(self) -> Collection[str] | None:
        """Return the entries of the project's own studio, and remember the answer."""
        found = entries_here(self.request.root)
        self.entries, self.has_asked_entries = _plain(found), True
        return found

    def unset_text(self, text: str) -> Unset | None:
        """Return why a text cannot be set here, None if it can, and remember the answer."""
        self.unset[text] = unset_text(text)
        return self.unset[text]


class CompiledBefore:
    """Owns what was kept of a request."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._asked = (
            *(request.environment, dict(request.variables)),
            *(request.allow_stale, request.fallback),
            spoken_besides(request.shell),
        )
        self._kept = KeptRequests(request.root, (*self._asked, request.scope, request.paths))

    def find(self, part: str) -> Any:
        """Return a part of what was kept, None where it may not hold any more."""
        kept = self._kept.find(part)
        return kept.value if kept is not None and self._is_judged_so(kept.judged) else None

    def asking(self, told: Count | None, *, keeps: bool, keeps_videos: bool = False) -> Asking:
        """Begin a compilation; if it `keeps`, of what was kept of storyboards, and to keep them."""
        # Whoever finds the whole result does not need what compiles.
        from storyboard.compile_cache.kept_units import KeptUnits

        files = TracedFiles(self._request.root)
        entries = self._kept.entries if keeps else None
        units = KeptUnits(entries, files, self._asked, told)
        return Asking(self._request, files, units, entries, keeps_videos)

    def keep(self, part: str, value: Any, asked: Asking, declared: Any) -> None:
        """Keep a part; `declared` are the environments of the project's file.

        What is wrong with an environment depends on the operator: nothing is kept of that.
        """
        profile = self._profile(declared)
        if profile is not None:
            entries = [asked.entries] if asked.has_asked_entries else None
            judged = {
                "declared": declared,
                "profile": profile,
                "entries": entries,
                "unset": {text: _told(cause) for text, cause in asked.unset.items()},
            }
            self._kept.keep(part, Kept(value, judged), asked.files)

    def _is_judged_so(self, judged: Any) -> bool:
        if self._profile(judged["declared"]) != judged["profile"]:
            return False
        there = judged["entries"]
        if there is not None and [_plain(entries_here(self._request.root))] != there:
            return False
        return all(_told(unset_text(text)) == told for text, told in judged["unset"].items())

    def _profile(self, declared: Any) -> str | None:
        """Return the profile of the request's environment; None where it has a fault."""
        name, shell = self._request.environment, self._request.shell
        try:
            resolve_environment(name, declared, shell, self._request.root)
            return profile_of(Settings(name, declared.get(name, {}), shell))
        except StoryboardError:  # told by who compiles, with its place
            return None


def _plain(entries: Collection[str] | None) -> list[str] | None:
    return None if entries is None else sorted(entries)


def _told(cause: Unset | None) -> str | None:
    return None if cause is None else cause.told

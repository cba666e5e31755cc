"""What the caller of a plan wants planned. Knows no command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count`, and at most `percent` of what is recorded; one is always within."""

    count: int | None = None
    percent: float | None = None

    def allows(self, number: int, of: int) -> bool:
        """Say whether so many of so many are within the limit."""
        if self.count is not None and number > self.count:
            return False
        return self.percent is None or number <= max(1.0, of * self.percent / 100)

    def __str__(self) -> str:
        parts = [] if self.count is None else [str(self.count)]
        if self.percent is not None:
            parts.append(f"{self.percent:g} %")
        return " and ".join(parts) or "none"


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the caller wants planned.

    `scope` has addresses or globs (`onboarding*@de`); empty means all. `media_digests` maps the
    entry ids of local stand-ins to their sha256. `prune_renamed` lets `prune` delete the videos of
    storyboards that were probably renamed, unless a video under the new id is held. `max_generate`
    counts films, `max_minutes` their speech; `None` is no limit.
    Where the desired videos are not `complete`, say of one file of many, only what belongs to their
    storyboards can be missed; `unmade` are addresses that the files have, but no video for, because
    of errors: they are never missed. `why_gone` is said of what is deleted; its saved films go with
    it, unless `keep_films`. `keeps_scenes` says that the studio keeps rendered scenes, and makes a
    changed film of the changed scenes alone. `owned` maps the ids of videos that another
    environment's state answers for to its name: they are nobody's twins. `by_name` says that names
    are keys, and the state is what the studio tells; `film_doubtful` that a film is made again
    where nothing tells what it is of.
    """

    generate: bool = True
    prune: bool = False
    prune_renamed: bool = False
    complete: bool = True
    unmade: frozenset[Address] = frozenset()
    scope: tuple[str, ...] = ()
    media_digests: Mapping[str, str] = field(default_factory=dict)
    max_generate: int | None = None
    max_minutes: float | None = None
    max_replace: int | None = None
    max_delete: Limit = field(default_factory=lambda: Limit(10, 30.0))
    allow_empty: bool = False
    allow_missing: bool = False
    allow_protected: bool = False
    allow_twins: bool = False
    keeps_scenes: bool = False
    owned: Mapping[str, str] = field(default_factory=dict)
    why_gone: str = "no longer in the files"
    keep_films: bool = False
    by_name: bool = False
    film_doubtful: bool = False

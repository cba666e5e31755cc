"""What the caller of a plan wants planned. Knows no command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from storyboard.plan.limits import (
    BUILT_IN,
    Bounds,
    Limit,
    Protection,
    Rule,
    SetLimit,
    Setter,
)
from storyboard.speech_rates import Estimate, estimate_seconds
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the caller wants planned.

    `scope` has addresses or globs (`onboarding*@de`); empty means all. `media_digests` maps the
    entry ids of local stand-ins to their sha256. `prune_renamed` lets `prune` delete the videos of
    storyboards that were probably renamed, unless a video under the new id is held. `max_generate`
    counts films, `max_minutes` their speech; where the caller sets one of the four limits, it alone
    holds, and else those of `limits` do: what project and operator set. `protected` are patterns of
    addresses that stay, beside the videos that say so themselves.
    Where the desired videos are not `complete`, say of one file of many, only what belongs to their
    storyboards can be missed; `unmade` are addresses that the files have, but no video for, because
    of errors: they are never missed. `why_gone` is said of what is deleted; its saved films go with
    it, unless `keep_films`. `keeps_scenes` says that the studio keeps rendered scenes, and makes a
    changed film of the changed scenes alone. `owned` maps the ids of videos that another
    environment's state answers for to its name: they are nobody's twins. `by_name` says that names
    are keys, and the state is what the studio tells; `film_doubtful` that a film is made again
    where nothing tells what it is of. `forward` ends what was rolled back. `regenerate` has
    addresses or globs whose films are made again though they are made. `estimate` is what tells how
    long texts take to say.
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
    max_replace: Limit | int | None = None
    max_delete: Limit | int | None = None
    limits: tuple[SetLimit, ...] = ()
    protected: tuple[Protection, ...] = ()
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
    forward: bool = False
    regenerate: tuple[str, ...] = ()
    estimate: Estimate = estimate_seconds

    def makes_again(self, address: Address) -> bool:
        """Whether a film of the address is made though it is made."""
        return bool(self.regenerate) and address.matches(self.regenerate)

    def bounds(self, videos: int) -> Bounds:
        """Return what holds where an environment has so many videos."""
        limits = tuple(each for rule in Rule for each in self._limits_on(rule))
        return Bounds(limits, videos, self.protected, self.allow_protected)

    def _limits_on(self, rule: Rule) -> tuple[SetLimit, ...]:
        asked = getattr(self, _FIELDS[rule])
        if asked is not None:
            limit = asked if isinstance(asked, Limit) else Limit(asked)
            return (SetLimit(rule, limit, Setter.CALLER, rule.flag),)
        found = tuple(each for each in self.limits if each.rule is rule)
        is_set = any(each.by is Setter.OPERATOR for each in found)
        return found if is_set or rule is not BUILT_IN.rule else (*found, BUILT_IN)


_FIELDS: Final = {rule: rule.value.replace("-", "_") for rule in Rule}

"""What the caller of a plan wants planned. Knows no command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storyboard.plan.guards import Limit


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the caller wants planned.

    `scope` has addresses or globs (`onboarding*@de`); empty means all. `media_digests` maps the
    entry ids of local stand-ins to their sha256. `max_generate` counts films; `None` is no limit.
    Where the desired videos are not `complete`, say of one file of many, only what belongs to their
    storyboards can be missed. `why_gone` is said of what is deleted.
    """

    generate: bool = True
    prune: bool = False
    complete: bool = True
    scope: tuple[str, ...] = ()
    media_digests: Mapping[str, str] = field(default_factory=dict)
    max_generate: int | None = None
    max_delete: Limit = field(default_factory=lambda: Limit(10, 30.0))
    allow_empty: bool = False
    allow_missing: bool = False
    allow_protected: bool = False
    why_gone: str = "no longer in the files"

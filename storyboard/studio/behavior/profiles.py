"""The contract by generations: under one name, what the switches say in each. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from storyboard.errors import UsageError
from storyboard.wire import GUIDE, LATER, NEXT


@dataclass(frozen=True, slots=True)
class Profile:
    """One generation of the API: the switches that it has otherwise than the guide, and whence."""

    name: str
    settings: Mapping[str, str]
    source: str


PROFILES: Final[tuple[Profile, ...]] = (
    Profile(GUIDE, {}, "the guide that this studio was built from"),
    Profile(
        LATER,
        {
            "ready_videos_editable": "false",
            "failed_videos_editable": "false",
            "entry_id_while_generating": "early",
            "empty_narration": "refuse",
            "broll_overrun": "loop",
        },
        "version 6.9 of the same guide, and the help pages of the widget",
    ),
    Profile(
        NEXT,
        {
            "actions": NEXT,
            "ready_videos_editable": "false",
            "failed_videos_editable": "false",
            "entry_id_while_generating": "early",
            "generations_at_once": "one",
            "most_scenes": "200",
            "deleted_answer": "empty",
            "empty_narration": "refuse",
            "broll_overrun": "loop",
        },
        "the newest public revision of the guide, the pages of its avatar catalog, and the help "
        "pages of the widget",
    ),
)


def profile_settings(name: str) -> Mapping[str, str]:
    """Return what a profile sets otherwise than the guide; raises `UsageError`."""
    for profile in PROFILES:
        if profile.name == name:
            return profile.settings
    known = ", ".join(profile.name for profile in PROFILES)
    raise UsageError(f"there is no profile '{name}'", hint=f"choose one of: {known}")

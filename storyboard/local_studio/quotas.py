"""How much a local studio keeps of its users and in its cache, as the operator's variables say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from storyboard.errors import UsageError
from storyboard.whole_numbers import whole_number

if TYPE_CHECKING:
    from storyboard.studio.records.quota import Quota

_GIB: Final = re.compile(r"([0-9]{1,6})(\.[0-9]{1,3})?")
SIZES: Final[Mapping[str, str]] = {
    "STORYBOARD_STUDIO_USER_GIB": "of_a_user",
    "STORYBOARD_STUDIO_ALL_GIB": "in_all",
    "STORYBOARD_STUDIO_FREE_GIB": "left_free",
    "STORYBOARD_STUDIO_CACHE_GIB": "cache",
}
COUNTS: Final[Mapping[str, str]] = {
    "STORYBOARD_STUDIO_OPEN_UPLOADS": "open_uploads",
    "STORYBOARD_STUDIO_OBJECTS": "objects",
    "STORYBOARD_STUDIO_OPEN_JOBS": "open_jobs",
}
"""Each variable, and the field of a quota that it sets."""


def quota_of(variables: Mapping[str, str]) -> Quota:
    """Return the quota, the usual one where no variable says else; raises `UsageError`."""
    from storyboard.studio.records.quota import Quota

    sizes = {
        field: _size(name, variables[name]) for name, field in SIZES.items() if name in variables
    }
    counts = {
        field: _count(name, variables[name]) for name, field in COUNTS.items() if name in variables
    }
    return Quota(**sizes, **counts)


def _size(name: str, text: str) -> int:
    if not _GIB.fullmatch(text.strip()):
        raise UsageError(
            f"{name} is '{text[:40]}': expected a number of GiB",
            hint=f"write a number such as 0.5 or 64: {name}=64",
        )
    return int(float(text) * (1 << 30))


def _count(name: str, text: str) -> int:
    number = whole_number(text.strip(), digits=9)
    if not number:
        raise UsageError(
            f"{name} is '{text[:40]}': expected a whole number above 0",
            hint=f"write a number such as 100: {name}=100",
        )
    return number

"""Names a place of a state in git, a remote and a ref. Refuses what git could obey; runs none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from storyboard.shell import word
from storyboard.state.place_refused import PlaceRefused

REMOTE: Final = "origin"
"""The remote where nothing names one."""

_REMOTE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PART: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_REF: Final = re.compile(rf"refs/(?:storyboard|heads)/{_PART}(?:/{_PART}){{0,3}}")
_BAD_PART: Final = re.compile(r"\.\.|\.(?:/|$)|\.lock(?:/|$)")
"""What git lets no ref have, of the characters above."""


@dataclass(frozen=True, slots=True)
class GitPlace:
    """Where the state is: a ref of a remote that this clone has. Neither is a word that git obeys.

    Raises `PlaceRefused` for the name of no remote or no usable ref.
    """

    remote: str
    ref: str

    def __post_init__(self) -> None:
        if not _REMOTE.fullmatch(self.remote):
            said = f"'{self.remote}' is not the name of a remote"
            raise _refused("remote", said, "write a name like 'origin', never an address")
        if not _REF.fullmatch(self.ref) or _BAD_PART.search(self.ref):
            said = f"'{self.ref}' is not a ref below refs/storyboard/ or refs/heads/"
            raise _refused("ref", said, "write one like 'refs/storyboard/production'")

    def __str__(self) -> str:
        return f"{self.remote} {self.ref}"

    @property
    def history(self) -> str:
        """How earlier states are listed, and one is made the state again: commands of git."""
        return (
            f"list earlier ones: git fetch {word(self.remote)} {word(self.ref)} && git log "
            "FETCH_HEAD; go back: git show FETCH_HEAD~1:state.json > FILE && "
            "storyboard state push FILE --force"
        )


def _refused(key: str, said: str, hint: str) -> PlaceRefused:
    return PlaceRefused(f"the state cannot be kept by git: {said}", hint, ("git", key))

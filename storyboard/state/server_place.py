"""Names a place of a state on a server that speaks Terraform's HTTP protocol. Sends nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from storyboard.origins import AddressFault, Origin, canonical, path_of, usable_base
from storyboard.state.place_refused import PlaceRefused

_GITLAB: Final = re.compile(r".*api/v4/projects/[^/]+/terraform/state/[^/]+")
"""GitLab has a path of its own for the lock, and the usual methods in place of `LOCK`."""

_PART: Final = re.compile(r"[A-Za-z0-9._~%+=:-]+")
_CLIMBING: Final = frozenset({".", ".."})
_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True, slots=True)
class Calling:
    """A method and an address."""

    method: str
    url: str


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """The address of a state; raises `PlaceRefused` for one that is not usable.

    None has a login or a query, and none but that of this machine is without encryption.
    """

    url: str

    def __post_init__(self) -> None:
        try:
            usable_base(self.url)
        except AddressFault as fault:
            hint = "write it as https://HOST/PATH, without a login; http: is for this machine"
            raise PlaceRefused(f"the address of the state {fault.message}", hint) from fault
        parts = path_of(self.url).split("/")
        if not all(_PART.fullmatch(part) and unquote(part) not in _CLIMBING for part in parts):
            raise PlaceRefused(
                f"the address of the state names no state of the server '{self.origin.location}'",
                "write the whole address of one state, such as "
                "https://gitlab.com/api/v4/projects/ID/terraform/state/NAME",
            )

    @classmethod
    def parse(cls, text: str) -> ServerPlace | None:
        """Read an address; None for one of another kind."""
        scheme = text.partition("://")[0].lower()
        return cls(canonical_or_same(text)) if scheme in _SCHEMES else None

    @property
    def origin(self) -> Origin:
        """Which host it is on."""
        return usable_base(self.url)

    @property
    def is_gitlab(self) -> bool:
        """Whether it is a state that GitLab manages."""
        return _GITLAB.fullmatch(path_of(self.url)) is not None

    @property
    def locking(self) -> Calling:
        """How its lock is taken."""
        return Calling("POST", f"{self.url}/lock") if self.is_gitlab else Calling("LOCK", self.url)

    @property
    def unlocking(self) -> Calling:
        """How its lock is given back."""
        if self.is_gitlab:
            return Calling("DELETE", f"{self.url}/lock")
        return Calling("UNLOCK", self.url)

    def __str__(self) -> str:
        return self.url

    @property
    def history(self) -> str:
        """How earlier states are listed, and one is made the state again."""
        if self.is_gitlab:
            listed = (
                "GitLab lists earlier ones under Operate > Terraform states, and gives one: "
                f"GET {self.url}/versions/SERIAL"
            )
        else:
            listed = "ask the server for an earlier one"
        return f"{listed}; save it as FILE and go back: storyboard state push FILE --force"


def canonical_or_same(url: str) -> str:
    """Return an address in its one spelling, without a slash at the end; as it is if it is none.

    A login stays, to be refused.
    """
    try:
        return canonical(url).rstrip("/") if "@" not in url else url
    except AddressFault:
        return url

"""What is written of who holds a shared state: a value, and JSON and back. Knows no place."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Final

from storyboard.strict_json import parse_json
from storyboard.whole_numbers import MOST_COUNTED

TTL_SECONDS: Final = 60.0
"""How long a lease is good after its last renewal. A holder that was killed keeps others waiting
this long, and a service that is away for longer ends a run: a choice between the two."""

_GRACE: Final = 0.25
"""More of that time that is watched before a holder is believed dead: clocks run at their own
speed, and an answer takes a while."""

_MOST_TTL: Final = 3600.0
"""However long a foreign lease says that it is good, it is believed dead after an hour."""

LONGEST: Final = 300
"""Characters of a value that is shown of a lease, which others wrote."""


class Status(Enum):
    """Whether a state is held. `BROKEN`: taken from a holder who may still be alive."""

    HELD = "held"
    FREE = "free"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a state, as far as the machine tells: for people, never compared."""

    who: str = ""
    host: str = ""
    ci_url: str = ""
    git_sha: str = ""
    operation: str = ""

    def __str__(self) -> str:
        """Return `ana on laptop, apply, https://ci/…`, with what is known."""
        person = " on ".join(filter(None, (self.who, self.host)))
        return ", ".join(filter(None, (person, self.operation, self.ci_url))) or "an unknown run"


@dataclass(frozen=True, slots=True)
class Lease:
    """Who may write a state, until when. `epoch` grows with every holder, `beat` with a renewal.

    `id` is of one holding; `since` is when it began, and `renewed` when it was renewed last, by the
    holder's clock: for people, never compared.
    """

    status: Status
    id: str
    epoch: int
    holder: Holder = field(default_factory=Holder)
    ttl: float = TTL_SECONDS
    since: str = ""
    beat: int = 0
    renewed: str = ""

    @property
    def expires(self) -> bool:
        """Whether it ends with its holder, and not only when it is given back or broken."""
        return self.ttl > 0

    @property
    def dead_after(self) -> float:
        """Seconds without a renewal after which the holder is believed dead."""
        return self.ttl * (1 + _GRACE)


def format_lease(lease: Lease) -> bytes:
    """Return the lease as JSON."""
    body = {
        "format_version": 1,
        "status": lease.status.value,
        "id": lease.id,
        "epoch": lease.epoch,
        "ttl": lease.ttl,
        "since": lease.since,
        "beat": lease.beat,
        "renewed": lease.renewed,
        **asdict(lease.holder),
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def parse_lease(content: bytes) -> Lease:
    """Read a lease. One that cannot be read is held by an unknown run, until it is seen dead."""
    try:
        body = parse_json(content)
        holder = Holder(**{name: _text(body.get(name)) for name in Holder.__dataclass_fields__})
        return Lease(
            status=Status(body["status"]),
            id=_text(body["id"]),
            # An epoch without a limit, in a lease that others wrote, could never be exceeded
            # again.
            epoch=min(max(0, int(body["epoch"])), MOST_COUNTED),
            holder=holder,
            ttl=min(max(_seconds(body["ttl"]), 0.0), _MOST_TTL),
            since=_text(body.get("since")),
            beat=int(body.get("beat", 0)),
            renewed=_text(body.get("renewed")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # An id by the content: the same damage is the same holder, so that it can be seen dead,
        # and broken.
        return Lease(Status.HELD, sha256(content).hexdigest()[:16], 0)


def _seconds(value: object) -> float:
    """Return a number as it is in JSON: `float()` makes one of the text `nan`, too."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("seconds are a number")
    return float(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)[:LONGEST]

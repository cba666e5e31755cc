"""What Terraform's HTTP protocol says of a lock: a value, and JSON and back. Knows no server."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from storyboard.state.lease import LONGEST, Holder, Lease, Status
from storyboard.strict_json import parse_json

_FACTS = {"host": "host", "ciUrl": "ci_url", "gitSha": "git_sha"}
"""What the protocol has no field for: told in `Info`, by these names."""


@dataclass(frozen=True, slots=True)
class LockInfo:
    """Who holds a lock, since when; `id` is of one holding, and empty where a server tells none.

    `may_be_ours` is of such a one: a try of the same call that was not answered may have taken it.
    """

    id: str
    holder: Holder = field(default_factory=Holder)
    since: str = ""
    may_be_ours: bool = False

    @property
    def lease(self) -> Lease:
        """It as the rest of the program sees who holds a state: it does not end by itself."""
        return Lease(Status.HELD, self.id, 0, self.holder, ttl=0.0, since=self.since)


def format_lock(info: LockInfo, path: str) -> bytes:
    """Return the lock as JSON; all of its fields are there, since GitLab requires them."""
    body = {
        "ID": info.id,
        "Operation": info.holder.operation,
        "Info": _info(info),
        "Who": "@".join(filter(None, (info.holder.who, info.holder.host))),
        "Version": "storyboard",
        "Created": info.since,
        "Path": path,
    }
    return json.dumps(body).encode()


def parse_lock(content: bytes, asking: LockInfo) -> LockInfo:
    """Read who holds a lock from the answer to `asking`, which was refused.

    GitLab repeats some of what was asked in place of what the holder told: that is left out.
    """
    try:
        body = parse_json(content)
        told = _text(body.get("Info"))
        who = Holder(who=_text(body.get("Who")), operation=_text(body.get("Operation")))
        is_repeated = told == _info(asking)
        who = replace(who, operation="") if is_repeated else _with_facts(who, told)
        return LockInfo(_text(body.get("ID")), who, _text(body.get("Created")))
    except (ValueError, AttributeError):
        return LockInfo("")


def _info(info: LockInfo) -> str:
    facts = {told: getattr(info.holder, name) for told, name in _FACTS.items()}
    return json.dumps({"id": info.id, **{name: fact for name, fact in facts.items() if fact}})


def _with_facts(who: Holder, told: str) -> Holder:
    """Add what a run of this program told of itself; others tell something else there."""
    try:
        body = parse_json(told)
        facts = {name: _text(body.get(key)) for key, name in _FACTS.items()}
    except (ValueError, AttributeError):
        return who
    return replace(who, who=who.who.removesuffix(f"@{facts['host']}"), **facts)


def _text(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST]

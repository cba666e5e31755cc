"""Who holds a state, as text and JSON. No decisions."""

from __future__ import annotations

from typing import Any

from storyboard.commands.lock import LockStanding
from storyboard.shell import word
from storyboard.state.lease import Lease
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_lock_text(standing: LockStanding) -> str:
    """Return a line of who holds the state, and for a lease its id and how it can be taken."""
    of = f"{standing.environment} ({standing.where})"
    if standing.lease is None:
        holder = f"held by {standing.process}" if standing.process else "not held"
        return f"{printable(f'{of}: {holder}')}\n"
    lease = standing.lease
    facts = (f"id {lease.id}", lease.since and f"since {lease.since}", _commit(lease))
    alive = (lease.renewed or lease.since) and f"last sign of life {lease.renewed or lease.since}"
    ends = (
        f"the next apply takes the lock over after {lease.dead_after:.0f} s; or break it now:"
        if lease.expires
        else "its lock stays; break it:"
    )
    lines = [
        f"{of}: held by {lease.holder}",
        "  " + ", ".join(filter(None, (*facts, alive if lease.expires else ""))),
        f"  if that run was killed, {ends}",
        f"  storyboard lock break --id {word(lease.id)} -e {word(standing.environment)}",
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def render_lock_json(standing: LockStanding) -> str:
    """Return `{environment, where, held, process, lease: {id, epoch, who, host, …}}`.

    `process` and `lease` are null where there is none.
    """
    lease = standing.lease
    return json_text(
        {
            "environment": standing.environment,
            "where": standing.where,
            "held": standing.is_held,
            "process": standing.process,
            "lease": None if lease is None else lease_to_dict(lease),
        }
    )


def lease_to_dict(lease: Lease) -> dict[str, Any]:
    """Return a lease as values that JSON has."""
    return {
        "id": lease.id,
        "epoch": lease.epoch,
        "since": lease.since,
        "ttlSeconds": lease.ttl if lease.expires else None,
        "renewed": lease.renewed,
        "who": lease.holder.who,
        "host": lease.holder.host,
        "ciUrl": lease.holder.ci_url,
        "gitSha": lease.holder.git_sha,
        "operation": lease.holder.operation,
    }


def _commit(lease: Lease) -> str:
    return f"commit {lease.holder.git_sha[:12]}" if lease.holder.git_sha else ""

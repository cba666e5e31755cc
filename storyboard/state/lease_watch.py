"""Watches the lease of another run: whether its holder lives, and what is said meanwhile.

Clocks of two machines are never compared: what counts is how long a lease did not change.
"""

from __future__ import annotations

from storyboard.errors import LockedError
from storyboard.shell import word
from storyboard.state.blobs import Blob
from storyboard.state.lease import Lease
from storyboard.state.patience import LockPatience


def is_dead(found: Lease, blob: Blob, watched: tuple[Blob, float], now: float) -> bool:
    """Whether a lease did not change for as long as it is good, and a quarter more.

    `watched` is what was seen first of it as it is, and when.
    """
    is_same = watched[0].tag == blob.tag
    return is_same and now - watched[1] > found.dead_after


def watch(
    found: Lease,
    blob: Blob,
    watched: tuple[Blob, float],
    now: float,
    began: float,
    patience: LockPatience,
) -> tuple[Blob, float]:
    """Go on watching a lease, or raise `LockedError`: its holder lives, or the time is over."""
    is_new, is_first = watched[0].tag != blob.tag, not watched[0].tag
    lives = is_new and not is_first
    is_over = patience.seconds is not None and now - began >= patience.seconds
    if is_over or (lives and patience.seconds is None):
        wait = "wait for it to end, or pass `--lock-timeout 600` to wait here"
        raise LockedError(
            f"another run holds the state ({_told(found)})",
            hint=wait if lives else f"{wait}; {_if_killed(found)}",
        )
    if is_first:
        wait = f"waiting up to {patience.seconds:.0f} s, " if patience.seconds else ""
        patience.told(
            f"the state is held by {_told(found)}; {wait}taking it over if that run shows no sign "
            f"of life for {found.dead_after:.0f} s"
        )
    return (blob, now) if is_new else watched


def interrupted(found: Lease) -> LockedError:
    """Return what ends a run that was stopped before it knew whether the holder lives.

    A job that may run for less than that never takes a dead run's lock over: each begins anew.
    """
    return LockedError(
        f"the waiting for the lock was interrupted: another run holds the state ({_told(found)})",
        hint=_if_killed(found),
    )


def _told(found: Lease) -> str:
    """Return who holds a lease and since when, by the holder's clock."""
    renewed = f", last sign of life {found.renewed}" if found.renewed else ""
    return f"{found.holder}, since {found.since or 'unknown'}{renewed}"


def _if_killed(found: Lease) -> str:
    return (
        f"if that run was killed, an apply that may run for more than {found.dead_after:.0f} s "
        f"takes its lock over, or free it now: storyboard lock break --id {word(found.id)}, "
        "with the `-e` of this command"
    )

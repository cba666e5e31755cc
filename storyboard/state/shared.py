"""Keeps a state in a place that several machines share: a lease, and compare-and-swap writes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Final

from storyboard.errors import FailureCode, LockedError, StateAccessError, StateError
from storyboard.state.blobs import STATE, Blob, Blobs, Moved
from storyboard.state.format import MOST_VALUES, format_state, parse_state, state_content
from storyboard.state.lease import Lease
from storyboard.state.local_names import MAX_STATE_BYTES
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.shared_lock import Lock
from storyboard.state.spool import Spool
from storyboard.strict_json import parse_json
from storyboard.whole_numbers import MOST_COUNTED, counted_number

_TRIES: Final = 5
"""Of a fence, against a run that lost the lock and still writes: each of its writes moves it."""


_PAUSES: Final = (1.0, 3.0)
"""Between tries of a write: what most failures of a network last. A choice."""


class SharedStore:
    """Owns one state among blobs.

    The lease keeps honest runs apart. What keeps a run away that lost it, and does not know yet, is
    the tag: every write replaces the very state that this run read or wrote last, and whoever took
    the lease over has written before it reads. The epoch in the state tells whose it is.
    """

    def __init__(
        self,
        blobs: Blobs,
        lock: Lock,
        spool: Spool | None = None,
        *,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self.blobs = blobs
        self.lock = lock
        self._spool = spool
        self._pauses = pauses
        self._depth = 0
        self._epoch = 0
        self._known: str | None = None
        self._stored: State | None = None
        self._has_read = False
        self._tried: set[bytes] = set()

    def read(self) -> State | None:
        """Return the state, `None` before the first write; raises `StateError`.

        Under the lock, the next write replaces it, unless somebody took the lock over meanwhile.
        """
        blob = self.blobs.get(STATE)
        if self._depth and _epoch(blob) > self._epoch:
            self._outgrow(_epoch(blob))
        state = None if blob is None else self._parse(blob)
        if self._depth:
            self._known, self._stored, self._has_read = _tag(blob), state, True
        return (self._spool and self._spool.newer(state)) or state

    def write(self, state: State) -> None:
        """Replace the state that this run read or wrote last, after some tries if need be.

        Raises `LockedError` where another run did that, and `StateError`.
        """
        assert self._depth, "a shared state is written under its lock"
        if not self._has_read:
            self.read()
        content, _ = state_content(replace(state, epoch=self._epoch), where=self.blobs.where)
        for pause in (*self._pauses, None):
            try:
                self._known = self._put(content)
                break
            except StateError as cause:
                self._tried.add(content)
                if pause is None or isinstance(cause, StateAccessError):
                    spool = self._spool
                    raise StateError(
                        f"the state '{self.blobs.where}' could not be written: {cause.message}",
                        hint=spool.keep(content, self._stored) if spool else cause.hint,
                    ) from cause
            # It blocks a thread of the ledger's, and no other call: those wait for this write as
            # it is.
            time.sleep(pause)
        self._tried, self._stored = set(), state
        if self._spool is not None:
            self._spool.drop()

    @contextmanager
    def locked(self, patience: LockPatience | None = None) -> Iterator[None]:
        """Hold the lock; entering again inside is free. Raises `LockedError` and `StateError`."""
        if self._depth:
            yield
            return
        grant = self.lock.acquire(lambda: _epoch(self.blobs.get(STATE)), patience or LockPatience())
        # A run that fails before its fence says so when it gives the lock back: the next one
        # fences.
        fenced = not grant.fence
        try:
            self._epoch = min(grant.epoch, MOST_COUNTED)
            self._tried, self._has_read = set(), False
            if grant.fence:
                self._fence(self._epoch)
                fenced = True
            self._depth = 1
            yield
        finally:
            self._depth = 0
            self.lock.release(fenced=fenced)

    def break_(self, id: str) -> Lease:
        """Take the lock from the holding with this id, which writes no more; return its lease.

        Raises `UsageError` where that holding is over, and `LockedError` where it can not be
        broken.
        """
        broken = self.lock.break_(id)
        if not self.lock.keeps_writers_away:
            self._fence(min(broken.epoch + 1, MOST_COUNTED), anew=False)
        return broken

    def seconds_left(self) -> float:
        """Return for how long the state is held for sure; raises `LockedError` where it is lost."""
        return self.lock.seconds_left()

    def _outgrow(self, epoch: int) -> None:
        """Go on above the epoch of a state that is ahead of the lock, unless another run has it.

        A lock that was restored or copied counts from less than the state does, and would do so
        for as many runs as it lacks. Raises `LockedError`.
        """
        if self._has_read:
            raise self._lost()
        self.lock.look()
        self.lock.seconds_left()
        self._epoch = min(epoch + 1, MOST_COUNTED)

    def _parse(self, blob: Blob) -> State | None:
        where = self.blobs.where
        if len(blob.content) > MAX_STATE_BYTES:
            raise StateError(f"the state '{where}' is larger than {MAX_STATE_BYTES >> 20} MB")
        if _UNBORN.fullmatch(blob.content):
            return None
        try:
            text = blob.content.decode()
        except UnicodeDecodeError as cause:
            raise StateError(
                f"the state '{where}' is damaged: it is not UTF-8",
                code=FailureCode.STATE_DAMAGED,
            ) from cause
        return parse_state(text, where=where)

    def _put(self, content: bytes) -> str:
        """Write, and tell an earlier try of ours whose answer was lost from another run's write."""
        with suppress(Moved):
            return self.blobs.put(STATE, content, self._known)
        blob = self.blobs.get(STATE)
        if blob is not None and blob.content == content:
            return blob.tag
        if blob is not None and blob.content in self._tried:
            with suppress(Moved):
                return self.blobs.put(STATE, content, blob.tag)
        raise self._lost()

    def _lost(self) -> LockedError:
        """Return that the state is another's, and who has it as far as the lock tells."""
        self.lock.look()
        try:
            self.lock.seconds_left()
        except LockedError as lost:
            return lost
        return LockedError(
            f"another run wrote the state '{self.blobs.where}': this one lost its lock",
            hint="apply again: what was begun is found and continued",
            code=FailureCode.LOCK_LOST,
        )

    def _fence(self, epoch: int, *, anew: bool = True) -> None:
        """Write what is there anew under an epoch: whoever held the lock before writes no more.

        If not `anew`, a state that has this epoch is left alone: its holder may have read it.
        """
        for _ in range(_TRIES):
            blob = self.blobs.get(STATE)
            if not anew and _epoch(blob) >= epoch:
                return
            try:
                self.blobs.put(STATE, self._fenced(blob, epoch), _tag(blob))
            except Moved:
                continue
            return
        raise LockedError(f"another run still writes the state '{self.blobs.where}'")

    def _fenced(self, blob: Blob | None, epoch: int) -> bytes:
        if blob is None or _UNBORN.fullmatch(blob.content):
            return f'{{"epoch": {epoch}}}\n'.encode()
        try:
            state = self._parse(blob)
        except StateError:
            return blob.content + b"\n"  # damaged, and other than it was: a tag is all it takes
        assert state is not None
        return format_state(replace(state, epoch=epoch)).encode()


_UNBORN: Final = re.compile(rb'\s*\{\s*"epoch"\s*:\s*[0-9]{1,16}\s*\}\s*')
"""What a fence is before the first apply, as a server may have formatted it anew: there is no
state yet to write anew. A whole state may begin so, too, where a server sorts its keys."""


def _tag(blob: Blob | None) -> str | None:
    return None if blob is None else blob.tag


def _epoch(blob: Blob | None) -> int:
    """Return the epoch of whoever wrote a state, 0 where it does not tell."""
    try:
        body = parse_json(b"{}" if blob is None else blob.content, most=MOST_VALUES)
        return counted_number(body.get("epoch", 0))
    except (ValueError, TypeError, AttributeError):
        return 0

"""How much a workspace keeps of what comes in, of one user and of all, and in its cache."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from storyboard.counting import counted
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Transaction

Counted = Literal["avatars", "entries"]
"""What users make as many of as they like, and what is counted once it is there."""

_GIB: Final = 1 << 30
MORE_ROOM: Final = "delete some of what is there, or start the studio with another --workspace"


@dataclass(frozen=True, slots=True)
class Quota:
    """Sizes in bytes; a film has some megabytes, a workspace rarely a gigabyte."""

    of_a_user: int = 32 * _GIB
    in_all: int = 64 * _GIB
    left_free: int = _GIB // 2
    """What an upload leaves of the disk: films are made there too."""
    open_uploads: int = 100
    """Of a user, begun and not made an entry."""

    objects: int = 20_000
    """Of a user and of one kind: more than anybody looks through."""

    cache: int = 8 * _GIB
    """Of what films and compositions left to be quick; what was used within the hour is more."""

    open_jobs: int = 20_000
    """Films and compositions of a user that wait or are in work: all videos that they may have."""

    def check_count(self, tx: Transaction, table: Counted, owner: Principal) -> None:
        """Refuse what a transaction has just added, where that is too many; raises `Refusal`."""
        if tx.number(f"{table}.count_of_user", **owner.values) > self.objects:
            raise _exceeded(f"there are {self.objects:,} {table} already")

    def too_many_videos(self) -> Refusal:
        """Return the refusal of a video that was not added, since there are `objects`."""
        return _exceeded(f"there are {self.objects:,} videos already")

    def too_many_jobs(self) -> Refusal:
        """Return the refusal of a job that was not added, since `open_jobs` have not ended."""
        told = counted(self.open_jobs, "film or composition", "films and compositions")
        return Refusal(
            StudioCode.QUOTA_EXCEEDED,
            f"{told} of this user wait or are in work; try again when some have ended",
        )

    def check_captions(self, tx: Transaction, owner: Principal) -> None:
        """Refuse captions that a transaction has just added to uploads; raises `Refusal`."""
        if tx.number("captions.count_of_users_uploads", **owner.values) > self.objects:
            raise _exceeded(f"there are {self.objects:,} captions already")

    def room(self, tx: Transaction, owner: Principal) -> int:
        """Return how many bytes the user may still send."""
        used, of_all = _used(tx, owner), _used(tx, None)
        return max(0, min(self.of_a_user - used, self.in_all - of_all))

    def room_for_file(self, tx: Transaction, owner: Principal) -> int:
        """Return how many bytes may come in, where they may take the place of an open upload's."""
        return self.room(tx, owner) + tx.number("upload_tokens.largest_of_user", **owner.values)

    def check_upload(self, tx: Transaction, owner: Principal, size: int) -> None:
        """Refuse an upload that would be too much; raises `Refusal`."""
        room = self.room(tx, owner)
        if size > room:
            raise _exceeded(f"{size:,} bytes are too much: {room:,} are left")

    def check_open(self, tx: Transaction, owner: Principal) -> None:
        """Refuse one more upload beside too many that were begun; raises `Refusal`."""
        count = tx.number("upload_tokens.count_open_of_user", **owner.values)
        if count >= self.open_uploads:
            raise _exceeded(f"{count} uploads are open")

    def check_disk(self, folder: Path, advice: str) -> None:
        """Refuse to fill the disk of a folder, with what to do; raises `Refusal`."""
        if shutil.disk_usage(folder).free < self.left_free:
            raise Refusal(StudioCode.QUOTA_EXCEEDED, f"the disk is almost full; {advice}")


ROOMY: Final = Quota()
"""What is kept where nothing else is said."""


class Incoming:
    """Owns how many bytes come in now, of each user; no row counts them yet. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drafts: dict[Path, tuple[Principal, int]] = {}

    def note(self, draft: Path, owner: Principal, size: int, room: int) -> None:
        """Note how large a draft is; raises `Refusal` where the user's are more than the room."""
        with self._lock:
            self._drafts[draft] = (owner, size)
            total = sum(each for whose, each in self._drafts.values() if whose == owner)
        if total > room:
            raise _exceeded(f"{total:,} bytes at once are too much: {room:,} are left")

    def forget(self, draft: Path) -> None:
        """Count a draft no longer."""
        with self._lock:
            self._drafts.pop(draft, None)


def _used(tx: Transaction, owner: Principal | None) -> int:
    if owner is None:
        return tx.number("entries.bytes_of_uploads") + tx.number("upload_tokens.bytes")
    kept = tx.number("entries.bytes_of_users_uploads", **owner.values)
    return kept + tx.number("upload_tokens.bytes_of_user", **owner.values)


def _exceeded(what: str) -> Refusal:
    return Refusal(StudioCode.QUOTA_EXCEEDED, f"{what}; {MORE_ROOM}")

"""What an apply did since its state file was written: a line an effect, synced, chained, readable.

{"journal": 1, "lineage": "…", "serial": 7, "checksum": "sha256:… of the state file"}
{"serial": 8, "videos": {"q1@fr": {…}}, "operations": {"<nonce>": null}, "checksum": "sha256:…"}

A line has what a write changed, as it is from then on: videos by address and operations by nonce,
`null` for what is no more, and under `head` each other part of the state; of the adds that have
ended, how many of the oldest went, and the new ones. Its checksum is of the line and of the one
before it, so that a line which is missing, moved or of another state is told from a good one. What
the last line lacks at its end was never confirmed to anyone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from storyboard.disk.writing import append_whole, open_new, remove_opened
from storyboard.errors import FailureCode, StateError
from storyboard.state.format import CHECKSUM, operation_body, state_head
from storyboard.state.layered import Layered
from storyboard.state.model import State
from storyboard.state.operations import ClosedAdd, Operations
from storyboard.state.video_format import video_body
from storyboard.strict_json import parse_json
from storyboard.video import digest

JOURNAL_VERSION: Final = 1

_CLOSED: Final = "closedAdds"

_REPAIR: Final = "see what is left of it: `storyboard state repair`; the files were not touched"
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


class Journal:
    """Owns the file that a run appends to; `state` is the last one that it tells of."""

    def __init__(self, path: Path, state: State, checksum: str, *, inside: Path) -> None:
        self.path = path
        self.state = state
        self.size = 0
        self._inside = inside
        self._checksum = checksum
        self._descriptor: int | None = None

    def append(self, state: State) -> None:
        """Keep what changed, synced; raises `OSError`, and then nothing more can be appended."""
        line, checksum = _line(state_changes(self.state, state), self._checksum)
        content = line.encode()
        if self._descriptor is None:
            content = f"{_encode(self._head())}\n".encode() + content
            self._descriptor = open_new(self.path, inside=self._inside)
        append_whole(self._descriptor, content)
        self.size += len(content)
        self.state, self._checksum = state, checksum

    def discard(self) -> None:
        """Let the file go and remove it, unless the one in its place is another run's."""
        if self._descriptor is not None:
            remove_opened(self._descriptor, self.path)
        self.close()

    def close(self) -> None:
        """Let the file go; it stays where it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _head(self) -> dict[str, Any]:
        return {
            "journal": JOURNAL_VERSION,
            "lineage": self.state.lineage,
            "serial": self.state.serial,
            CHECKSUM: self._checksum,
        }


@dataclass(frozen=True, slots=True)
class Replayed:
    """A state's JSON object with a journal's records in it.

    `records` counts them. `torn` is the number of bytes of a record at the end that was never
    confirmed; `damage` says what is wrong with a line, and then those from it on are not in `body`.
    """

    body: dict[str, Any]
    records: int = 0
    torn: int = 0
    damage: str | None = None


def replay_journal(
    content: bytes, body: Mapping[str, Any], checksum: str, *, where: str
) -> Replayed:
    """Return what a state is with the records of the journal beside it.

    `body` and `checksum` are of the state file. A journal whose last record the file has already
    is of a run that ended while it was being removed, and counts for nothing. Raises `StateError`
    for one that continues another state.
    """
    try:
        return _replayed(content, body, checksum, where)
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise StateError(
            f"the state beside the journal '{where}' is damaged: a field is missing or wrong",
            hint="restore a backup: `storyboard state restore`; the files were not touched",
            code=FailureCode.STATE_DAMAGED,
        ) from cause


def _replayed(content: bytes, body: Mapping[str, Any], checksum: str, where: str) -> Replayed:
    whole, _, rest = content.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    torn = len(rest)
    if lines and b"\0" in lines[-1]:
        # A file system may grow a file before it writes what is in it.
        torn += len(lines.pop()) + 1
    now = dict(body)
    if not lines:
        return Replayed(now, torn=torn)
    head = _read_head(lines[0], where)
    if (head["lineage"], head[CHECKSUM]) != (body["lineage"], checksum):
        # The file was written whole with all of it, and the run was killed before the journal was
        # removed.
        if head["lineage"] == body["lineage"] and _last_serial(lines) <= body["serial"]:
            return Replayed(now)
        raise StateError(
            f"the journal '{where}' continues another state than the one beside it: that had "
            f"serial {head['serial']}, this has {body['serial']}",
            hint=_REPAIR,
            code=FailureCode.STATE_DAMAGED,
        )
    try:
        operations = _copy_changing(now)
    except (TypeError, KeyError):  # whoever reads the state tells what is wrong with it
        return Replayed(now, torn=torn)
    damage = None
    for number, line in enumerate(lines[1:], 2):
        try:
            record, checksum = _read_line(line, checksum)
            _put(now, operations, record)
        except (ValueError, TypeError, KeyError, AttributeError) as cause:
            damage = f"line {number} is damaged ({cause})"
            break
    now["operations"] = list(operations.values())
    return Replayed(now, len(lines) - 1 if damage is None else number - 2, torn, damage)


def _copy_changing(body: dict[str, Any]) -> dict[str, Any]:
    """Copy what is changed in place, for the caller's object to stay; returns operations by nonce.

    Raises `KeyError` and `TypeError` for operations that are none.
    """
    for key, kind in (("videos", dict), (_CLOSED, list)):
        if isinstance(body.get(key), kind):
            body[key] = kind(body[key])
    return {operation["nonce"]: operation for operation in body["operations"]}


def named_videos(content: bytes) -> tuple[str, ...]:
    """Return the addresses and ids that a journal's lines name, good or not, as texts for people.

    What it tells is proved by nothing: it is for whoever looks for those videos in the studio.
    """
    found: dict[str, None] = {}
    for line in content.split(b"\n"):
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            for address, video in parse_json(line)["videos"].items():
                if video is not None:
                    found[f"{address} ({video['current']['id']})"] = None
    return tuple(found)


def refuse_damage(replayed: Replayed, *, where: str) -> None:
    """Raise `StateError` where a line is damaged that had been confirmed."""
    if replayed.damage is not None:
        raise StateError(
            f"the journal '{where}': {replayed.damage}",
            hint=_REPAIR,
            code=FailureCode.STATE_DAMAGED,
        )


def state_changes(before: State, after: State) -> dict[str, Any]:
    """Return what changed as a line has it; costs about as much as there is of it."""
    videos = {
        str(address): None if record is None else video_body(record)
        for address, record in Layered.of(after.videos).differences(before.videos)
    }
    was, now = state_head(before), state_head(after)
    head = {key: value for key, value in now.items() if key not in was or was[key] != value}
    # It is in each line anyway, where people look for it.
    head.pop("serial", None)
    changes: dict[str, Any] = {"serial": after.serial}
    if videos:
        changes["videos"] = videos
    operations = {
        nonce: None if operation is None else operation_body(operation)
        for nonce, operation in Operations.of(after.operations).differences(before.operations)
    }
    if operations:
        changes["operations"] = operations
    if before.closed_adds != after.closed_adds:
        changes[_CLOSED] = _closed_changes(before.closed_adds, after.closed_adds)
    if head:
        changes["head"] = head
    if lost := sorted(was.keys() - now.keys()):
        changes["lost"] = lost
    return changes


def _closed_changes(before: tuple[ClosedAdd, ...], after: tuple[ClosedAdd, ...]) -> dict[str, Any]:
    """Return how many of the oldest are no more, and which are new: most often 1 of 500."""
    cut = before.index(after[0]) if after and after[0] in before else len(before)
    kept = before[cut:]
    if after[: len(kept)] != kept:
        cut, kept = len(before), ()
    return {"cut": cut, "add": [add.text for add in after[len(kept) :]]}


def _line(changes: Mapping[str, Any], before: str) -> tuple[str, str]:
    # With the one before in it: a line that was lost or moved shows, and not only one that was
    # changed.
    checksum = digest([before, changes])
    return f"{_encode({**changes, CHECKSUM: checksum})}\n", checksum


def _read_line(line: bytes, before: str) -> tuple[dict[str, Any], str]:
    """Return a record and its checksum; raises `ValueError` for a line that is not the next."""
    record = parse_json(line)
    if not isinstance(record, dict):
        raise ValueError("it is not an object")
    checksum = record.pop(CHECKSUM, None)
    if checksum != digest([before, record]):
        raise ValueError("its checksum does not match")
    return record, str(checksum)


def _put(body: dict[str, Any], operations: dict[str, Any], record: Mapping[str, Any]) -> None:
    body["serial"] = record["serial"]
    body.update(record.get("head", {}))
    for key in record.get("lost", ()):
        body.pop(key, None)
    if ended := record.get(_CLOSED):
        # In place: a line costs what it says, however many there are of both.
        closed = body.setdefault(_CLOSED, [])
        del closed[: ended["cut"]]
        closed += ended["add"]
        if not closed:
            del body[_CLOSED]
    for target, key in ((body["videos"], "videos"), (operations, "operations")):
        for name, value in record.get(key, {}).items():
            if value is None:
                target.pop(name, None)
            else:
                target[name] = value


def _read_head(line: bytes, where: str) -> dict[str, Any]:
    try:
        head = parse_json(line)
        keys = {"journal": int, "lineage": str, "serial": int, CHECKSUM: str}
        if not all(isinstance(head[key], kind) for key, kind in keys.items()):
            raise ValueError("a field is of the wrong type")
    except (ValueError, TypeError, KeyError) as cause:
        raise StateError(
            f"the journal '{where}' is damaged: line 1",
            hint=_REPAIR,
            code=FailureCode.STATE_DAMAGED,
        ) from cause
    if head["journal"] > JOURNAL_VERSION:
        raise StateError(
            f"the journal '{where}' has format {head['journal']}; this program knows formats up "
            f"to {JOURNAL_VERSION}",
            hint="update storyboard; the file was not touched",
        )
    found: dict[str, Any] = head
    return found


def _last_serial(lines: list[bytes]) -> int:
    """Return the highest serial that a line tells, good or not: what is there counts as there."""
    last = 0
    for line in lines:
        with suppress(ValueError, TypeError, KeyError):
            last = max(last, int(parse_json(line)["serial"]))
    return last

"""The state as JSON text and back. Refuses what it does not know, touches no disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from storyboard.errors import FailureCode, StateError
from storyboard.kaltura.objects import Principal
from storyboard.state import local_names
from storyboard.state.json_lines import json_lines
from storyboard.state.layered import Layered
from storyboard.state.model import (
    FORMAT_VERSION,
    ClosedAdd,
    Operation,
    OperationKind,
    Refusals,
    State,
)
from storyboard.state.video_format import read_video, video_body
from storyboard.strict_json import parse_json, uncollected
from storyboard.video import Address, digest
from storyboard.whole_numbers import counted_number

_LINEAGE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""It names a file, too: where a state is kept that could not be written in its place."""


_CONFLICT: Final = re.compile(r"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)
"""No line of a state begins so: text is in quotes, and has no line ends."""


_DATED: Final = "previousUpdatedAt"
"""A key that intents of older programs have not."""

MOST_VALUES: Final = 8_000_000
"""Of a state: a video of five scenes has 60. Less would be a state that is written and never read
again; more than memory holds is refused all the same, by its bytes."""

CHECKSUM: Final = "checksum"

_DEEP: Final = ("videos",)
"""What has so much in an item that each of its keys is a line."""


def format_state(state: State) -> str:
    """Return the state as JSON with sorted keys and a checksum."""
    return format_body(state_body(state))[0]


def state_content(state: State, *, where: str) -> tuple[bytes, str]:
    """Return the bytes of a state that is to be written, and its checksum.

    Raises `StateError` for one that nobody could read again.
    """
    text, checksum = format_body(state_body(state))
    content = text.encode()
    if len(content) > local_names.MAX_STATE_BYTES:
        raise StateError(
            f"the state '{where}' would be larger than {local_names.MAX_STATE_BYTES >> 20} MB, and "
            "is not written",
            hint="make two projects of this one: each has a state of its own",
        )
    return content, checksum


def format_body(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of a state's JSON object, and the checksum in it.

    An item of what has many is a line, and so is each key of a video: people read it, and git
    compares lines.
    """
    checksum = digest(body)
    return json_lines({**body, CHECKSUM: checksum}, deep=_DEEP), checksum


def parse_state(text: str, *, where: str) -> State:
    """Read a state; raises `StateError` for what is damaged, foreign or newer than this program.

    `where` names the place in messages.
    """
    return read_body(parse_body(text, where=where)[0], where=where)


@uncollected()
def parse_body(text: str, *, where: str) -> tuple[dict[str, Any], str]:
    """Return a state's JSON object and the checksum that it had; raises as `parse_state`."""
    if _CONFLICT.search(text):
        raise _damaged(where, "it has git's conflict marks")
    try:
        body = parse_json(text, most=MOST_VALUES)
    except ValueError as cause:
        raise _damaged(where, str(cause)) from cause
    if not isinstance(body, dict) or "lineage" not in body or "format_version" not in body:
        raise StateError(
            f"'{where}' is not a state of storyboard",
            hint="move it away, or name another state file; it was not touched",
        )
    version = body["format_version"]
    if not isinstance(version, int) or version > FORMAT_VERSION:
        raise StateError(
            f"'{where}' has format {version}; this program knows formats up to {FORMAT_VERSION}",
            hint="update storyboard; the file was not touched",
        )
    checksum = body.pop(CHECKSUM, None)
    if checksum != digest(body):
        raise _damaged(where, "its checksum does not match")
    return body, str(checksum)


@uncollected()
def read_body(body: Mapping[str, Any], *, where: str) -> State:
    """Return the state that a JSON object tells; raises as `parse_state`."""
    if not _LINEAGE.fullmatch(str(body.get("lineage"))):
        raise _damaged(where, "its lineage is no name")
    try:
        return _read_state(body)
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise _damaged(where, f"a field is missing or wrong ({cause})") from cause


def _damaged(where: str, reason: str) -> StateError:
    return StateError(
        f"the state '{where}' is damaged: {reason}",
        hint="restore a backup: `storyboard state restore`; the file was not touched",
        code=FailureCode.STATE_DAMAGED,
    )


def state_body(state: State) -> dict[str, Any]:
    """Return all of a state as a JSON object, without its checksum."""
    return {
        **state_head(state),
        "videos": {str(address): video_body(video) for address, video in state.videos.items()},
        "operations": [operation_body(operation) for operation in state.operations],
        **({"closedAdds": [a.text for a in state.closed_adds]} if state.closed_adds else {}),
    }


def state_head(state: State) -> dict[str, Any]:
    """Return what of a state does not grow with its videos, nor with what was done to them."""
    return {
        "format_version": FORMAT_VERSION,
        "lineage": state.lineage,
        "serial": state.serial,
        "principal": state.principal.body(),
        "avatars": dict(state.avatars),
        "retired": [{"address": str(address), "id": id_} for address, id_ in state.retired],
        "readyRefusesEdits": state.ready_refuses_edits,
        **({"epoch": state.epoch} if state.epoch else {}),
        **({"appliedPlans": list(state.applied_plans)} if state.applied_plans else {}),
        **({"policy": {k: [*v] for k, v in state.policy.items()}} if state.policy else {}),
        **_refusals_body(state),
    }


def _refusals_body(state: State) -> dict[str, Any]:
    """Return the evidence behind `readyRefusesEdits`, if there is some."""
    kinds = {"edits": state.refused_edits, "films": state.refused_films}
    told = {name: {"count": r.count, "last": r.last} for name, r in kinds.items() if r.count}
    return {"readyRefusals": told} if told else {}


def operation_body(operation: Operation) -> dict[str, Any]:
    """Return an operation as a JSON object."""
    before = operation.previous_updated_at
    return {
        "kind": operation.kind.value,
        "address": str(operation.address),
        "nonce": operation.nonce,
        "startedAt": operation.started_at,
        "videoId": operation.video_id,
        "fingerprint": operation.fingerprint,
        "previousEntryId": operation.previous_entry_id,
        **({} if before is None else {_DATED: before}),
        **({"seen": True} if operation.seen else {}),
        **({"idle": True} if operation.idle else {}),
    }


def _read_state(body: Mapping[str, Any]) -> State:
    return State(
        lineage=str(body["lineage"]),
        serial=counted_number(body["serial"]),
        principal=Principal.of_body(body["principal"]),
        avatars={str(key): str(value) for key, value in body["avatars"].items()},
        videos=Layered.of(
            {Address.parse(key): read_video(value) for key, value in body["videos"].items()}
        ),
        operations=tuple(_read_operation(item) for item in body["operations"]),
        retired=tuple((Address.parse(r["address"]), str(r["id"])) for r in body["retired"]),
        closed_adds=tuple(ClosedAdd.parse(str(text)) for text in body.get("closedAdds", ())),
        epoch=counted_number(body.get("epoch", 0)),
        applied_plans=tuple(str(text) for text in body.get("appliedPlans", ())),
        policy={
            str(key): tuple(str(text) for text in texts)
            for key, texts in body.get("policy", {}).items()
        },
        refused_edits=_read_refusals(body, "edits"),
        refused_films=_read_refusals(body, "films"),
    )


def _read_refusals(body: Mapping[str, Any], kind: str) -> Refusals:
    """Read the evidence of a kind; an older program kept none, and met an edit's refusal."""
    told = body.get("readyRefusals")
    if told is None:
        return Refusals(int(kind == "edits" and bool(body["readyRefusesEdits"])))
    found = told.get(kind)
    if found is None or counted_number(found["count"]) < 1:
        return Refusals()
    return Refusals(counted_number(found["count"]), str(found["last"]))


def _read_operation(body: Mapping[str, Any]) -> Operation:
    def optional(key: str) -> str | None:
        value = body[key]
        return None if value is None else str(value)

    return Operation(
        kind=OperationKind(body["kind"]),
        address=Address.parse(body["address"]),
        nonce=str(body["nonce"]),
        started_at=str(body["startedAt"]),
        video_id=optional("videoId"),
        fingerprint=str(body["fingerprint"]),
        previous_entry_id=optional("previousEntryId"),
        previous_updated_at=None if _DATED not in body else str(body[_DATED]),
        seen=bool(body.get("seen", False)),
        idle=bool(body.get("idle", False)),
    )

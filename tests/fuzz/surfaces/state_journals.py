"""The journal beside a state: replayed into a state, or the one error with a way out.

Its lines are chained anew first, since a changed byte would only break a checksum.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from storyboard.errors import StateError
from storyboard.kaltura.objects import Principal
from storyboard.state.format import format_body, format_state, parse_state, read_body, state_body
from storyboard.state.journal import named_videos, replay_journal
from storyboard.state.model import ObjectRecord, State, VideoRecord
from storyboard.video import Address, digest
from tests.fuzz.surface import Broken, Surface, without_folder, words

_STATE = replace(
    State.fresh(Principal(1, "ann", "https://studio.example"), lineage="ab"), serial=3
).with_video(Address("q1", "fr"), VideoRecord(ObjectRecord("v1")))
_BODY = state_body(_STATE)
_CHECKSUM = format_body(_BODY)[1]


def _law(content: bytes) -> None:
    for written in (content, _chained(content)):
        named_videos(written)
        try:
            replayed = replay_journal(written, _BODY, _CHECKSUM, where="state.json.journal")
            state = read_body(replayed.body, where="state.json")
        except StateError as refusal:
            if not refusal.hint:
                raise Broken("a refusal without a way out") from refusal
            continue
        again = format_state(state)
        if parse_state(again, where="state.json") != state:
            raise Broken("another state than was written")


def _chained(content: bytes) -> bytes:
    """Return the lines with the checksums that they should have; others as they are."""
    lines, checksum = [], _CHECKSUM
    for number, line in enumerate(content.split(b"\n")):
        try:
            record: dict[str, Any] = json.loads(line)
            record.pop("checksum", None)
            if number == 0:
                record |= {"lineage": _STATE.lineage}
            else:
                checksum = digest([checksum, record])
            lines.append(json.dumps(record | {"checksum": checksum}).encode())
        except (ValueError, TypeError, AttributeError, RecursionError):
            lines.append(line)
    return b"\n".join(lines)


SURFACE = Surface(
    "state_journals",
    without_folder(_law),
    (
        *words("""journal lineage serial checksum head lost videos operations closedAdds cut add
        avatars retired readyRefusesEdits current successor films protect file id applied observed
        name scenes kind generate address nonce startedAt videoId previousEntryId principal epoch
        null true NaN 1e999 "" {} [] q1@fr @ """),
    ),
    rounds=1500,
)

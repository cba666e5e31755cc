"""The state's file: read, and then it writes as it was; or the one error with a way out.

A checksum is made good first, since a changed byte would only break it.
"""

from __future__ import annotations

import json

from storyboard.errors import StateError
from storyboard.state.format import format_state, parse_state
from storyboard.video import digest
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    source = text.decode("utf-8", "replace")
    for written in (source, _sealed(source)):
        try:
            state = parse_state(written, where="state.json")
        except StateError as refusal:
            if not refusal.hint:
                raise Broken("a refusal without a way out") from refusal
            continue
        again = format_state(state)
        if format_state(parse_state(again, where="state.json")) != again:
            raise Broken("another state than was written")


def _sealed(text: str) -> str:
    """Return a state with the checksum that it should have; other texts as they are."""
    try:
        body = json.loads(text)
        body.pop("checksum", None)
        return json.dumps(body | {"checksum": digest(body)})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return text


SURFACE = Surface(
    "state_files",
    without_folder(_law),
    (
        *words("""format_version lineage serial principal partnerId userId studio avatars videos
        operations retired readyRefusesEdits current successor films protect file composed id
        applied observed name avatar scenes fingerprint fields entryId madeAt tookSeconds
        durationSeconds workSeconds kind create generate compose address nonce startedAt videoId
        previousEntryId previousUpdatedAt seen readyRefusals closedAdds edits count last checksum
        path sha256 null true NaN Infinity 1e999 "" {} [] tour@en @ a@b@c "a,b" """),
    ),
)

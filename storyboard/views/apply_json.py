"""What came of an apply, and what the state holds, as JSON for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storyboard.apply.outcome import ActionOutcome, Outcome, Row
from storyboard.state.model import State, VideoRecord


def render_outcome_json(outcome: Outcome) -> str:
    """Return every action's outcome and every video's row as one JSON object."""
    return _json(outcome_to_dict(outcome))


def outcome_to_dict(outcome: Outcome) -> dict[str, Any]:
    """Return every action's outcome and every video's row as values that JSON has."""
    fatal = outcome.fatal
    return {
        "actions": [_action(item) for item in outcome.actions],
        "videos": {str(row.address): _row(row) for row in outcome.rows},
        "error": None if fatal is None else {"message": fatal.message, "hint": fatal.hint},
        "interrupted": outcome.interrupted,
        "exitCode": int(outcome.exit_code),
    }


def render_outputs_json(state: State | None) -> str:
    """Return `{address: {videoId, entryId, status, file}}` of all that was applied."""
    return _json(outputs_to_dict(state))


def outputs_to_dict(state: State | None) -> dict[str, dict[str, str | None]]:
    """Return what was applied, by address in order.

    `status` tells from the state alone: `ready` with a film, `generating` while one is in the
    making, else `draft`. `file` is null where the saved film is gone or of another entry.
    """
    if state is None:
        return {}
    return {
        str(address): {
            "videoId": record.current.id,
            "entryId": record.entry_id,
            "status": _status(state, record),
            "file": _file(record),
        }
        for address, record in sorted(state.videos.items(), key=lambda item: str(item[0]))
    }


def _status(state: State, record: VideoRecord) -> str:
    making = {operation.video_id for operation in state.operations}
    if record.written.id in making:
        return "generating"
    return "draft" if record.film is None else "ready"


def _file(record: VideoRecord) -> str | None:
    saved = record.saved
    if saved is None or saved.entry_id != record.entry_id or not Path(saved.path).is_file():
        return None
    return saved.path


def _action(item: ActionOutcome) -> dict[str, Any]:
    return {
        "address": str(item.address),
        "action": item.action.value,
        "status": item.ending.value,
        "message": item.message,
        "hints": list(item.hints),
        "seconds": item.seconds,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "status": row.status,
        "videoId": row.video_id,
        "entryId": row.entry_id,
        "file": row.file,
        "lengthSeconds": row.length_seconds,
        "tookSeconds": row.took_seconds,
    }


def _json(body: dict[str, Any]) -> str:
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return text.encode(errors="replace").decode() + "\n"

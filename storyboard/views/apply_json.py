"""What came of an apply, as JSON for scripts."""

from __future__ import annotations

from typing import Any

from storyboard.apply.outcome import ActionOutcome, Outcome, Row
from storyboard.views.json_text import json_text


def render_outcome_json(outcome: Outcome) -> str:
    """Return `{actions, videos: {address: row}, swept, error, interrupted, exitCode}` as JSON.

    `actions` is `[{address, action, status, message, hints, seconds}]`, and a row
    `{status, videoId, entryId, file, lengthSeconds, tookSeconds}`. `swept` has the ids of deleted
    leftovers.
    """
    return json_text(outcome_to_dict(outcome))


def outcome_to_dict(outcome: Outcome) -> dict[str, Any]:
    """Return every action's outcome and every video's row as values that JSON has."""
    fatal = outcome.fatal
    return {
        "actions": [_action(item) for item in outcome.actions],
        "videos": {str(row.address): _row(row) for row in outcome.rows},
        "swept": list(outcome.swept),
        "error": None if fatal is None else {"message": fatal.message, "hint": fatal.hint},
        "interrupted": outcome.interrupted,
        "exitCode": int(outcome.exit_code),
    }


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

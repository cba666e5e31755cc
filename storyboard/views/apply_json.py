"""What came of an apply, as JSON for scripts."""

from __future__ import annotations

from typing import Any

from storyboard.apply.outcome import ActionOutcome, Ending, Outcome, Row
from storyboard.errors import FailureCode, StoryboardError
from storyboard.views.json_text import json_text
from storyboard.views.resuming import resume_to_dict


def render_outcome_json(
    outcome: Outcome, exit_code: int | None = None, *, resume: str | None = None
) -> str:
    """Return what the schema `outcome` describes; see `outcome_to_dict`."""
    return json_text(outcome_to_dict(outcome, exit_code, resume=resume))


def outcome_to_dict(
    outcome: Outcome, exit_code: int | None = None, *, resume: str | None = None
) -> dict[str, Any]:
    """Return every action's outcome and every video's row as values that JSON has.

    `exit_code` is what the command ends with, if not with the outcome's own, and `resume` the
    command that goes on.
    """
    fatal = outcome.fatal
    return {
        "actions": [action_to_dict(item) for item in outcome.actions],
        "videos": {str(row.address): _row(row) for row in outcome.rows},
        "swept": list(outcome.swept),
        "error": None if fatal is None else _fatal(fatal),
        "resume": None if resume is None else resume_to_dict(resume, outcome.under_way),
        "interrupted": outcome.interrupted,
        "exitCode": int(outcome.exit_code if exit_code is None else exit_code),
    }


def made_videos(outcome: Outcome) -> dict[str, Any]:
    """Return the ids of the videos that are there after a run, whatever became of it."""
    return {
        str(row.address): {"videoId": row.video_id, "entryId": row.entry_id}
        for row in outcome.rows
        if row.video_id is not None
    }


def action_to_dict(item: ActionOutcome) -> dict[str, Any]:
    """Return how an action ended."""
    detached = FailureCode.DETACHED if item.ending is Ending.DETACHED else None
    code = item.failure or detached
    return {
        "address": str(item.address),
        "action": item.action.value,
        "status": item.ending.value,
        "code": None if code is None else code.value,
        "message": item.message,
        "hints": list(item.hints),
        "seconds": item.seconds,
    }


def _fatal(failure: StoryboardError) -> dict[str, Any]:
    return {
        "code": failure.failure_code.value,
        "message": failure.message,
        "hint": failure.hint,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "status": row.status,
        "videoId": row.video_id,
        "entryId": row.entry_id,
        "file": row.file,
        "captions": [*row.captions],
        "lengthSeconds": row.length_seconds,
        "tookSeconds": row.took_seconds,
    }

"""A failure as one JSON object. No decisions: which failure it is, is known by then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storyboard.errors import ApiError, GuardError, StoryboardError
from storyboard.kaltura.secrets import redact
from storyboard.source.diagnostic import Report
from storyboard.views.report_json import report_to_dict


def error_to_dict(
    failure: StoryboardError,
    details: Mapping[str, Any],
    *,
    exit: int,
    others: Sequence[StoryboardError] = (),
    report: Report | None = None,
    spell: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return what the schema `events` calls an error.

    `details` are more keys, and win; `others` failed too, `report` has the findings that are the
    failure. `spell` makes the commands of a hint ones that can be typed as they stand.
    """
    body: dict[str, Any] = {
        "event": "error",
        **_told(failure, spell),
        "exit": int(exit),
        "retryable": failure.failure_code.retryable,
    }
    said = _said(failure)
    if said is not None:
        body["studioCode"] = redact(said.code)
    if isinstance(failure, GuardError) and failure.rules:
        body["rules"] = list(failure.rules)
    if report is not None:
        body |= report_to_dict(report)
    if others:
        body["also"] = [_told(other, spell) for other in others]
    return body | dict(details)


def _said(failure: BaseException | None) -> ApiError | None:
    """Return the studio's answer that a failure came of, if it did of one."""
    while failure is not None and not isinstance(failure, ApiError):
        failure = failure.__cause__
    return failure


def _told(failure: StoryboardError, spell: Callable[[str], str]) -> dict[str, Any]:
    return {
        "code": failure.failure_code.value,
        "message": redact(failure.message),
        "hint": None if failure.hint is None else redact(spell(failure.hint)),
    }

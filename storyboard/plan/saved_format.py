"""A saved plan as a JSON object and back. Refuses what it does not know, and judges no plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from storyboard.errors import ConflictError, FailureCode, UsageError
from storyboard.hidden import masked_value
from storyboard.kaltura.objects import Principal
from storyboard.plan.saved import AGAIN, Asked, Observation, SavedPlan, stamp
from storyboard.strict_json import parse_json
from storyboard.video import digest

FORMAT_VERSION: Final = 1
KIND: Final = "storyboard plan"
_CHECKSUM: Final = "checksum"


def saved_body(saved: SavedPlan) -> dict[str, Any]:
    """Return the file as a JSON object, checksum included; secrets are masked."""
    asked, principal = saved.asked, saved.principal
    body: dict[str, Any] = {
        "kind": KIND,
        "format_version": FORMAT_VERSION,
        "tool": saved.tool,
        "created": stamp(saved.created),
        "expires": stamp(saved.expires),
        "asked": {
            "targets": list(asked.targets),
            "environment": asked.environment,
            "variables": dict(asked.variables),
            "allowStale": asked.allow_stale,
            "fallback": asked.fallback,
            "generate": asked.generate,
            "prune": asked.prune,
            "pruneRenamed": asked.prune_renamed,
            "filmDoubtful": asked.film_doubtful,
            **({"forward": True} if asked.forward else {}),
            **({"regenerate": list(asked.regenerate)} if asked.regenerate else {}),
        },
        "principal": principal.body(),
        "lineage": saved.lineage,
        "serial": saved.serial,
        "configuration": saved.configuration,
        "observed": [
            {
                "address": each.address,
                "id": each.id,
                "status": each.status,
                "entryId": each.entry_id,
                "fingerprint": each.fingerprint,
            }
            for each in saved.observed
        ],
        "plan": dict(saved.plan),
        "text": saved.text,
        "markdown": saved.markdown,
        "findings": [dict(each) for each in saved.findings],
        "findingsText": saved.findings_text,
    }
    body = masked_value(body, frozenset())
    return {**body, _CHECKSUM: digest(body)}


def parse_saved(text: str | bytes, *, where: str) -> SavedPlan:
    """Read a saved plan; one that was edited is read too, and is not `is_whole`.

    Raises `UsageError` for what is none, and `ConflictError` for what cannot be read any more.
    """
    try:
        body = parse_json(text)
    except ValueError as cause:
        raise _unreadable(where, str(cause)) from cause
    if not isinstance(body, dict) or body.get("kind") != KIND:
        raise UsageError(
            f"'{where}' is not a saved plan", hint="make one with: storyboard plan -o FILE"
        )
    version = body.get("format_version")
    if version != FORMAT_VERSION:
        raise ConflictError(
            f"'{where}' has format {version}; this program reads format {FORMAT_VERSION}",
            hint="use the version of storyboard that saved it, or plan again",
            code=FailureCode.PLAN_DAMAGED,
        )
    checksum = str(body.pop(_CHECKSUM, ""))
    try:
        return _read(body, checksum)
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise _unreadable(where, "a field is missing or wrong") from cause


def _unreadable(where: str, reason: str) -> ConflictError:
    return ConflictError(
        f"the saved plan '{where}' is damaged: {reason}",
        hint=AGAIN,
        code=FailureCode.PLAN_DAMAGED,
    )


def _read(body: Mapping[str, Any], checksum: str) -> SavedPlan:
    asked, plan = body["asked"], body["plan"]
    if not isinstance(plan["digest"], str) or not isinstance(asked["variables"], dict):
        raise TypeError
    if not all(isinstance(each[key], str) for each in plan["actions"] for key in _ACTION):
        raise TypeError
    return SavedPlan(
        asked=Asked(
            targets=tuple(str(each) for each in asked["targets"]),
            environment=str(asked["environment"]),
            variables=asked["variables"],
            allow_stale=asked["allowStale"] is True,
            fallback=asked["fallback"] is True,
            generate=asked["generate"] is True,
            prune=asked["prune"] is True,
            prune_renamed=asked["pruneRenamed"] is True,
            film_doubtful=asked["filmDoubtful"] is True,
            forward=asked.get("forward") is True,
            regenerate=tuple(str(each) for each in asked.get("regenerate", ())),
        ),
        tool=str(body["tool"]),
        created=_moment(body["created"]),
        expires=_moment(body["expires"]),
        principal=Principal.of_body(body["principal"]),
        lineage=str(body["lineage"]),
        serial=int(body["serial"]),
        configuration=str(body["configuration"]),
        observed=tuple(
            Observation(*(str(each[key]) for key in _OBSERVED)) for each in body["observed"]
        ),
        plan=plan,
        text=str(body["text"]),
        markdown=str(body["markdown"]),
        # Older files have none.
        findings=tuple(dict(each) for each in body.get("findings", ())),
        findings_text=str(body.get("findingsText", "")),
        checksum=checksum,
        is_whole=checksum == digest(body),
    )


_ACTION: Final = ("action", "address")
"""What a stale plan is compared by; the rest of its actions is for who reads them."""

_OBSERVED: Final = ("address", "id", "status", "entryId", "fingerprint")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

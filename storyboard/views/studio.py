"""What the control plane of a local studio tells, as text and JSON. No decisions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable
from storyboard.wire import GUIDE

Objects = Sequence[Mapping[str, Any]]


def render_journal_text(calls: Objects) -> str:
    """Return a row a call: when, what, whose, the status, the code or fault, how long it took."""
    rows = [
        (
            str(call["at"]),
            printable(str(call["action"])),
            printable(str(call.get("user") or "–")),
            str(call["status"] or "–"),
            _trouble(call),
            f"{call['milliseconds']:.0f} ms",
        )
        for call in calls
    ]
    return line_up(rows, right=(5,)) if rows else "no calls yet\n"


def render_journal_curl(calls: Objects) -> str:
    """Return a curl command a line."""
    return "".join(f"{call['curl']}\n" for call in calls)


def render_journal_json(calls: Objects) -> str:
    """Return the calls as they were told."""
    return json_text(list(calls))


def render_contract_text(switches: Objects, profile: str) -> str:
    """Return each switch with its value, and below it the others, how sure it is and why.

    The profile is named first, where it is not the guide's.
    """
    lines = [] if profile == GUIDE else [f"profile {profile}\n"]
    for switch in switches:
        changed = "" if switch["value"] == switch["default"] else f" (default {switch['default']})"
        others = ", ".join(value for value in switch["values"] if value != switch["value"])
        known = f"{switch['certainty']}: {switch['source']}"
        lines += [
            f"{switch['name']} = {switch['value']}{changed}\n",
            f"    {switch['meaning']}\n",
            f"    or {others}; {known}\n" if others else f"    {known}\n",
        ]
    return "".join(lines)


def render_contract_json(switches: Objects) -> str:
    """Return the switches as they were told."""
    return json_text(list(switches))


def render_tokens_text(tokens: Objects) -> str:
    """Return a row a token: whose it is, who made it and when, its last use, until when it is good.

    An earlier version noted no use: what it made may have been used until uses were noted.
    """
    rows = [
        (
            str(token["id"]),
            printable(str(token["user"])) + (" (admin)" if token["isAdmin"] else ""),
            _making(token),
            _last_use(token),
            f"expires {_day(token['expiresAt'])}" if token["expiresAt"] else "never expires",
            "page key" if token["isPageKey"] else "",
        )
        for token in tokens
    ]
    return line_up(rows) if rows else "no app tokens\n"


def _making(token: Mapping[str, Any]) -> str:
    by = f"by {token['madeBy'] or 'an earlier version'}"
    return f"made {_day(token['madeAt'])} {by}" if token["madeAt"] else f"made {by}"


def _last_use(token: Mapping[str, Any]) -> str:
    if token["usedAt"]:
        return f"used {_day(token['usedAt'])}"
    is_known = token["madeBy"] or not token["watchedFrom"]
    return "never used" if is_known else f"not used since {_day(token['watchedFrom'])}"


def _day(moment: str) -> str:
    return moment.partition("T")[0]


def render_faults_text(rules: Objects) -> str:
    """Return a row a rule: its kind and action, all else that was set, and its counts."""
    counts = ("kind", "action", "matched", "fired")
    rows = [
        (
            str(rule["kind"]),
            printable(str(rule["action"])),
            printable(" ".join(f"{k}={_flat(v)}" for k, v in rule.items() if k not in counts)),
            f"met {rule['matched']}, spoilt {rule['fired']}",
        )
        for rule in rules
    ]
    return line_up(rows) if rows else "no faults\n"


def render_faults_json(rules: Objects) -> str:
    """Return the rules as they were told."""
    return json_text(list(rules))


def _trouble(call: Mapping[str, Any]) -> str:
    fault = call.get("fault")
    parts = (call["code"], f"fault {fault}" if fault else None)
    return ", ".join(printable(str(part)) for part in parts if part)


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) else str(value)

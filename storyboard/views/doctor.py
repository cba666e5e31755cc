"""An examination as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.commands.doctor_finding import Finding, Level
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable

_TONES = {Level.OK: "32", Level.WARNING: "33", Level.PROBLEM: "31"}


def render_findings_text(findings: Sequence[Finding], *, color: bool = False) -> str:
    """Return a line a finding: level, topic, what is so; its hint below."""
    topics = max((len(finding.topic) for finding in findings), default=0)
    lines = []
    for finding in findings:
        level = f"{finding.level.value:<7}"
        shown = f"\x1b[{_TONES[finding.level]}m{level}\x1b[0m" if color else level
        lines.append(f"{shown}  {finding.topic:<{topics}}  {printable(finding.message)}\n")
        if finding.hint:
            lines.append(f"{'':<{topics + 11}}hint: {printable(finding.hint)}\n")
    return "".join(lines)


def render_findings_json(findings: Sequence[Finding]) -> str:
    """Return `{"findings": [{topic, level, message, hint}]}`."""
    body = [
        {
            "topic": finding.topic,
            "level": finding.level.value,
            "message": finding.message,
            "hint": finding.hint,
        }
        for finding in findings
    ]
    return json_text({"findings": body})

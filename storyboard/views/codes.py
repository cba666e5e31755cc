"""The table of codes as text and JSON. Makes up no words."""

from __future__ import annotations

from typing import Any

from storyboard.codes import GROUPS, Code
from storyboard.views.json_text import json_text

_WIDTH = 80


def render_code_text(code: Code) -> str:
    """Return all that is known of one code, for a terminal."""
    lines = [f"{code.name}: {code.summary} ({severity_words(code)})", ""]
    lines += [*_wrapped(code.explanation), ""]
    for label, example in code.examples:
        lines += [*_wrapped(label), "", *_indented(example), ""]
    return "\n".join(lines)


def render_codes_text() -> str:
    """Return all codes by group, one a line."""
    width = max(len(code.name) for group in GROUPS.values() for code in group)
    lines: list[str] = []
    for heading, group in GROUPS.items():
        lines += [heading, *(f"  {code.name:<{width}}  {code.summary}" for code in group), ""]
    return "\n".join([*lines, "more on each: storyboard explain CODE", ""])


def code_form(code: Code) -> dict[str, Any]:
    """Return a code for programs."""
    return {
        "code": code.name,
        "severity": code.severity.value,
        "canChange": code.can_change,
        "summary": code.summary,
        "explanation": code.explanation,
        "bad": code.bad,
        "badWhere": code.bad_where,
        "good": code.good,
        "goodWhere": code.good_where,
    }


def render_codes_json() -> str:
    """Return `{"codes": [{code, severity, canChange, summary, explanation, bad, badWhere, good,
    goodWhere}]}`.
    """
    forms = [code_form(code) for group in GROUPS.values() for code in group]
    return json_text({"codes": forms})


def severity_words(code: Code) -> str:
    """Return how bad a finding is by default, and whether a project may say otherwise."""
    return code.severity.value if code.can_change else f"{code.severity.value}, fixed"


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.rstrip("\n").splitlines()]

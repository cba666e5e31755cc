"""The table of codes as text and JSON. Makes up no words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storyboard.codes import GROUPS, Code
from storyboard.errors import FailureCode
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
    lines += ["Errors of commands, in JSON"]
    width = max(len(code.value) for code in FailureCode)
    lines += [*(f"  {code.value:<{width}}  {code.meaning}" for code in FailureCode), ""]
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


def failure_form(code: FailureCode) -> dict[str, Any]:
    """Return the code of a failure for programs."""
    return {
        "code": code.value,
        "exit": int(code.exit),
        "retryable": code.retryable,
        "meaning": code.meaning,
        "fix": code.fix,
    }


def render_codes_json(
    codes: Iterable[Code] | None = None, failures: Iterable[FailureCode] = FailureCode
) -> str:
    """Return codes of findings and of failures as JSON; without any, all."""
    if codes is None:
        codes = (code for group in GROUPS.values() for code in group)
    forms = [code_form(code) for code in codes]
    return json_text({"codes": forms, "errors": [failure_form(code) for code in failures]})


def render_failure_text(code: FailureCode) -> str:
    """Return what is known of the code of a failure, for a terminal."""
    again = "yes" if code.retryable else "no"
    return (
        f"{code.value}: {code.meaning} (error in JSON)\n\n"
        f"exit code: {int(code.exit)}\n"
        f"may be run again as it is: {again}\n"
        f"what to do: {code.fix}\n"
    )


def severity_words(code: Code) -> str:
    """Return how bad a finding is by default, and whether a project may say otherwise."""
    return code.severity.value if code.can_change else f"{code.severity.value}, fixed"


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.rstrip("\n").splitlines()]

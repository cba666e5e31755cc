"""Runs the examples of expressions with the variables that the page about expressions shows."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from reference_tables.expressions import Example
from storyboard.source.numerals import spell
from storyboard.source.reader import read_document
from storyboard.templates.expressions import Template, TemplateFault, parse_template
from tests.support.pages import blocks_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "expressions.md"


@cache
def variables() -> dict[str, Any]:
    """Return the variables of all examples: the page's first block."""
    shown = next(block for block in blocks_of(PAGE.read_text("utf-8")) if block.kind == "yaml")
    document, findings = read_document("vars.yaml", shown.text.encode())
    assert document is not None
    assert not findings
    return dict(document.data)


def outcome(example: Example) -> str:
    """Return what an example comes to: a text as it is, other values as JSON, a fault's words."""
    template = parse_template(example.text)
    if isinstance(template, TemplateFault):
        return f"error: {template.message}"
    assert isinstance(template, Template)
    try:
        value = template.render(variables(), example.locale)
    except TemplateFault as fault:
        return f"error: {fault.message}"
    if isinstance(value, str):
        return value.replace("\xa0", " ").replace("\u202f", " ")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return spell(value)
    return json.dumps(value, ensure_ascii=False)

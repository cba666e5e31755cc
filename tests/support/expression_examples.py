"""Examples of expressions as docstrings and pages write them: `{{ team|first }} → Ann`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from storyboard.source.reader import read_document
from storyboard.templates.expressions import Template, TemplateFault, parse_template

SCOPE = """\
product: Acme
version: 1.10
price: 9.90
seats: 3
released: 2026-03-31
team: [Ann, Bo, Cy]
plans:
  - {name: Basic, seats: 1}
  - {name: Pro, seats: 10}
  - {name: Team, seats: 50}
"""
"""The variables of all examples."""

_EXAMPLE = re.compile(r"^ *(\S.*?)(?: in ([a-z]{2}))? → (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A scalar with expressions, the locale it is rendered in, and what comes out."""

    text: str
    locale: str
    value: str


def examples_of(docstring: str) -> list[Example]:
    """Return the lines of a docstring that are examples."""
    return [
        Example(text, locale or "en", value) for text, locale, value in _EXAMPLE.findall(docstring)
    ]


def variables() -> dict[str, Any]:
    """Return the variables of all examples, as a file of variables has them."""
    document, findings = read_document("vars.yaml", SCOPE.encode())
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
    return json.dumps(value, ensure_ascii=False)

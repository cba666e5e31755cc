"""What is wrong with expressions."""

from __future__ import annotations

from typing import Final

from storyboard.codes.code import Code, Severity

CODES: Final = (
    Code(
        "template-syntax",
        Severity.ERROR,
        "an expression cannot be read",
        "Between `{{` and `}}` stands one expression: names, numbers, texts in quotes, "
        "operators and filters.",
        bad="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new {{ product + }}.
""",
        good="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new {{ product }}.
""",
        block="vars",
    ),
    Code(
        "template-refused",
        Severity.ERROR,
        "an expression asks for something that templates do not do",
        "Expressions have no calls, no clock, no random numbers and no access to files, so "
        "that a plan comes out the same tomorrow. The hint names what to use instead.",
        bad="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new {{ product.upper() }}.
""",
        good="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new {{ product | upper }}.
""",
    ),
    Code(
        "template-limit",
        Severity.ERROR,
        "an expression is too large, or does too much",
        "Limits keep a file from occupying the machine. Work out large values elsewhere, and "
        "pass them with `--var-file`.",
        bad="""\
name: Tour
vars: {users: 1000000}
scenes:
  - Welcome to our {{ users * users * users }} users.
""",
        good="""\
name: Tour
vars: {users: 1000000}
scenes:
  - Welcome to our {{ users }} users all over the world.
""",
    ),
    Code(
        "undefined-name",
        Severity.ERROR,
        "an expression names something that is not defined",
        "Define the variable in `vars`, pass it with `--var`, or correct the name. A value "
        "that may be missing is written `{{ name | default('…') }}`.",
        bad="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of {{ product }}, our new {{ prodct }}.
""",
        good="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of {{ product }}, our new search engine.
""",
        block="vars",
    ),
    Code(
        "template-value",
        Severity.ERROR,
        "a value does not suit the operator or filter that gets it",
        "For example, a text has no fields, and a text and a number cannot be added. The "
        "message names the value.",
        bad="""\
name: Tour
vars: {product: Acme}
scenes:
  - Welcome to the tour of our new {{ product.name }}.
""",
        good="""\
name: Tour
vars: {product: {name: Acme}}
scenes:
  - Welcome to the tour of our new {{ product.name }}.
""",
        block="vars",
    ),
)

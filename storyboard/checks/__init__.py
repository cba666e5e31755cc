"""What makes a generation fail or a film embarrass, found before it costs anything.

One rule a module of `rules/`, which is named like its code. A project changes a rule's severity, or
turns it `off`, under `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from storyboard.checks import rules
from storyboard.checks.severities import is_off
from storyboard.checks.subject import Rule, Subject
from storyboard.codes import CODES
from storyboard.source.diagnostic import Diagnostic, diagnose


def _found() -> Iterator[Rule]:
    """Yield the rule of each module, in the order of the codes: a new rule is a file and a code."""
    modules = {module.name.replace("_", "-") for module in iter_modules(rules.__path__)}
    for code in CODES:
        if code in modules:
            rule = import_module(f"{rules.__name__}.{code.replace('-', '_')}").RULE
            assert isinstance(rule, Rule)
            yield rule


RULES: Final = tuple(_found())


def run_rules(subject: Subject) -> Iterator[Diagnostic]:
    """Yield what all rules find, in the severities of the table; rules that are off do not run."""
    for rule in RULES:
        if not is_off(rule.code, subject.project.checks):
            for found in rule.check(subject):
                yield diagnose(rule.code, found.message, found.span, found.hint, found.notes)

"""What makes a generation fail or a film embarrass, found before it costs anything.

One rule a module of `rules/`, which is named like its code. A project changes a rule's severity, or
turns it `off`, under `checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from storyboard.checks import rules
from storyboard.checks.severities import is_off
from storyboard.checks.subject import Finding, Rule, Subject, Survey
from storyboard.codes import CODES
from storyboard.source.diagnostic import Diagnostic, diagnose


def _found() -> Iterator[Rule]:
    """Yield the rule of each module, in the order of the codes: a new rule is a file and a code."""
    modules = {module.name.replace("_", "-") for module in iter_modules(rules.__path__)}
    # By the table and not by the folder: findings come in the order in which the page has the
    # codes.
    for code in CODES:
        if code in modules:
            rule = import_module(f"{rules.__name__}.{code.replace('-', '_')}").RULE
            assert isinstance(rule, Rule)
            yield rule


RULES: Final = tuple(_found())


def run_rules(subject: Subject) -> Iterator[Diagnostic]:
    """Yield what the rules find in one storyboard; rules that are off do not run."""
    for rule in RULES:
        if not is_off(rule.code, subject.project.checks):
            yield from _told(rule, rule.check(subject))


def run_surveys(survey: Survey) -> Iterator[Diagnostic]:
    """Yield what the rules find when they compare all storyboards; as `run_rules`."""
    for rule in RULES:
        if not is_off(rule.code, survey.project.checks):
            yield from _told(rule, rule.survey(survey))


def _told(rule: Rule, findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """Yield findings in the severity of the table."""
    for found in findings:
        yield diagnose(rule.code, found.message, found.span, found.hint, found.notes)

"""What holds for a plan where the command line says nothing: what project and operator set.

Whoever sends a pull request writes the project's file; only the operator sets variables. So the
file never takes away a limit: the strictest of both holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from storyboard.allowances import listed_in
from storyboard.errors import UsageError
from storyboard.language.place import Written
from storyboard.language.project import Project
from storyboard.plan.limits import (
    RELATIVE,
    Protection,
    Rule,
    SetLimit,
    Setter,
    is_pattern,
    parse_limit,
)
from storyboard.plan.options import PlanOptions

PROTECT: Final = "STORYBOARD_PROTECT"


def within_policy(
    options: PlanOptions, project: Project, variables: Mapping[str, str]
) -> PlanOptions:
    """Return the options with all limits and protected addresses that hold.

    Raises `UsageError` for a variable that is no limit: a guard that is misspelled has to be told.
    """
    limits = (*_of_project(project), *_of_operator(variables))
    projects = [Protection(str(w.value), Setter.PROJECT, _place(w)) for w in project.protected]
    return replace(options, limits=limits, protected=(*projects, *_guarded(variables)))


def _of_project(project: Project) -> Iterator[SetLimit]:
    for rule in Rule:
        written = project.policy.get(rule.key)
        # The schema lets nothing else through; what it refuses is an error of the files.
        limit = None if written is None else parse_limit(str(written.value), rule)
        if written is not None and limit is not None:
            yield SetLimit(rule, limit, Setter.PROJECT, _place(written))


def _of_operator(variables: Mapping[str, str]) -> Iterator[SetLimit]:
    for rule in Rule:
        text = variables.get(rule.variable, "").strip()
        if not text:
            continue
        limit = parse_limit(text, rule)
        if limit is None:
            raise UsageError(f"'{text}' in {rule.variable} is not a limit", hint=forms(rule))
        yield SetLimit(rule, limit, Setter.OPERATOR, rule.variable)


def _guarded(variables: Mapping[str, str]) -> Iterator[Protection]:
    for pattern in listed_in(variables, PROTECT):
        if not is_pattern(pattern):
            raise UsageError(
                f"'{pattern}' in {PROTECT} is not a pattern of addresses",
                hint="write addresses or patterns with commas between, such as legal-*,tour@de",
            )
        yield Protection(pattern, Setter.OPERATOR, PROTECT)


def forms(rule: Rule) -> str:
    """Say how a limit is written."""
    if rule is Rule.MINUTES:
        return "write a number of minutes, such as 5 or 2.5"
    return f"write a number{', a percentage or both: 5, 20%, 5 and 20%' * (rule in RELATIVE)}"


def _place(written: Written) -> str:
    span = written.place.span
    return f"{span.file}:{span.line}"

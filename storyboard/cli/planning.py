"""A plan made and printed, or told again as it was kept. Knows no option."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from storyboard.cli.options import print_elsewhere, print_findings
from storyboard.cli.recovery import spelled_here
from storyboard.commands.planned_before import KeptPlan, PlannedBefore, PlanTold
from storyboard.commands.request import Request
from storyboard.plan.options import PlanOptions

if TYPE_CHECKING:
    from storyboard.compiler import Compilation
    from storyboard.plan.plan import Plan
    from storyboard.plan.refusal import Refusal


Save = Callable[["Compilation", "Plan"], None]
"""Saves a plan that was printed."""


@dataclass(frozen=True, slots=True)
class View:
    """How a plan is shown."""

    form: str
    full: bool
    color: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed of a plan, and the guards that refuse it."""

    told: PlanTold
    refusals: Sequence[Refusal] = ()


def print_plan(
    request: Request,
    options: PlanOptions,
    view: View,
    before: PlannedBefore | None,
    save: Save | None = None,
) -> Printed:
    """Plan and print, or print again what was told `before`; a plan to `save` is always made."""
    kept = None if before is None or save is not None else before.find()
    if before is not None and kept is not None:
        print_findings(kept.report)
        print_elsewhere(kept.errors_elsewhere)
        if _is_same(before, kept):
            _echo(kept.told, view)
            return Printed(kept.told)
    # Whoever is told what was kept needs nothing of what compiles and compares.
    from storyboard.cli.compiling import compile_clean

    begin = None if before is None else before.begin
    compilation = compile_clean(request, begin, shown=None if kept is None else kept.report)
    plan = _planned(request, compilation, options, before)
    printed = _print_made(request, compilation, plan, view)
    if save is not None:
        save(compilation, plan)
    if before is not None and not plan.refusals:
        before.keep(printed.told, compilation, plan)
    return printed


def _planned(
    request: Request, compilation: Compilation, options: PlanOptions, before: PlannedBefore | None
) -> Plan:
    from storyboard.cli.event_loop import run_to_end
    from storyboard.commands.plan import plan_changes, plan_keeping

    if before is None:
        return run_to_end(plan_changes(request, compilation, options))
    before.look(compilation)
    return run_to_end(plan_keeping(request, compilation, options, before.answers))


def _print_made(request: Request, compilation: Compilation, plan: Plan, view: View) -> Printed:
    """Print a plan in one of its forms."""
    match view.form:
        case "json":
            from storyboard.views.plan_json import render_plan_json

            text = render_plan_json(plan, elsewhere=compilation.errors_elsewhere)
        case "markdown":
            from storyboard.views.plan_markdown import render_plan_markdown

            text = render_plan_markdown(plan, environment=request.environment)
        case _:
            from storyboard.views.plan_text import render_plan_text

            text = render_plan_text(plan, color=view.color, full=view.full)
    told = PlanTold(text, plan.kinds, plan.has_changes)
    _echo(told, view)
    return Printed(told, plan.refusals)


def _echo(told: PlanTold, view: View) -> None:
    click.echo(told.text if view.form == "json" else spelled_here(told.text), nl=False)


def _is_same(before: PlannedBefore, kept: KeptPlan) -> bool:
    if not before.is_same_here(kept):
        return False
    if kept.asks_nobody:
        return True
    from storyboard.cli.event_loop import run_to_end

    return run_to_end(before.is_same_there(kept))

"""What an apply would do: the files compared with the state and the studio. Changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storyboard.commands.compiled_project import environment_of, require_compiled
from storyboard.commands.project import open_project
from storyboard.commands.request import Request
from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.kept_estimates import KeptEstimates
from storyboard.compiler import Compilation
from storyboard.plan.plan import Plan, PlanOptions

if TYPE_CHECKING:
    from storyboard.kaltura.answers import Answers


async def plan_changes(
    request: Request, compilation: Compilation, options: PlanOptions | None = None
) -> Plan:
    """Compare the files with the state and the studio.

    Raises `ProjectError` if the files have errors: a video that cannot be compiled is not deleted.
    """
    return await plan_asking(request, compilation, options, None)


async def plan_asking(
    request: Request,
    compilation: Compilation,
    options: PlanOptions | None,
    answers: Answers | None,
) -> Plan:
    """Compare the same; what the studio is asked is noted in `answers`."""
    require_compiled(compilation)
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment, answers) as project:
        return (await project.compare(compilation, options)).plan


async def plan_keeping(
    request: Request,
    compilation: Compilation,
    options: PlanOptions,
    answers: Answers | None = None,
) -> Plan:
    """Compare the same, and keep for the next plan how long the texts of new films take to say."""
    # The few texts of a scope need not wait for what was kept of all others.
    if request.scope:
        return await plan_asking(request, compilation, options, answers)
    estimates = KeptEstimates(Entries(request.root))
    options = replace(options, estimate=estimates.seconds)
    plan = await plan_asking(request, compilation, options, answers)
    estimates.save()
    return plan

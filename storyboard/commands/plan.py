"""What an apply would do: the files compared with the state and the studio. Changes nothing."""

from __future__ import annotations

from storyboard.commands.compiled_project import environment_of, require_compiled
from storyboard.commands.project import open_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.plan.plan import Plan, PlanOptions


async def plan_changes(
    request: Request, compilation: Compilation, options: PlanOptions | None = None
) -> Plan:
    """Compare the files with the state and the studio.

    Raises `ProjectError` if the files have errors: a video that cannot be compiled is not deleted.
    """
    require_compiled(compilation)
    environment = environment_of(request, compilation.project)
    async with open_project(request, environment) as project:
        return (await project.compare(compilation, options)).plan

"""Deletes what was applied, as an apply of nothing: the files' content plays no part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from storyboard.apply.observer import Observer, silent
from storyboard.commands.apply import Applied, apply_changes
from storyboard.commands.compiled_project import (
    compile_request,
    environment_of,
    read_project_file,
    require_compiled,
)
from storyboard.commands.request import Request
from storyboard.commands.scope import APPLIED, check_scope
from storyboard.commands.stores import open_store
from storyboard.compiler import Compilation
from storyboard.plan.limits import Limit
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.state.model import State
from storyboard.video import Video


async def destroy_applied(
    request: Request,
    *,
    approve: Callable[[Plan], bool],
    options: PlanOptions | None = None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> Applied:
    """Delete what the state records, as an apply of nothing; the request's addresses, or all.

    Films that were made stay as media entries, and saved ones on disk. Protected videos are
    refused, unless the options allow them; raises `UsageError` for an address that was never
    applied. Where videos are found by name, the files say which.
    """
    opened = read_project_file(request)
    nothing = Compilation((), opened.report, opened.project)
    named: Sequence[Video] | None = None
    if not nothing.report.has_errors:
        environment = environment_of(request, opened.project)
        if environment.by_name:
            compilation = compile_request(replace(request, paths=()))
            require_compiled(compilation)
            named = compilation.videos
    if named is None and not nothing.report.has_errors:
        state = open_store(environment).read()
        if state is None or not _goes_on(state.within(request.scope)):
            known = () if state is None else state.videos
            check_scope(request.scope, known, what=APPLIED)
    settings = replace(
        options or PlanOptions(),
        prune=True,
        allow_empty=True,
        max_delete=Limit(None, None),
        why_gone="asked for by destroy",
        keep_films=True,
    )
    return await apply_changes(
        replace(request, paths=()),
        nothing,
        approve=approve,
        options=settings,
        observing=observing,
        named=named,
    )


def _goes_on(state: State) -> bool:
    """Whether a run began to delete some of it: what it had deleted is in no state any more."""
    return any(state.is_deleting(address) for address in state.videos)

"""Deletes what was applied, as an apply of nothing: the files' content plays no part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from storyboard.apply.observer import Observer
from storyboard.commands.apply import Applied, apply_changes, silent
from storyboard.commands.project import Request, environment_of
from storyboard.compiler import Compilation, read_project
from storyboard.errors import UsageError
from storyboard.plan.options import Limit
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.source.files import ProjectFiles
from storyboard.state.local import LocalStore
from storyboard.video import Address


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
    applied.
    """
    opened = read_project(ProjectFiles(request.root))
    nothing = Compilation((), opened.report, opened.project)
    if not nothing.report.has_errors:
        state = LocalStore(environment_of(request, opened.project).state_path).read()
        check_recorded(request.scope, () if state is None else state.videos)
    settings = replace(
        options or PlanOptions(),
        prune=True,
        allow_empty=True,
        max_delete=Limit(None, None),
        why_gone="asked for by destroy",
        keep_films=True,
    )
    return await apply_changes(
        replace(request, paths=()), nothing, approve=approve, options=settings, observing=observing
    )


def check_recorded(scope: Sequence[str], recorded: Iterable[Address]) -> None:
    """Raise `UsageError` for a pattern that names no applied video."""
    known = sorted(recorded)
    for pattern in scope:
        if not any(address.matches((pattern,)) for address in known):
            names = ", ".join(str(address) for address in known[:8])
            hint = f"name one of: {names}" if names else None
            raise UsageError(f"'{pattern}' names no applied video", hint=hint)

"""Tells a project without storyboards from a folder that is none: most often the wrong one."""

from __future__ import annotations

from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.errors import ProjectError
from storyboard.source.file_names import PROJECT_FILE


def require_project(request: Request, compilation: Compilation) -> None:
    """Raise `ProjectError` where there is neither a project file nor any storyboard.

    A pipeline that runs in the wrong folder would be green, and make nothing.
    """
    is_something = compilation.outlines or compilation.unmade or compilation.report.has_errors
    if is_something or request.paths or (request.root / PROJECT_FILE).exists():
        return
    raise ProjectError(
        f"there is no '{PROJECT_FILE}' and no storyboard in '{request.root.resolve()}'",
        hint="start one: `storyboard init`, or name a project's folder with -C",
    )

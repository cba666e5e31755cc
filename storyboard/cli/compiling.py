"""How a command begins that works on the files: they are compiled, and what is wrong is told."""

from __future__ import annotations

from collections.abc import Callable

import click

from storyboard.cli.counting_line import counting
from storyboard.cli.options import print_report
from storyboard.commands.compiled_before import Asking, CompiledBefore
from storyboard.commands.compiled_project import compile_asking
from storyboard.commands.found_project import require_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.counting import Count
from storyboard.errors import ExitCode
from storyboard.source.diagnostic import Report

Begin = Callable[[Count | None], Asking | None]
"""Begins a compilation that uses what was kept, and says how it is counted; None for `here`."""


def here(told: Count | None) -> None:
    """Begin to compile in this process, with all places: for who edits the files."""
    del told


def compile_clean(
    request: Request, begin: Begin | None = None, *, shown: Report | None = None
) -> Compilation:
    """Compile the project of a request and print what was found; an error ends the command.

    Raises `ProjectError` where there is no project. `begin` is told how progress is shown; with
    what it returns, only what changed since the last run is compiled. Without it everything is, on
    all cores; both find places late. A report that was `shown` just now is not printed a second
    time.
    """
    with counting("storyboards") as told:
        asking = _anew(request, told) if begin is None else begin(told)
        compilation = compile_asking(request, asking, told)
    require_project(request, compilation)
    if compilation.report != shown:
        print_report(compilation)
    if compilation.report.has_errors:
        raise click.exceptions.Exit(ExitCode.FILES_HAVE_ERRORS)
    return compilation


def _anew(request: Request, told: Count | None) -> Asking:
    return CompiledBefore(request).asking(told, keeps=False, keeps_videos=True)

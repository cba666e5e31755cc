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

Begin = Callable[[Count | None], Asking]
"""Begins a compilation that uses what was kept, and says how it is counted."""


def compile_found(request: Request, begin: Begin | None = None) -> Compilation:
    """Compile the project of a request; raises `ProjectError` where there is none.

    `begin` is told how progress is shown; with what it returns, only what changed since the last
    run is compiled. Without it everything is, on all cores. Places are found late.
    """
    with counting("storyboards") as told:
        compilation = compile_asking(request, (begin or _anew(request))(told))
    require_project(request, compilation)
    return compilation


def _anew(request: Request) -> Begin:
    def begin(told: Count | None) -> Asking:
        return CompiledBefore(request).asking(told, keeps=False, keeps_videos=True)

    return begin


def compile_clean(
    request: Request, begin: Begin | None = None, *, shown: Report | None = None
) -> Compilation:
    """Compile the same and print what was found; an error among it ends the command.

    A report that was `shown` just now is not printed a second time.
    """
    return _clean(compile_found(request, begin), shown)


def compile_here(request: Request) -> Compilation:
    """Compile and print the same in this process, with all places: for who edits the files."""
    with counting("storyboards") as told:
        compilation = compile_asking(request, None, told)
    require_project(request, compilation)
    return _clean(compilation)


def _clean(compilation: Compilation, shown: Report | None = None) -> Compilation:
    if compilation.report != shown:
        print_report(compilation)
    if compilation.report.has_errors:
        raise click.exceptions.Exit(ExitCode.FILES_HAVE_ERRORS)
    return compilation

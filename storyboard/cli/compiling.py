"""How a command begins that works on the files: they are compiled, and what is wrong is told."""

from __future__ import annotations

import click

from storyboard.cli.counting_line import counting
from storyboard.cli.options import print_report
from storyboard.commands.compiled_before import CompiledBefore
from storyboard.commands.compiled_project import compile_asking
from storyboard.commands.found_project import require_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.errors import ExitCode


def compile_found(request: Request, *, uses_cache: bool = False) -> Compilation:
    """Compile the project of a request; raises `ProjectError` where there is none.

    With the cache, what changed since the last run is compiled, and its places are found late.
    """
    with counting("storyboards") as told:
        asking = None
        if uses_cache:
            asking = CompiledBefore(request).asking(told, keeps=True, keeps_videos=True)
        compilation = compile_asking(request, asking)
    require_project(request, compilation)
    return compilation


def compile_clean(request: Request, *, uses_cache: bool = False) -> Compilation:
    """Compile the same and print what was found; an error among it ends the command."""
    compilation = compile_found(request, uses_cache=uses_cache)
    print_report(compilation)
    if compilation.report.has_errors:
        raise click.exceptions.Exit(ExitCode.FILES_HAVE_ERRORS)
    return compilation

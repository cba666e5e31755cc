"""How a command begins that works on the files: they are compiled, and what is wrong is told."""

from __future__ import annotations

import click

from storyboard.cli.options import print_report
from storyboard.commands.found_project import require_project
from storyboard.commands.project import compile_request
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.errors import ExitCode


def compile_found(request: Request) -> Compilation:
    """Compile the project of a request; raises `ProjectError` where there is none."""
    compilation = compile_request(request)
    require_project(request, compilation)
    return compilation


def compile_clean(request: Request) -> Compilation:
    """Compile the same and print what was found; an error among it ends the command."""
    compilation = compile_found(request)
    print_report(compilation)
    if compilation.report.has_errors:
        raise click.exceptions.Exit(ExitCode.FILES_HAVE_ERRORS)
    return compilation

"""Options that several commands share, and the request they add up to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from storyboard.cli.recovery import report_here, spelled_here, spelling_here
from storyboard.cli.telling import PROGRESS, telling_here
from storyboard.commands.request import Request, find_request
from storyboard.commands.scope import NOTHING_APPLIED
from storyboard.errors import UsageError
from storyboard.source.diagnostic import Report
from storyboard.state.patience import LockPatience
from storyboard.views.json_text import json_text
from storyboard.views.report_text import elsewhere_line, render_report_text
from storyboard.views.wording import printable

if TYPE_CHECKING:
    from storyboard.compiler import Compilation

_Command = TypeVar("_Command", bound=Callable[..., Any])


def environment_option(command: _Command) -> _Command:
    """Add what says with which settings."""
    option = click.option(
        "-e",
        "--environment",
        metavar="NAME",
        default="local",
        show_default=True,
        help="Use these settings: local, kaltura or one of the project's.",
    )
    return option(command)


def project_options(command: _Command) -> _Command:
    """Add what says which videos, in which environment, with which variables."""
    targets = click.argument("targets", metavar="[ADDRESS|FILE]...", nargs=-1)
    return targets(settings_options(command))


def settings_options(command: _Command) -> _Command:
    """Add what says in which environment, with which variables, and which holds are lifted."""
    stale = click.option("--allow-stale", is_flag=True,
                         help="Use translations of an older source text.")  # fmt: skip
    fallback = click.option("--fallback", is_flag=True,
                            help="Use the source text if a translation is missing.")  # fmt: skip
    return values_options(stale(fallback(command)))


def values_options(command: _Command) -> _Command:
    """Add what says in which environment, with which variables."""
    for decorate in reversed(
        (
            environment_option,
            click.option("--var", "assignments", multiple=True, metavar="NAME=VALUE",
                         help="Set a variable; it wins over all files."),
            click.option("--var-file", "var_files", multiple=True, metavar="FILE",
                         type=click.Path(dir_okay=False, path_type=Path),
                         help="Read variables from a YAML file."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command


def json_option(command: _Command) -> _Command:
    """Add what has the result printed for programs; see `cli/printed.py` for its schema."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_result(value: object, text: str, *, as_json: bool) -> None:
    """Print a result on stdout: a value for programs, a text for people."""
    click.echo(json_text(value) if as_json else text, nl=False)


def cache_option(command: _Command) -> _Command:
    """Add what says that no result of an earlier run is told again."""
    option = click.option(
        "--cache/--no-cache",
        default=True,
        help="Keep results in .storyboard/cache, or compile all.",
    )
    return option(command)


def progress_option(command: _Command) -> _Command:
    """Add what says how a run is shown while it goes on; `Telling` reads it."""
    option = click.option(
        "--progress",
        type=click.Choice(PROGRESS),
        default=PROGRESS[0],
        show_default=True,
        expose_value=False,
        help="Show progress as bars or lines, or as JSON lines.",
    )
    return option(command)


def _seconds_option(name: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(name, type=click.FloatRange(0), metavar="SECONDS", help=text)


def lock_option(command: _Command) -> _Command:
    """Add what says how long to wait for another run that holds the state."""
    return _seconds_option("--lock-timeout", "Wait this long for the lock of the state.")(command)


def timeout_option(command: _Command) -> _Command:
    """Add what says how long to wait for a film."""
    return _seconds_option("--timeout", "Stop waiting for a film after SECONDS.")(command)


def holding(
    request: Request, operation: str, lock_timeout: float | None, timeout: float | None = None
) -> Request:
    """Return the request of a command that holds the state, and tells on stderr if it waits.

    If it makes films, each is waited for until the `timeout`.
    """

    spelled = spelling_here()

    def told(line: str) -> None:
        click.echo(printable(spelled(line)), err=True)

    patience = LockPatience(lock_timeout, told)
    return replace(request, operation=operation, patience=patience, film_timeout=timeout)


def request_of_addresses(ctx: click.Context, targets: tuple[str, ...], environment: str) -> Request:
    """Make the request of a command that reads no storyboards; raises `UsageError` for a file."""
    request = find_request(targets, ctx.find_root().obj, environment=environment)
    if len(request.scope) < len(targets):
        file = next(target for target in targets if target not in request.scope)
        raise UsageError(f"'{file}' is a file", hint="name addresses, such as 'welcome@de'")
    return request


def build_request(
    ctx: click.Context,
    targets: tuple[str, ...],
    environment: str,
    assignments: tuple[str, ...],
    var_files: tuple[Path, ...],
    allow_stale: bool = False,
    fallback: bool = False,
) -> Request:
    """Make the request of a command line; raises `UsageError`."""
    return find_request(
        targets,
        ctx.find_root().obj,
        environment=environment,
        variables=_variables(assignments, var_files),
        allow_stale=allow_stale,
        fallback=fallback,
    )


def wants_color(stream: Any) -> bool:
    """Whether a stream may have colors: a terminal, and `NO_COLOR` is not set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def has_bars(stream: Any) -> bool:
    """Whether a stream may have what moves the cursor: a terminal that can, unless it is plain."""
    return telling_here().progress == PROGRESS[0] and wants_color(stream)


def print_report(compilation: Compilation) -> None:
    """Print what compiling found on stderr, where it does not mix with results."""
    print_findings(compilation.report)
    print_elsewhere(compilation.errors_elsewhere)


def print_elsewhere(errors: int) -> None:
    """Print on stderr how many errors stand where the addresses do not need it, in one line."""
    line = elsewhere_line(errors)
    if line:
        click.echo(spelled_here(line), err=True)


def tell_nothing_applied() -> None:
    """Say on stderr why a result is empty, and what to run."""
    click.echo(spelled_here(NOTHING_APPLIED), err=True)


def print_findings(report: Report) -> None:
    """Print findings on stderr; in JSON they belong to the error, if there is one."""
    here, telling = report_here(report), telling_here()
    telling.found(here)
    text = "" if telling.has_events else render_report_text(here, color=wants_color(sys.stderr))
    if text:
        click.echo(text, err=True)


def _variables(assignments: tuple[str, ...], var_files: tuple[Path, ...]) -> Mapping[str, Any]:
    if not (assignments or var_files):
        return {}
    # What reads values takes as long to import as a whole command that needs none.
    from storyboard.commands.var_files import read_var_file
    from storyboard.templates.var_option import parse_var

    variables: dict[str, Any] = {}
    for path in var_files:
        variables.update(read_var_file(path))
    for assignment in assignments:
        name, value = parse_var(assignment)
        variables[name] = value
    return variables

"""The command line: finds the command, and calls it with stdout and stderr guarded."""

from __future__ import annotations

import importlib
import keyword
import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import click

from storyboard import __version__
from storyboard.cli.meta_keys import TELLING, TYPED
from storyboard.cli.telling import Telling, Terminated
from storyboard.printing import guarded_streams

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "init": "Write a small project that works at once.",
        "check": "Read all files and report what is wrong.",
        "explain": "Explain a diagnostic code, with examples.",
        "show": "Print the resolved videos and the requests for them.",
        "plan": "Show what apply would change in the studio.",
        "apply": "Apply the files to the studio and generate the films.",
        "import": "Take a video of the studio into the project.",
        "export": "Write videos of the studio as a new project.",
        "pull": "Write what people changed in the studio into the files.",
        "status": "Compare the studio with the files.",
        "wait": "Wait for films that are being made.",
        "outputs": "Print ids, statuses and files of what was applied.",
        "avatars": "List avatar templates and the avatars in use.",
        "listen": "Save the speech of scenes as MP3, and play it.",
        "locale": "Update translation catalogs, or show their progress.",
        "fmt": "Write missing scene ids into the files.",
        "state": "Show, correct, import or restore the state.",
        "lock": "Show or break the lock of the state.",
        "destroy": "Delete applied videos from the studio.",
        "ci": "Show the plan on the pull request of a CI job.",
        "doctor": "Check the machine, the settings, credentials and studio.",
        "studio": "Serve the local studio, or run a command against it.",
        "embed": "Print an HTML page with the studio in it.",
        "schema": "Print a JSON Schema, or the names of all.",
        "completion": "Print the script that completes commands in a shell.",
    }
)
"""Command → its short help; each is a module of this package, imported when it is called."""


class Commands(click.Group):
    """Imports a command's module only when it is needed: `--version` costs what click costs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a first day with the tool."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"storyboard.cli.{name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click breaks a line for an interrupt, which no log of objects has."""
        is_logged = isinstance(ctx.obj, Telling) and ctx.obj.is_logged
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as cause:
            if is_logged:
                raise click.Abort from cause
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from storyboard.cli.usage import NoCommand

            raise NoCommand(name, ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storyboard")
@click.option(
    "-C",
    "--directory",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Work on the project in DIR instead of the one around this folder.",
)
@click.pass_context
def storyboard(ctx: click.Context, directory: str | None) -> None:
    """Avatar videos as code: YAML files in git, planned, applied and rendered."""
    if isinstance(ctx.obj, Telling):
        ctx.meta[TELLING] = ctx.obj
        ctx.meta[TYPED] = ctx.obj.typed
    ctx.obj = directory


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code of every failure but our own bugs' too."""
    telling = Telling(sys.argv[1:] if arguments is None else arguments)
    _open_missing_streams()
    with guarded_streams(), telling.streams():
        return telling.end(_run(telling))


def _run(telling: Telling) -> int:
    try:
        result = _main(telling)
        sys.stdout.flush()
        return int(result or 0)
    except BaseException as cause:
        # Imported for what fails: `--version` costs what click costs.
        from storyboard.cli.failures import code_of

        return code_of(cause, telling)


def _main(telling: Telling) -> int | None:
    """Call click; options on the wrong side of their command are taken all the same."""
    given = list(telling.typed)
    if telling.as_json and _is_early("--json", given):
        from storyboard.cli.misplaced import in_place

        given = in_place(given, storyboard) or given
    try:
        code: int | None = storyboard.main(args=given, standalone_mode=False, obj=telling)
    except click.NoSuchOption:
        from storyboard.cli.misplaced import in_place

        moved = in_place(given, storyboard)
        if moved is None:
            raise
        code = storyboard.main(args=moved, standalone_mode=False, obj=telling)
    return code


def _is_early(option: str, given: Sequence[str]) -> bool:
    """Whether an option stands before a word that may be a command, which then is to have it."""
    behind = given[given.index(option) + 1 :] if option in given else ()
    return any(not word.startswith("-") for word in behind)


def terminate(*_: object) -> None:
    """Handle SIGTERM as Ctrl-C is handled; raises `Terminated`."""
    raise Terminated


def _open_missing_streams() -> None:
    """Give a process that was started without stdout or stderr one that swallows everything."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def drop_output() -> None:
    """Lead what is still in stdout's buffer nowhere, so that the interpreter's end can flush it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

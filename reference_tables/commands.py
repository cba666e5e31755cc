"""The tables about the command line, read from click's own objects and from the exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from reference_tables.markdown import code, table
from storyboard.apply.outcome import WORST_FIRST
from storyboard.cli import COMMANDS, storyboard
from storyboard.errors import ExitCode


def all_commands() -> str:
    """List every command with its short help."""
    return table(
        ("command", "what it does"),
        ((f"[`{name}`](#{name})", text) for name, text in COMMANDS.items()),
    )


def one_command(name: str) -> str:
    """Describe a command, and all commands below it: usage, explanation, options."""
    return "\n".join(_described(words, found) for words, found in below(name, command_of(name)))


def exit_codes() -> str:
    """List the exit codes with their meaning."""
    return table(("code", "meaning"), ((code(int(each)), each.meaning) for each in ExitCode))


def worst_first() -> str:
    """List the exit codes of an apply from the worst on."""
    return ", ".join(code(int(each)) for each in WORST_FIRST)


def command_of(name: str) -> click.Command:
    """Return a command of the first level."""
    found = storyboard.get_command(click.Context(storyboard), name)
    assert found is not None
    return found


def below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and all below it, by the words that call it."""
    yield words, command
    if isinstance(command, click.Group):
        for word, sub in command.commands.items():
            yield from below(f"{words} {word}", sub)


def _described(words: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"storyboard {words}")
    parts = [f"**`{' '.join(context.command_path.split())} {' '.join(_usage(command))}".rstrip()]
    parts[0] += "`**\n"
    parts.append(f"{_plain(command.help or '')}\n")
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        parts.append(table(("option", "meaning"), (_row(option, context) for option in options)))
    return "\n".join(parts)


def _usage(command: click.Command) -> Iterator[str]:
    if any(isinstance(parameter, click.Option) for parameter in command.params):
        yield "[OPTIONS]"
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.make_metavar(click.Context(command))
    if isinstance(command, click.Group):
        yield "COMMAND" if not command.invoke_without_command else "[COMMAND]"


def _row(option: click.Option, context: click.Context) -> tuple[str, str]:
    spelled = [*option.opts, *option.secondary_opts]
    names = ", ".join(
        code(name) for name in sorted(spelled, key=lambda name: name.startswith("--"))
    )
    if not option.is_flag and not option.count:
        names += f" {code(option.make_metavar(context))}"
    return names, _meaning(option)


def _meaning(option: click.Option) -> str:
    more = []
    if option.multiple:
        more.append("You can repeat it.")
    if _has_default(option.default) and not option.is_flag:
        more.append(f"Default: {code(option.default)}.")
    if option.envvar:
        more.append(f"Environment variable: {code(option.envvar)}.")
    return " ".join((option.help or "", *more))


def _has_default(default: Any) -> bool:
    return (
        isinstance(default, str | int | float) and not isinstance(default, bool) and default != ""
    )


def _plain(text: str) -> str:
    """Return a command's help as paragraphs."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)

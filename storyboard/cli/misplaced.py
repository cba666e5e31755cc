"""Options on the wrong side of a command: `storyboard -e production plan`, `plan -C folder`.

Of the root, imported only where click has met an option that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import click
from click.core import ParameterSource

from storyboard.cli.meta_keys import TYPED
from storyboard.errors import UsageError

_PROGRAM: Final = "storyboard"


@dataclass(slots=True)
class _Level:
    """A command on the way from the root, its name there, and the words that are for it."""

    name: str
    command: click.Command
    words: list[str] = field(default_factory=list)


def in_place(arguments: Sequence[str], root: click.Group) -> list[str] | None:
    """Return a command line with every option where its command takes it.

    None where it would be the same, or where no command in it knows one of the options.
    """
    given = list(arguments)
    end = given.index("--") if "--" in given else len(given)
    levels = _levels(given[:end], root)
    if len(levels) < 2 or not _place_words(given[:end], levels):
        return None
    moved = [word for level in levels for word in (level.name, *level.words)][1:] + given[end:]
    return None if moved == given else moved


def command_words(arguments: Sequence[str], root: click.Group) -> list[str]:
    """Return the names of the command that a command line is for, and of its groups."""
    return [level.name for level in _levels(arguments, root)[1:]]


def refuse_misplaced(ctx: click.Context, subcommand: str) -> None:
    """Refuse a group's own options around one of its commands: they would have no effect.

    Raises `UsageError`.
    """
    for parameter in ctx.command.params:
        said = ctx.get_parameter_source(parameter.name or "")
        if isinstance(parameter, click.Option) and said is ParameterSource.COMMANDLINE:
            raise _refusal(ctx, subcommand, parameter)


def _refusal(ctx: click.Context, subcommand: str, option: click.Option) -> UsageError:
    """Name an option's right place, which it has in commands alone that take it."""
    root, named = ctx.find_root().command, option.opts[0]
    assert isinstance(root, click.Group)
    called = _levels(ctx.meta.get(TYPED) or (ctx.info_name or "", subcommand), root)[1:]
    path = " ".join(level.name for level in called)
    if _option(named, called[-1].command) is not None:
        return UsageError(
            f"'{named}' before '{subcommand}' has no effect",
            hint=f"put it behind: {_PROGRAM} {path} {named} …",
        )
    hint = f"give it to one of these: {', '.join(_with_option(ctx, named))}"
    if isinstance(option.envvar, str):
        hint = f"set it for all commands: export {option.envvar}=…"
    return UsageError(f"'{path}' has no option '{named}'", hint=hint)


def _with_option(ctx: click.Context, named: str) -> Iterator[str]:
    """Yield the group, and those of its commands that have the option of this name."""
    group = ctx.command
    assert isinstance(group, click.Group)
    yield f"'{ctx.command_path}'"
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None and _option(named, command) is not None:
            yield f"'{ctx.command_path} {name}'"


def _levels(words: Sequence[str], root: click.Group) -> list[_Level]:
    """Find the command that words name, and the groups that lead to it, the root first."""
    levels = [_Level("", root)]
    previous = ""
    for word in words:
        group = levels[-1].command
        if not isinstance(group, click.Group):
            break
        option = _option(previous, group)
        found = None
        if not word.startswith("-") and (option is None or not _takes_next(previous, option)):
            context = click.Context(group)
            found = group.get_command(context, word)
        if found is not None:
            levels.append(_Level(word, found))
        previous = word
    return levels


def _place_words(words: Sequence[str], levels: list[_Level]) -> bool:
    """Give each word to its command; False where an option is unknown to all of them."""
    leaf, names = levels[-1], [level.name for level in levels[1:]]
    runs_another = leaf.command.context_settings.get("allow_interspersed_args") is False
    waiting = iter(words)
    for word in waiting:
        if names and word == names[0]:
            names.pop(0)
        elif word.startswith("-") and len(word) > 1:
            known = ((level, _option(word, level.command)) for level in reversed(levels))
            owner, option = next(((level, it) for level, it in known if it), (None, None))
            if owner is None or option is None:
                return False
            values = option.nargs if _takes_next(word, option) else 0
            owner.words += [word, *islice(waiting, values)]
        elif runs_another and not names:
            leaf.words += [word, *waiting]
        else:
            leaf.words.append(word)
    return True


def _option(word: str, command: click.Command) -> click.Option | None:
    name = word.partition("=")[0] if word.startswith("--") else word[:2]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and name in (
            *parameter.opts,
            *parameter.secondary_opts,
        ):
            return parameter
    return None


def _takes_next(word: str, option: click.Option) -> bool:
    """Whether the word behind an option is its value, and is not in the same word."""
    if option.is_flag or option.count:
        return False
    return "=" not in word if word.startswith("--") else len(word) == 2

"""Options of planning, which `plan` and `apply` share."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, TypeVar

import click

from storyboard.cli.given import excluding
from storyboard.commands.budgets import forms
from storyboard.plan.limits import Limit, Rule, parse_limit
from storyboard.plan.options import PlanOptions

_Command = TypeVar("_Command", bound=Callable[..., Any])
_NAMES = ("generate", "prune", "prune_renamed", "max_generate", "max_minutes", "max_replace",
          "max_delete", "allow_empty", "allow_missing", "allow_protected",
          "allow_twins", "film_doubtful", "forward", "regenerate")  # fmt: skip


def _limit(rule: Rule) -> Callable[[click.Context, click.Parameter, str | None], Limit | None]:
    """Return what reads a limit as people write it."""

    def read(ctx: click.Context, option: click.Parameter, text: str | None) -> Limit | None:
        limit = None if text is None else parse_limit(text, rule)
        if text is not None and limit is None:
            raise click.BadParameter(f"'{text}' is not a limit; {forms(rule)}")
        return limit

    return read


def plan_options(command: _Command) -> _Command:
    """Add what decides how far a plan may go."""
    for decorate in reversed(
        (
            click.option("--generate/--no-generate", default=True,
                         help="Generate the films that changed, or skip them."),
            click.option("--prune", is_flag=True,
                         help="Delete applied videos that the files no longer have."),
            click.option("--prune-renamed", is_flag=True,
                         help="Delete what a renamed storyboard left, unless it is held."),
            click.option("--max-generate", type=click.IntRange(0), metavar="N",
                         help="Refuse a plan with more than N films."),
            click.option("--max-minutes", callback=_limit(Rule.MINUTES), metavar="N",
                         help="Refuse a plan with films of more than N minutes."),
            click.option("--max-replace", callback=_limit(Rule.REPLACE), metavar="N|P%",
                         help="Refuse a plan that may replace more than N videos."),
            click.option("--max-delete", callback=_limit(Rule.DELETE), metavar="N|P%",
                         help="Refuse a plan that deletes more than N videos."),
            click.option("--allow-empty", is_flag=True,
                         help="Allow pruning to leave no video; lifts --max-delete too."),
            click.option("--allow-missing", is_flag=True,
                         help="Continue if most applied videos are gone from the studio."),
            click.option("--allow-protected", is_flag=True,
                         help="Delete or replace protected videos too."),
            click.option("--allow-twins", is_flag=True,
                         help="Create a second video of a name in the studio."),
            click.option("--forward", is_flag=True,
                         help="Use the films of the files again, after a rollback."),
            click.option("--regenerate", multiple=True, metavar="ADDRESS",
                         help="Make the film of ADDRESS again, though it is made."),
            click.option("--film-doubtful", is_flag=True,
                         help="Make films again that may be of other scenes."),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command


def full_option(command: _Command) -> _Command:
    """Add what shows a plan whole."""
    option = click.option(
        "--full", is_flag=True, help="Show every video and text, not 40 lines at most."
    )
    return option(command)


def split_plan_options(options: MutableMapping[str, Any]) -> PlanOptions:
    """Take the planning options out of a command's options."""
    taken = {name: options.pop(name) for name in _NAMES}
    if taken["regenerate"] and not taken["generate"]:
        raise excluding("--regenerate", "--no-generate")
    minutes = taken["max_minutes"]
    return PlanOptions(**taken | {"max_minutes": None if minutes is None else minutes.count})

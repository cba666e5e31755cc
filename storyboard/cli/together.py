"""Which options go together: a row for each way to use a command that leaves some of them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import click

from storyboard.cli.given import excluding, spelled, typed
from storyboard.commands.saved_plans import SUFFIXES, find_saved
from storyboard.errors import UsageError
from storyboard.plan.saved import SHAPING
from storyboard.shell import word
from storyboard.source.file_names import YAML_SUFFIXES

_VALUES: Final = ("assignments", "var_files", "allow_stale", "fallback")
_ALWAYS: Final = ("targets", "environment", *_VALUES, "allow_missing", "yes", "as_json", "progress",
                  "lock_timeout", "timeout", "max_generate", "max_minutes")  # fmt: skip

DECIDED: Final = (*SHAPING, *_VALUES)
"""Parameters that a saved plan has decided."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to use `apply`: the option that asks for it, and the parameters that go along.

    Any other one would be ignored, or ask for the opposite. With `by_address`, files name nothing,
    and so does no target.
    """

    option: str
    beside: tuple[str, ...]
    by_address: bool = False


BISECT: Final = Mode("--bisect", (*_ALWAYS, "bisect"))
"""It changes no video, and saves no film."""

ROLLBACK: Final = Mode(
    "--rollback",
    (*_ALWAYS, "rollback", "film", "max_replace", "max_delete", "expect_digest", "download", "full",
     "fail_on"),
    by_address=True,
)  # fmt: skip
"""It makes no film, and edits and deletes no video: limits of those are kept in any case."""


def require_mode(ctx: click.Context, mode: Mode) -> None:
    """Raise `UsageError` for what does not go along: an option, a file, or no target at all."""
    for parameter in typed(ctx):
        if parameter.name not in mode.beside:
            raise excluding(mode.option, spelled(ctx, parameter))
    targets = ctx.params["targets"]
    hint = f"storyboard apply {word(mode.option)} ADDRESS"
    if find_saved(targets) is not None:
        raise UsageError(f"{mode.option} takes the address of a video, and no plan", hint=hint)
    files = [target for target in targets if target.endswith((*YAML_SUFFIXES, *SUFFIXES))]
    if mode.by_address and (files or not targets):
        told = f", and no file: '{files[0]}'" if files else ""
        raise UsageError(f"{mode.option} takes addresses of videos{told}", hint=hint)

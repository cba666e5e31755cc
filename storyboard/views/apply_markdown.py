"""What came of an apply, as Markdown for a pull request: the last line first, then all as text."""

from __future__ import annotations

from typing import Final

from storyboard.apply.outcome import Outcome
from storyboard.errors import ExitCode
from storyboard.forges.marks import RESULT, digest_line, marker
from storyboard.views.apply_text import render_outcome_text
from storyboard.views.markdown import code, fenced
from storyboard.views.wording import cut

_LINE: Final = 500
_MOST: Final = 50_000
"""Characters of the lines: less than a comment of GitHub takes, with what stands around them."""


def render_outcome_markdown(outcome: Outcome, *, environment: str, digest: str) -> str:
    """Return what came of a plan; its `digest` is told if all of it was done."""
    first = marker(RESULT, environment)
    is_done = outcome.exit_code is ExitCode.OK
    *lines, last = render_outcome_text(outcome, most=0).splitlines()
    title = "Applied to" if is_done else "Not all was applied to"
    parts = [
        f"{first}\n{digest_line(digest)}" if is_done else first,
        f"### {'✅' if is_done else '❌'} {title} {code(environment)}",
        f"**{last}**",
    ]
    if lines:
        parts.append(fenced(_fitting([cut(line, _LINE) for line in lines])))
    if not is_done:
        parts.append("What is left is in the plan. Run the job again to apply it.")
    return "\n\n".join(parts) + "\n"


def render_undone_markdown(*, environment: str) -> str:
    """Return what is said in the place of a result that is no more."""
    title = f"### Applied to {code(environment)}, and undone since"
    return f"{marker(RESULT, environment)}\n\n{title}\n\nThe plan is due again.\n"


def _fitting(lines: list[str]) -> list[str]:
    """Return as many lines as there is room for, and how many are left out."""
    room = _MOST
    for count, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return [*lines[:count], f"… and {len(lines) - count} more lines"]
    return lines

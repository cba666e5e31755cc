"""What came of an apply, as text: a row a video, then what went wrong. No decisions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from storyboard.apply.outcome import UNDONE, Ending, Outcome, Row
from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.refusal import name_addresses
from storyboard.video import Address
from storyboard.views.columns import line_up
from storyboard.views.endings import reason_lines
from storyboard.views.wording import duration, printable

_FILM: Final = "film"
_TITLES: Final = ("address", "status", "entry", _FILM, "length", "took")
_TONES: Final = {"ready": "green", "failed": "red", "held": "red", "in the making": "cyan"}
_RIGHT: Final = (4, 5)


MOST_ROWS: Final = 40
"""Videos of a table where not all are asked for, as lines of a plan."""


def render_outcome_text(
    outcome: Outcome, *, color: bool = False, width: int | None = None, most: int | None = None
) -> str:
    """Return the table of videos and the failures; `width` in terminal cells, None for any.

    Of more than `most` videos, those that the run was about are shown, and the others counted.
    """
    outcome, others = _shortened(outcome, most)
    table = ""
    if outcome.rows:
        table = _rich_table(outcome, width or 100) if color else _plain_table(outcome)
    left = [f"… and {counted(others, 'other video')}"] if others else []
    lines = (*left, *_troubles(outcome), _last_line(outcome))
    text = table + "".join(f"{line}\n" for line in lines)
    return text.encode(errors="replace").decode()


def _shortened(outcome: Outcome, most: int | None) -> tuple[Outcome, int]:
    """Return an outcome with the rows to show, and how many are left out."""
    if most is None or len(outcome.rows) <= most:
        return outcome, 0
    acted = {item.address for item in outcome.actions}
    shown = tuple(row for row in outcome.rows if row.address in acted)[: most or None]
    return replace(outcome, rows=shown), len(outcome.rows) - len(shown)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        str(row.address),
        row.status,
        row.entry_id or "–",
        printable(row.file or "–"),
        duration(row.length_seconds),
        duration(row.took_seconds or None),
    )


def _plain_table(outcome: Outcome) -> str:
    """Return columns that line up, without lines between, for logs and pipes."""
    return line_up([_TITLES, *(_cells(row) for row in outcome.rows)], right=_RIGHT)


def _rich_table(outcome: Outcome, width: int) -> str:
    """Return a colored table; paths that it has no room for stand below it, each on one line."""
    from rich.box import SIMPLE_HEAD
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # rich puts up to one cell more between columns than plain text has
    is_narrow = max(map(cell_len, _plain_table(outcome).splitlines())) > width - len(_TITLES)
    shown = [i for i, title in enumerate(_TITLES) if not (is_narrow and title == _FILM)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in shown:
        overflow: Literal["ignore", "ellipsis"] = "ignore" if column == 0 else "ellipsis"
        justify: Literal["left", "right"] = "right" if column in _RIGHT else "left"
        table.add_column(_TITLES[column], justify=justify, overflow=overflow, no_wrap=True)
    for row in outcome.rows:
        cells = [Text(_cells(row)[column]) for column in shown]
        cells[1].stylize(_TONES.get(row.status, "yellow"))
        table.add_row(*cells)
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=width)
    with console.capture() as capture:
        console.print(table)
    paths = [f"{row.address}: {printable(row.file)}\n" for row in outcome.rows if row.file]
    return capture.get() + "".join(paths if is_narrow else ())


def _troubles(outcome: Outcome) -> Iterator[str]:
    """Yield what did not come to its end, each failure once; what ended the run comes first."""
    fatal = outcome.fatal
    if fatal is not None:
        yield f"error: {printable(fatal.message)}"
        if fatal.hint:
            yield f"  hint: {printable(fatal.hint)}"
    failed = {item.address for item in outcome.actions if item.ending is Ending.FAILED}
    untried: dict[str, list[Address]] = {}
    for item in outcome.actions:
        if item.ending in (Ending.DONE, Ending.HELD) or item.message is None:
            continue
        if item.ending is Ending.SKIPPED:
            if item.address not in failed:
                untried.setdefault(item.message, []).append(item.address)
        elif fatal is None or item.message != fatal.message:
            yield from reason_lines(item)
    for message, addresses in untried.items():
        yield f"{name_addresses(dict.fromkeys(addresses))}: {printable(message)}"


def _last_line(outcome: Outcome) -> str:
    stopped = "" if outcome.fatal is None else "stopped: "
    if not outcome.actions and not outcome.swept:
        return f"{stopped}nothing done" if stopped else "nothing to do"
    done = [item for item in outcome.actions if item.ending is Ending.DONE]
    films = sum(1 for item in done if item.action is Action.GENERATE)
    parts = [f"{counted(len(done), 'action')} done"] if outcome.actions else []
    if films:
        parts.append(f"{counted(films, 'film')} made")
    if outcome.swept:
        parts.append(f"{counted(len(outcome.swept), 'leftover')} deleted")
    for ending, word in UNDONE.items():
        if count := outcome.count(ending):
            parts.append(f"{count:,} {word}")
    return stopped + ", ".join(parts)

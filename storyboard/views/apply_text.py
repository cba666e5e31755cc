"""What came of an apply, as text: a row a video, then what went wrong. No decisions."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from storyboard.apply.outcome import Ending, Outcome, Row
from storyboard.counting import counted
from storyboard.plan.change import Action
from storyboard.plan.guards import name_addresses
from storyboard.video import Address
from storyboard.views.columns import line_up
from storyboard.views.endings import reason_lines
from storyboard.views.wording import duration, printable

_TITLES: Final = ("address", "status", "entry", "film", "length", "took")
_TONES: Final = {"ready": "green", "failed": "red", "held": "red", "in the making": "cyan"}
_RIGHT: Final = (4, 5)


def render_outcome_text(outcome: Outcome, *, color: bool = False, width: int | None = None) -> str:
    """Return the table of videos and the failures; `width` in terminal cells, None for any."""
    table = ""
    if outcome.rows:
        table = _rich_table(outcome, width or 100) if color else _plain_table(outcome)
    text = table + "".join(f"{line}\n" for line in (*_troubles(outcome), _last_line(outcome)))
    return text.encode(errors="replace").decode()


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
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column, title in enumerate(_TITLES):
        fold = "fold" if title in ("film", "address") else "ellipsis"
        table.add_column(
            title,
            justify="right" if column in _RIGHT else "left",
            overflow="fold" if fold == "fold" else "ellipsis",
        )
    for row in outcome.rows:
        cells = [Text(cell) for cell in _cells(row)]
        cells[1].stylize(_TONES.get(row.status, "yellow"))
        table.add_row(*cells)
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=width)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


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
    if not outcome.actions:
        return f"{stopped}nothing done" if stopped else "nothing to do"
    done = [item for item in outcome.actions if item.ending is Ending.DONE]
    films = sum(1 for item in done if item.action is Action.GENERATE)
    parts = [f"{counted(len(done), 'action')} done"]
    if films:
        parts.append(f"{counted(films, 'film')} made")
    for ending, word in _COUNTED:
        if count := outcome.count(ending):
            parts.append(f"{count} {word}")
    return stopped + ", ".join(parts)


_COUNTED: Final = (
    (Ending.FAILED, "failed"),
    (Ending.DETACHED, "in the making"),
    (Ending.HELD, "held"),
    (Ending.SKIPPED, "not done"),
)

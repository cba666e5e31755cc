"""Rows of cells as columns that line up: for terminals, logs and pipes alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from storyboard.views.characters import cell_width


def line_up(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> str:
    """Return a line a row, two spaces between columns; `right` has those that end together."""
    if not rows:
        return ""
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "  ".join(
            _padded(cell, widths[i], ends_together=i in right) for i, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


def _padded(cell: str, width: int, *, ends_together: bool) -> str:
    space = " " * (width - cell_width(cell))
    return space + cell if ends_together else cell + space

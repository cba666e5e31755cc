"""How addresses stand, and how a wait for films ended, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.commands.status import Standing, Status
from storyboard.commands.wait import End, Waited
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.leftovers import leftover_lines, leftovers_json
from storyboard.views.resuming import resume_to_dict
from storyboard.views.wording import cut, printable

_WHY_WIDTH = 60


def render_status_text(status: Status) -> str:
    """Return a row an address, and lines of what interrupted adds left; nothing where all is."""
    lines = "".join(f"! {line}\n" for line in leftover_lines(status.leftovers))
    return _table(status.standings) + lines


def _table(standings: Sequence[Standing]) -> str:
    titles = ("address", "status", "video", "entry", "content", "film", "why")
    rows = [
        (
            str(item.address),
            item.status or "–",
            item.video_id or "–",
            item.entry_id or "–",
            item.content.value,
            item.film.value,
            cut(printable("; ".join(item.why)), _WHY_WIDTH),
        )
        for item in standings
    ]
    return line_up([titles, *rows]) if rows else ""


def render_status_json(status: Status) -> str:
    """Return `{"videos": {address: {status, videoId, entryId, content, film, why, settled}}}`.

    If interrupted adds left videos, also `"leftovers": [{address, videoId, status, fate}]`.
    """
    videos = {
        str(item.address): {
            "status": item.status,
            "videoId": item.video_id,
            "entryId": item.entry_id,
            "content": item.content.name.lower().replace("_", "-"),
            "film": item.film.name.lower(),
            "why": list(item.why),
            "settled": item.is_settled,
        }
        for item in status.standings
    }
    left = {"leftovers": leftovers_json(status.leftovers)} if status.leftovers else {}
    return json_text({"videos": videos, **left})


def render_waited_text(waited: Sequence[Waited]) -> str:
    """Return a row a video: how the wait ended, and why and what to do if the studio tells it."""
    rows = [
        (str(i.address), i.end.value, i.entry_id or "–", printable(i.reason or "")) for i in waited
    ]
    lines = line_up(rows).splitlines(keepends=True)
    for at, item in reversed(list(enumerate(waited))):
        if item.hint:
            lines.insert(at + 1, f"  hint: {printable(item.hint)}\n")
    return "".join(lines)


def render_waited_json(waited: Sequence[Waited], *, resume: str | None = None) -> str:
    """Return how each wait ended; `resume` is the command that goes on waiting."""
    videos = {
        str(item.address): {
            "end": item.end.name.lower(),
            "videoId": item.video_id,
            "entryId": item.entry_id,
            "reason": item.reason,
            "hint": item.hint,
        }
        for item in waited
    }
    running = {item.address: item.video_id for item in waited if item.end is End.RUNNING}
    again = None if resume is None else resume_to_dict(resume, running)
    return json_text({"videos": videos, "resume": again})

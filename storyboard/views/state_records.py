"""What a state has recorded of its addresses, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storyboard.commands.state_records import Listing, Recorded
from storyboard.counting import counted
from storyboard.state.format import operation_body
from storyboard.state.video_format import video_body
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_records_text(listing: Listing) -> str:
    """Return a row an address: its video, its film, and what is open or special about it."""
    if not listing.recorded:
        return "nothing is recorded\n"
    return line_up([_row(item) for item in listing.recorded])


def render_records_json(listing: Listing) -> str:
    """Return `{"serial", "lineage", "videos": {address: {…}}}`, no serial before an apply."""
    state = listing.state
    return json_text(
        {
            "serial": None if state is None else state.serial,
            "lineage": None if state is None else state.lineage,
            "videos": {str(item.address): _facts(item) for item in listing.recorded},
        }
    )


def render_record_text(recorded: Recorded) -> str:
    """Return all that is recorded of an address, a line a fact."""
    record = recorded.record
    lines = [str(recorded.address)]
    if record is not None:
        lines.append(f"video {record.current.id}, {counted(len(record.current.scenes), 'scene')}")
        if record.successor is not None:
            lines.append(f"successor {record.successor.id}: replaces it when its film is ready")
        lines += [
            f"film {film.entry_id}, made {film.made_at}"
            + (", published" if film is record.film else "")
            for film in record.films
        ]
        if record.saved is not None:
            lines.append(f"saved as '{record.saved.path}' (film {record.saved.entry_id})")
        if record.protect:
            lines.append("protected")
        if record.composed:
            lines.append("its scenes were composed by the studio")
    lines += [
        f"open {operation.kind.value} since {operation.started_at}, nonce {operation.nonce}"
        for operation in recorded.operations
    ]
    lines += [f"video {id_} is still to be deleted" for id_ in recorded.retired]
    first, *rest = (printable(line) for line in lines)
    return "".join(f"{line}\n" for line in (first, *(f"  {line}" for line in rest)))


def render_record_json(recorded: Recorded) -> str:
    """Return `{"address", "record": {…}, "operations": [{…}], "retired": [id]}`, as in the file."""
    return json_text({"address": str(recorded.address), **_body(recorded)})


def render_forgotten_text(recorded: Sequence[Recorded]) -> str:
    """Return a line an address: what it stood for stays in the studio."""
    return "".join(f"{printable(_forgotten(item))}\n" for item in recorded)


def render_forgotten_json(recorded: Sequence[Recorded]) -> str:
    """Return `{"forgotten": {address: [video id]}}`."""
    return json_text({"forgotten": {str(r.address): list(r.video_ids) for r in recorded}})


def _row(item: Recorded) -> tuple[str, ...]:
    record = item.record
    notes = [f"open {operation.kind.value}" for operation in item.operations]
    if record is not None and record.protect:
        notes.append("protected")
    if record is not None and record.successor is not None:
        notes.append(f"successor {record.successor.id}")
    notes += [f"{id_} to be deleted" for id_ in item.retired]
    return (
        printable(str(item.address)),
        "no video yet" if record is None else printable(record.current.id),
        "no film" if record is None or record.film is None else printable(record.film.entry_id),
        printable(", ".join(notes)),
    )


def _facts(item: Recorded) -> dict[str, Any]:
    record = item.record
    return {
        "videoId": None if record is None else record.current.id,
        "successorId": None if record is None or record.successor is None else record.successor.id,
        "entryId": None if record is None else record.entry_id,
        "films": 0 if record is None else len(record.films),
        "protect": record is not None and record.protect,
        "open": [operation.kind.value for operation in item.operations],
        "retired": list(item.retired),
    }


def _body(item: Recorded) -> dict[str, Any]:
    return {
        "record": None if item.record is None else video_body(item.record),
        "operations": [operation_body(operation) for operation in item.operations],
        "retired": list(item.retired),
    }


def _forgotten(item: Recorded) -> str:
    if not item.video_ids:
        return f"forgot '{item.address}', which had no video yet"
    stays = "stay" if len(item.video_ids) > 1 else "stays"
    return f"forgot '{item.address}': {', '.join(item.video_ids)} {stays} in the studio"

"""What was applied, a line a video for eyes and for `cut`, or as JSON. No decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from storyboard.commands.outputs import FileStatus, Film, Output
from storyboard.views.json_text import json_text
from storyboard.views.wording import duration, printable

_WORDS = {
    FileStatus.MISSING: "is missing",
    FileStatus.CHANGED: "was changed on disk",
    FileStatus.OUTDATED: "is an earlier film",
}


def render_outputs_text(outputs: Sequence[Output]) -> str:
    """Return address, status, entry and file, with tabs between; empty before the first apply.

    A fifth column tells why a saved film is not named.
    """
    return "".join("\t".join(_cells(output)) + "\n" for output in outputs)


def render_outputs_json(outputs: Sequence[Output]) -> str:
    """Return `{address: {videoId, entryId, status, file, fileStatus, captions}}` as JSON."""
    return json_text(outputs_to_dict(outputs))


def outputs_to_dict(outputs: Sequence[Output]) -> dict[str, dict[str, Any]]:
    """Return what was applied, by address in order, as values that JSON has.

    `file` is null where the saved film is not the published one; `fileStatus` tells why.
    """
    return {
        str(output.address): {
            "videoId": output.video_id,
            "entryId": output.entry_id,
            "status": output.status,
            "file": output.file,
            "fileStatus": output.file_status.value,
            "captions": [*output.captions],
        }
        for output in outputs
    }


def _cells(output: Output) -> tuple[str, ...]:
    told = (output.status, output.entry_id or "–", printable(output.file or "–"))
    cells = (str(output.address), *told)
    word = _WORDS.get(output.file_status)
    return cells if word is None else (*cells, f"{printable(output.path or '')} {word}")


def render_history_text(outputs: Sequence[Output]) -> str:
    """Return a line a film: address, entry, when it was made, its length, and `published`."""
    return "".join("\t".join(cells) + "\n" for output in outputs for cells in _film_cells(output))


def render_history_json(outputs: Sequence[Output]) -> str:
    """Return the same as without the history, and `films` of each address, the oldest first."""
    told: dict[str, dict[str, Any]] = {**outputs_to_dict(outputs)}
    films = {str(output.address): [*map(_film, output.films)] for output in outputs}
    return json_text({address: {**told[address], "films": films[address]} for address in told})


def _film(film: Film) -> dict[str, Any]:
    return {
        "entryId": film.entry_id,
        "madeAt": film.made_at,
        "durationSeconds": film.duration_seconds,
        "published": film.is_published,
    }


def _film_cells(output: Output) -> Iterator[tuple[str, ...]]:
    for film in output.films:
        told = (film.entry_id, film.made_at, duration(film.duration_seconds))
        published = ("published",) if film.is_published else ()
        yield (str(output.address), *map(printable, told), *published)

"""What came out of a studio into files, and what to do next, as text and JSON. No decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from storyboard.commands.export import Export
from storyboard.commands.import_video import Imported
from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.export.taken import Left
from storyboard.local_studio.opening import LOCAL
from storyboard.shell import word, words
from storyboard.views.json_text import json_text
from storyboard.views.state import adopted_rows, render_adopted_text
from storyboard.views.wording import cut, printable

_WIDTH: Final = 60


def render_export_text(export: Export, *, written: bool) -> str:
    """Return what is in the folder, what is left out and why, and the next commands."""
    lines = [*_summary(export, written=written), *_left(export.exported.left), *_notes(export)]
    if written and export.exported.written:
        lines += ["", "next:", *(f"  {line}" for line in _next(export))]
    return "".join(f"{printable(line)}\n" for line in lines)


def render_export_json(export: Export, *, written: bool) -> str:
    """Return `{"written", "folder", "environment", "state", "files": [path], "videos", "left", …}`.

    `sharedState` is the place of the other project's state, if many share it. `videos` is
    `[{address, videoId, name, file, status, entryId}]`, `left` `[{videoId, name, reasons}]`,
    `missingEntries` `[{entryId, addresses}]`, and `lowered` has the codes that are only
    warnings in the project.
    """
    exported = export.exported
    videos = [
        {
            "address": str(each.address),
            "videoId": each.video.remote.id,
            "name": each.video.remote.name,
            "file": each.file,
            "status": each.video.remote.status.value,
            "entryId": each.video.remote.entry_id,
        }
        for each in exported.written
    ]
    left = [
        {"videoId": each.video_id, "name": each.name, "reasons": list(each.reasons)}
        for each in exported.left
    ]
    missing = [
        {"entryId": entry, "addresses": [str(each.address) for each in users]}
        for entry, users in export.missing.items()
    ]
    body = {
        "written": written and bool(videos),
        "folder": str(export.folder),
        "environment": export.environment,
        "state": None if export.state is None else str(export.state),
        "sharedState": export.shared,
        "files": list(exported.files) if videos else [],
        "videos": videos,
        "left": left,
        "missingEntries": missing,
        "lowered": list(exported.lowered),
    }
    return json_text(body)


def render_import_text(imported: Imported, *, written: bool) -> str:
    """Return what was written and recorded, and the command that shows what differs."""
    verb = "wrote" if written else "would write"
    file = "" if imported.rewrite is None else f"{verb} {printable(imported.rewrite.path)}\n"
    text = file + render_adopted_text(imported.adoption, written=written)
    if written:
        for each in imported.adoption.taken:
            text += f"see what differs: storyboard plan {word(each.address)}\n"
    return text


def render_import_json(imported: Imported, *, written: bool) -> str:
    """Return `{"written", "file": path or null, "videos": {address: {…}}}`."""
    file = None if imported.rewrite is None else imported.rewrite.path
    return json_text({"written": written, "file": file, "videos": adopted_rows(imported.adoption)})


def _summary(export: Export, *, written: bool) -> Iterator[str]:
    exported = export.exported
    videos = len(exported.written)
    if not videos:
        yield "nothing was written: no video can be exported"
        return
    storyboards = Counter(each.file for each in exported.written)
    verb = "wrote" if written else "would write"
    yield (
        f"{verb} {counted(videos, 'video')} in {counted(len(storyboards), 'storyboard')} "
        f"to '{export.folder}'"
    )
    several = {each.address.storyboard: "" for each in exported.written if each.address.locale}
    for id_ in several:
        tags = [e.address.locale or "" for e in exported.written if e.address.storyboard == id_]
        several[id_] = f"{id_} ({', '.join(tags)})"
    if several:
        yield f"in several locales: {listed(list(several.values()), NAMES_IN_LINE)}"


def _left(left: tuple[Left, ...]) -> Iterator[str]:
    if left:
        yield f"left out: {counted(len(left), 'video')}"
    for each in left:
        reasons = "; ".join(each.reasons)
        yield f"  {each.video_id}  '{cut(printable(each.name), _WIDTH)}': {reasons}"


def _notes(export: Export) -> Iterator[str]:
    for entry, users in export.missing.items():
        names = listed([str(each.address) for each in users], NAMES_IN_LINE)
        yield f"the account does not list the entry '{entry}' of {names}: a new film may fail"
    for code in export.exported.lowered:
        yield f"'{code}' is only a warning in this project: some of its videos would not pass"
    unfilmed = sum(record.film is None for record in export.exported.records.values())
    if unfilmed:
        yield f"not filmed yet: {counted(unfilmed, 'video')}; apply would make their films"
    both = [each for each in export.exported.written if each.video.remote.id in export.known]
    if both:
        yield (
            f"in the state of the project that you are in, too: {counted(len(both), 'video')}; "
            "apply them from one of the two projects only"
        )
    if export.exported.written and export.state is None:
        yield (
            "no state was written: the local studio is a part of the project that it is in, and "
            "the new project has one of its own"
        )
    if export.exported.written and export.shared is not None:
        yield (
            f"the state '{export.shared}' stays with the project that you are in, as two projects "
            "cannot share one: the new project has no `state` in its file"
        )
    if export.exported.written and export.state is not None:
        shared = "to share it, see docs/how-to/shared-state.md"
        yield f"the ids are in '{export.state}', which is for this machine: {shared}"
    if not export.ignores:
        yield f"'{export.folder / '.gitignore'}' was there: add '.storyboard/*' and 'films/' to it"


def _next(export: Export) -> Iterator[str]:
    place = () if export.folder == Path() else ("-C", export.folder)
    where = () if export.environment == LOCAL else ("-e", export.environment)
    for command in ("check", "plan"):
        yield f"storyboard {words((*place, command, *where))}"

"""A state's history, its repair and its rebuilding, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from storyboard.commands.state_history import Version
from storyboard.commands.state_rebuild import Match, Rebuilt
from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.shell import word
from storyboard.state.repair import Repaired
from storyboard.video import Address
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable


def render_history_text(versions: Sequence[Version]) -> str:
    """Return a row a copy: its serial, when it was made, and what differs from the one before."""
    rows = [
        (
            str(version.copy.state.serial),
            f"{version.copy.kept_at:%Y-%m-%d %H:%M:%S} UTC",
            counted(len(version.copy.state.videos), "video"),
            printable("; ".join(_differences(version)) or "no video changed"),
        )
        for version in versions
    ]
    return line_up(rows, right=(0,)) or "there is no backup yet\n"


def render_history_json(versions: Sequence[Version]) -> str:
    """Return `{"history": [{serial, keptAt, videos, added, removed, changed, file}]}`."""
    rows = [
        {
            "serial": version.copy.state.serial,
            "keptAt": version.copy.kept_at.isoformat(timespec="seconds"),
            "videos": len(version.copy.state.videos),
            "added": [str(address) for address in version.added],
            "removed": [str(address) for address in version.removed],
            "changed": [str(address) for address in version.changed],
            "file": str(version.copy.path),
        }
        for version in versions
    ]
    return json_text({"history": rows})


def render_repaired_text(repaired: Repaired) -> str:
    """Return a line for each thing that was done."""
    lines = list(repaired.told) or ["nothing to repair"]
    if repaired.aside is not None:
        lines.append(f"what was put aside is '{repaired.aside}'")
    return "".join(f"{printable(line)}\n" for line in lines)


def render_repaired_json(repaired: Repaired) -> str:
    """Return `{"repaired": [text], "aside": file or null, "videos": number}`."""
    aside = None if repaired.aside is None else str(repaired.aside)
    videos = len(repaired.state.videos)
    return json_text({"repaired": list(repaired.told), "aside": aside, "videos": videos})


def render_rebuilt_text(rebuilt: Rebuilt) -> str:
    """Return a line a video: what it is for, and by what; then what was not found."""
    lines = [
        f"{match.address}: video {match.video_id}, {_film(match)} (by {match.proof.value})"
        for match in rebuilt.matches
    ]
    lines += [
        f"{address}: {counted(len(ids), 'video')} of this name, {listed(ids, NAMES_IN_LINE)}; "
        f"take one with `storyboard state adopt {word(address)} {word(ids[0])}`"
        for address, ids in rebuilt.ambiguous.items()
    ]
    if rebuilt.missing:
        lines.append(f"not in the studio: {_names(rebuilt.missing)}")
    return "".join(f"{printable(line)}\n" for line in lines)


def render_rebuilt_json(rebuilt: Rebuilt) -> str:
    """Return `{"written", "videos": {address: {…}}, "ambiguous": {…}, "missing": [address]}`."""
    videos: dict[str, Any] = {
        str(match.address): {
            "videoId": match.video_id,
            "entryId": match.entry_id,
            "by": match.proof.value,
        }
        for match in rebuilt.matches
    }
    return json_text(
        {
            "written": rebuilt.written,
            "videos": videos,
            "ambiguous": {str(address): list(ids) for address, ids in rebuilt.ambiguous.items()},
            "missing": [str(address) for address in rebuilt.missing],
        }
    )


def _differences(version: Version) -> Iterator[str]:
    for verb, addresses in (
        ("added", version.added),
        ("removed", version.removed),
        ("changed", version.changed),
    ):
        if addresses:
            yield f"{verb} {_names(addresses)}"


def _names(addresses: Sequence[Address]) -> str:
    return listed([str(address) for address in addresses], NAMES_IN_LINE)


def _film(match: Match) -> str:
    return "no film" if match.entry_id is None else f"film {match.entry_id}"

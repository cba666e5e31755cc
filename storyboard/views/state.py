"""The copies of a state, and videos that were taken into it, as text and JSON. No decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storyboard.commands.state import Adopted, Adoption
from storyboard.counting import counted
from storyboard.shell import word
from storyboard.state.copies import Copy
from storyboard.views.columns import line_up
from storyboard.views.json_text import json_text
from storyboard.views.wording import printable

_OTHER = "it is not as the files say, and who changed it is not known: see `storyboard plan`"


def render_copies_text(copies: Sequence[Copy]) -> str:
    """Return a row a copy: its serial, when it was made, how much it knows, and where it is."""
    rows = [
        (
            str(copy.state.serial),
            f"{copy.kept_at:%Y-%m-%d %H:%M:%S} UTC",
            counted(len(copy.state.videos), "video"),
            printable(str(copy.path)),
        )
        for copy in copies
    ]
    return line_up(rows, right=(0,))


def render_copies_json(copies: Sequence[Copy]) -> str:
    """Return `{"copies": [{serial, keptAt, videos: [address], file}]}`, the newest last."""
    return json_text({"copies": [copy_to_dict(copy) for copy in copies]})


def copy_to_dict(copy: Copy) -> dict[str, Any]:
    """Return a copy as values that JSON has."""
    return {
        "serial": copy.state.serial,
        "keptAt": copy.kept_at.isoformat(timespec="seconds"),
        "videos": [str(address) for address in sorted(copy.state.videos)],
        "file": str(copy.path),
    }


def render_adopted_text(adoption: Adoption, *, written: bool) -> str:
    """Return a line a video, and whether its film serves; says so where there is none."""
    verb = "took in" if written else "would take in"
    lines = [f"{verb} {item.video_id} as {item.address}: {_film(item)}" for item in adoption.taken]
    lines += [
        f"skipped {address}: {counted(len(ids), 'video')} of this name, {', '.join(ids)}; "
        + (
            "rename one in the studio"
            if adoption.by_name
            else f"take one with `storyboard state adopt {word(address)} {word(ids[0])}`"
        )
        for address, ids in adoption.ambiguous.items()
    ]
    none = "the studio has no video of a name that is not applied yet"
    return "".join(f"{printable(line)}\n" for line in lines or [none])


def render_adopted_json(adoption: Adoption, *, written: bool) -> str:
    """Return `{"written", "videos": {address: {…}}, "ambiguous": {address: [id]}}`."""
    several = {str(address): list(ids) for address, ids in adoption.ambiguous.items()}
    body = {"written": written and bool(adoption.taken), "videos": adopted_rows(adoption)}
    return json_text({**body, "ambiguous": several})


def adopted_rows(adoption: Adoption) -> dict[str, dict[str, str | bool | None]]:
    """Return what is told of each video that was taken in, by its address."""
    return {
        str(item.address): {
            "videoId": item.video_id,
            "entryId": item.entry_id,
            "same": item.same,
        }
        for item in adoption.taken
    }


def _film(item: Adopted) -> str:
    if item.entry_id is None:
        return "it has no film yet"
    return f"its film is '{item.entry_id}'" if item.same else _OTHER

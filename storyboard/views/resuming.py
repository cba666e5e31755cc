"""What a run left in the making, and the command that goes on with it, as text and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.video import Address
from storyboard.views.wording import printable


def resume_line(command: str, videos: Mapping[Address, str]) -> str:
    """Return what is in the making, with the ids of the videos, and how to go on."""
    names = [f"{address} (video {id_})" for address, id_ in videos.items()]
    before = f"in the making: {listed(names, NAMES_IN_LINE)}; " if names else ""
    return f"{printable(before)}resume with: {printable(command)}\n"


def resume_to_dict(command: str, videos: Mapping[Address, str]) -> dict[str, Any]:
    """Return the same as values that JSON has."""
    return {"command": command, "videos": {str(address): id_ for address, id_ in videos.items()}}

"""The command that makes of a media file what a film can show, and what to write then."""

from __future__ import annotations

from pathlib import PurePosixPath

from storyboard.shell import word


def conversion(path: str, *, is_still: bool = False, filters: str = "") -> str:
    """Return the command and the last step, for a hint; a still picture becomes half a minute."""
    made = _renamed(path)
    source, target = word(PurePosixPath(path)), word(PurePosixPath(made))
    options = ("-loop 1", "-t 30 -r 30") if is_still else ("", "-r 30")
    if filters:
        options = options[0], f"-vf {word(filters)} {options[1]}"
    command = " ".join(filter(None, ("ffmpeg", options[0], "-i", source, options[1], target)))
    return f"`{command}`, then write `media: {made}`"


def _renamed(path: str) -> str:
    stem = path.rpartition(".")[0] or path
    return f"{stem}-converted.mp4" if path.endswith(".mp4") else f"{stem}.mp4"

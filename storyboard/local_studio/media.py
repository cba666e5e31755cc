"""What the local studio makes of media files, asked before they are put there.

The answer is the studio's own, so what it would refuse at an upload or in a film is known to every
command that reads the files. Where the studio is not installed, nobody can tell.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from storyboard.caption_files import SUBRIP, WEBVTT, beside
from storyboard.disk.inside import FileRefused, PathOutside, cannot_read
from storyboard.language.clip import MISSING, OUTSIDE, UNUSABLE, Clip, Look, Unusable
from storyboard.language.conversion import conversion
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.stand_in import StandIn, Use
from storyboard.wire import MAX_MEDIA_BYTES, RATE_WORDS, is_broll_rate

CAPTIONS: Final = (WEBVTT, SUBRIP)
"""What the captions of a stand-in end in, beside it under the same name; the first one serves."""

_VERSION: Final = "5"
"""Changes whenever the studio recognizes a file otherwise; a new decoder is a change by itself."""

_LENGTH_SECONDS: Final = 2.0
_LENGTH_SHARE: Final = 0.1
"""By how much a film may last otherwise than its entry says: flavors are cut at key frames."""


_MOST_SLOW: Final = 3
"""Files that keep a decoder busy, in one run: whoever sends one may send thousands."""


class _NotLooked(Exception):
    """Others took so long that this file is not looked into any more."""


def look_at_stand_ins(files: ProjectFiles, facts: FileFacts) -> Look:
    """Return a look for a project whose films the local studio makes: from the stand-ins."""
    recognize = _recognizer(files, facts)

    def look(stand_in: StandIn, use: Use) -> Clip | Unusable | None:
        found = recognize(stand_in, use)
        return _rate_fault(stand_in.path, use, found) or found

    return look


def _recognizer(files: ProjectFiles, facts: FileFacts) -> Look:
    """Return a look that tells what a file is and whether the local studio takes it."""

    slow: list[str] = []

    def look(stand_in: StandIn, use: Use) -> Clip | Unusable | None:
        path = stand_in.path
        try:
            told = _recognized(files, path, facts, slow)
            if told is None:
                return None
            fault = _media_fault(path, use, told) or _captions_fault(files, path, use)
            return fault or _clip(use, told)
        except _NotLooked:
            reason = f"'{path}' is not looked into: {_MOST_SLOW} other files took too long"
            return Unusable(UNUSABLE, reason, "replace those, and run the command again")
        except FileRefused as refused:
            code = OUTSIDE if isinstance(refused, PathOutside) else MISSING
            hint = files.meant(path) if refused.missing else None
            return Unusable(code, refused.reason, hint or refused.hint)

    return look


def measure_stand_ins(files: ProjectFiles, facts: FileFacts) -> Look:
    """Return a look for another studio, which has entries of its own: it only knows how long."""
    look = _recognizer(files, facts)

    def measure(stand_in: StandIn, use: Use) -> Clip | None:
        found = look(stand_in, use)
        return Clip(found.seconds, found.fps) if isinstance(found, Clip) else None

    return measure


def captions_beside(files: ProjectFiles, path: str) -> str | None:
    """Return the captions of a stand-in; raises `FileRefused` for some that may not be read."""
    for captions in (beside(path, suffix) for suffix in CAPTIONS):
        try:
            files.path(captions)
            return captions
        except FileRefused as refused:
            if not refused.missing:
                raise
    return None


def sound_seconds(path: Path) -> float | None:
    """Return a sound's length in seconds; None if no decoder is installed."""
    try:
        from storyboard.studio.media.opening import MediaError, probe_media
    except ModuleNotFoundError:
        return None
    try:
        return round(probe_media(path).seconds, 2)
    except MediaError:
        return None


def film_fault(path: Path, seconds: float) -> str | None:
    """Return why a file is no film of so many seconds, 0 for unknown; None if it is one.

    Where no decoder is installed, nobody can tell.
    """
    try:
        from storyboard.studio.media.opening import MediaError, MediaKind, probe_media
    except ModuleNotFoundError:
        return None
    try:
        facts = probe_media(path)
    except MediaError:
        return "it cannot be decoded"
    if facts.kind is not MediaKind.VIDEO or facts.seconds <= 0:
        return "it has no picture that moves"
    if seconds and abs(facts.seconds - seconds) > max(_LENGTH_SECONDS, _LENGTH_SHARE * seconds):
        return f"it lasts {facts.seconds:.1f} s, and the studio says {seconds:.1f} s"
    return None


def _recognized(
    files: ProjectFiles, path: str, facts: FileFacts, slow: list[str]
) -> dict[str, Any] | None:
    """Return the kind and the measures of a file, or why it is refused; raises `FileRefused`."""
    from importlib.metadata import version  # it brings a reader of e-mail, which most need not

    try:
        with files.pinned(path, MAX_MEDIA_BYTES) as (file, opened):
            fact = f"studio {_VERSION} av {version('av')}"
            ask = partial(_ask_studio, file.name, slow)
            found: dict[str, Any] = facts.find(file, fact, ask, opened=opened)
    except ModuleNotFoundError:
        return None
    except OSError as problem:
        raise cannot_read(path, problem) from problem
    return found


def _ask_studio(name: str, slow: list[str], file: Path) -> dict[str, Any]:
    """Return what a file is; raises `_NotLooked` where too many others took too long."""
    if len(slow) >= _MOST_SLOW:
        raise _NotLooked
    from storyboard.studio.behavior.refusal import Refusal
    from storyboard.studio.jobs.uploads import recognize
    from storyboard.studio.media.breaks import find_break
    from storyboard.studio.media.dolby_vision import CONVERTING
    from storyboard.studio.media.opening import MediaTooSlow
    from storyboard.studio.media.probe import MediaForeign

    try:
        found = recognize(file, name)
        breaks_at = None if found.facts is None else find_break(file, found.facts)
    except Refusal as cause:
        if isinstance(cause.__cause__, MediaTooSlow):
            slow.append(name)
        filters = CONVERTING if isinstance(cause.__cause__, MediaForeign) else ""
        return {"refused": cause.message, "hint": cause.hint, "filters": filters}
    except MediaTooSlow as cause:
        slow.append(name)
        return {"refused": str(cause), "hint": None}
    told: dict[str, Any] = {"kind": found.kind}
    if found.facts is not None:
        told |= {"seconds": found.facts.seconds, "fps": found.facts.fps, "breaksAt": breaks_at}
    return told


def _media_fault(path: str, use: Use, told: dict[str, Any]) -> Unusable | None:
    """Return why a recognized file cannot serve for a use."""
    from storyboard.studio.media.uses import why_not_background, why_not_broll

    if "refused" in told:
        command = conversion(path, filters=told.get("filters") or "")
        hint = told.get("hint") or f"export it again, or convert it: {command}"
        return Unusable(UNUSABLE, f"'{path}' is refused: {told['refused']}", hint)
    kind = str(told["kind"])
    if use is Use.BROLL and (reason := why_not_broll(kind)):
        hint = "name a file with a moving picture"
        if kind == "image":
            hint = f"make a video of it: {conversion(path, is_still=True)}"
        return Unusable(UNUSABLE, f"'{path}' {reason}", hint)
    if use is Use.BACKGROUND and (reason := why_not_background(kind)):
        hint = "name a PNG, JPEG or WebP file"
        return Unusable(UNUSABLE, f"'{path}' {reason}", hint)
    return None


def _rate_fault(path: str, use: Use, found: Clip | Unusable | None) -> Unusable | None:
    """Return why a clip fails every film that shows it, as the studio's own rules have it."""
    if use is not Use.BROLL or not isinstance(found, Clip) or found.fps is None:
        return None
    if is_broll_rate(found.fps):
        return None
    frames = "frame" if found.fps == 1 else "frames"
    return Unusable(
        UNUSABLE,
        f"'{path}' has {found.fps:g} {frames} a second, and b-roll needs {RATE_WORDS}",
        f"convert it: {conversion(path)}",
    )


def _clip(use: Use, told: dict[str, Any]) -> Clip | None:
    """Return the measures of a video; None for what has none."""
    if told["kind"] != "video" or use is Use.BACKGROUND:
        return None
    return Clip(told["seconds"], told["fps"] or None, told["breaksAt"])


def _captions_fault(files: ProjectFiles, path: str, use: Use) -> Unusable | None:
    """Return why the captions of what scenes are composed from cannot be taken."""
    from storyboard.studio.behavior.refusal import Refusal
    from storyboard.studio.jobs.uploads import MAX_CAPTIONS_BYTES, captions_text

    captions = captions_beside(files, path) if use is Use.SOURCE else None
    if captions is None:
        return None
    name = captions.rpartition("/")[2]
    try:
        with files.open(captions) as file:
            captions_text(file.read(MAX_CAPTIONS_BYTES + 1))
    except Refusal as cause:
        reason = f"'{name}' beside '{path}' is refused: {cause.message}"
        hint = cause.hint or "save it as SRT or WebVTT in UTF-8, or take it away"
        return Unusable(UNUSABLE, reason, hint)
    except OSError as problem:
        reason = (problem.strerror or "unreadable").lower()
        raise FileRefused(f"'{name}' beside '{path}' cannot be read: {reason}") from problem
    return None

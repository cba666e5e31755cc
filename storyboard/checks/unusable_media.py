"""Stand-ins that cannot serve: where they are named, and the videos that wait for them.

The film of a video whose stand-in is refused cannot be made in the local studio, so it is held,
and all others go on. A look that serves a remote studio finds nothing unusable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from storyboard.checks.subject import Finding, Subject
from storyboard.language.clip import Look, Unusable
from storyboard.source.diagnostic import Note
from storyboard.video import Hold, StandIn, Use, Video

_NAMED = 3


def hold_unusable(video: Video, look: Look) -> Video:
    """Return the video with a hold for each stand-in that its film would show and cannot."""
    holds = [
        Hold(found.reason, found.code, stand_in.span, found.hint or _what_for(stand_in))
        for stand_in, use, found in _unusable(video, look)
        if use is not Use.NAMED
    ]
    new = tuple(dict.fromkeys(holds))
    return replace(video, holds=(*video.holds, *new)) if new else video


def find_unusable(subject: Subject, code: str) -> Iterator[Finding]:
    """Yield one finding for each place that names a stand-in with this fault."""
    waiting: dict[tuple[StandIn, Unusable], list[str]] = {}
    for video in subject.videos:
        for stand_in, use, found in _unusable(video, subject.media):
            if found.code == code:
                held = waiting.setdefault((stand_in, found), [])
                held += [str(video.address)] if use is not Use.NAMED else []
    for (stand_in, found), held in waiting.items():
        notes = (Note(f"held back: {_names(held)}"),) if held else ()
        yield Finding(found.reason, stand_in.span, found.hint or _what_for(stand_in), notes)


def _unusable(video: Video, look: Look) -> Iterator[tuple[StandIn, Use, Unusable]]:
    for stand_in, use in video.uses:
        found = look(stand_in.path, use)
        if isinstance(found, Unusable):
            yield stand_in, use, found


def _what_for(stand_in: StandIn) -> str:
    return f"put the file there; it stands in for entry '{stand_in.entry_id}' in the local studio"


def _names(addresses: list[str]) -> str:
    named = list(dict.fromkeys(addresses))
    more = len(named) - _NAMED
    return ", ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")

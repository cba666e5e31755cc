"""Stand-ins that cannot serve: where they are named, and the videos that wait for them.

The film of a video whose stand-in is refused cannot be made in the local studio, so it is held,
and all others go on. A look that serves a remote studio finds nothing unusable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from storyboard.checks.holds import short_names
from storyboard.checks.subject import Finding, Subject
from storyboard.language.clip import UNUSABLE, Clip, Look, Unusable, uses_of
from storyboard.source.diagnostic import Note
from storyboard.video import Hold, StandIn, Use, Video


def tell_apart(look: Look, videos: Iterable[Video]) -> Look:
    """Return a look that also finds entries for which several files stand in.

    A studio has one file an entry, so the last one would be seen in all films, without a word.
    """
    paths: dict[str, set[str]] = {}
    for video in videos:
        for stand_in in video.stand_ins:
            paths.setdefault(stand_in.entry_id, set()).add(stand_in.path)

    def look_apart(stand_in: StandIn, use: Use) -> Clip | Unusable | None:
        found = look(stand_in, use)
        several = sorted(paths.get(stand_in.entry_id, ()))
        if isinstance(found, Unusable) or len(several) < 2:
            return found
        others = " and ".join(f"'{path}'" for path in several)
        reason = f"{others} stand in for one entry, '{stand_in.entry_id}'"
        return Unusable(UNUSABLE, reason, "name one file, or give each entry an id of its own")

    return look_apart


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
        notes = (Note(f"held: {short_names(held)}"),) if held else ()
        yield Finding(found.reason, stand_in.span, found.hint or _what_for(stand_in), notes)


def _unusable(video: Video, look: Look) -> Iterator[tuple[StandIn, Use, Unusable]]:
    for stand_in, use in uses_of(video):
        found = look(stand_in, use)
        if isinstance(found, Unusable):
            yield stand_in, use, found


def _what_for(stand_in: StandIn) -> str:
    return f"put the file there; it stands in for entry '{stand_in.entry_id}' in the local studio"

"""Stand-ins that cannot serve: where they are named, and the videos that wait for them.

The film of a video whose stand-in is refused cannot be made in the local studio, so it is held,
and all others go on. A look that serves a remote studio finds nothing unusable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyboard.checks.holds import held_notes
from storyboard.checks.outline import VideoOutline
from storyboard.checks.subject import Finding, Survey
from storyboard.language.clip import UNUSABLE, Clip, Look, Unusable
from storyboard.stand_in import StandIn, Use
from storyboard.video import Hold


def tell_apart(look: Look, videos: Iterable[VideoOutline]) -> Look:
    """Return a look that also finds entries for which several files stand in.

    A studio has one file an entry, so the last one would be seen in all films, without a word.
    """
    paths: dict[str, set[str]] = {}
    for video in videos:
        for stand_in, _ in video.uses:
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


def unusable_holds(video: VideoOutline, look: Look) -> Iterable[Hold]:
    """Return a hold for each stand-in that the film would show and cannot, each once."""
    holds = (
        Hold(
            found.reason,
            found.code,
            stand_in.span,
            found.hint or _what_for(stand_in),
            composed_from=stand_in.entry_id if stand_in.entry_id in video.sources else None,
        )
        for stand_in, use, found in _unusable(video, look)
        # An entry that is only named is in no film: nothing has to wait for its file.
        if use is not Use.NAMED
    )
    return dict.fromkeys(holds)


def find_unusable(survey: Survey, code: str) -> Iterator[Finding]:
    """Yield one finding for each place that names a stand-in with this fault."""
    waiting: dict[tuple[StandIn, Unusable], dict[str, bool]] = {}
    for video in survey.videos:
        for stand_in, use, found in _unusable(video, survey.studio.media):
            if found.code == code:
                held = waiting.setdefault((stand_in, found), {})
                if use is not Use.NAMED:
                    held[str(video.address)] = stand_in.entry_id in video.sources
    for (stand_in, found), held in waiting.items():
        notes = tuple(held_notes(held))
        yield Finding(found.reason, stand_in.span, found.hint or _what_for(stand_in), notes)


def _unusable(video: VideoOutline, look: Look) -> Iterator[tuple[StandIn, Use, Unusable]]:
    for stand_in, use in video.uses:
        found = look(stand_in, use)
        if isinstance(found, Unusable):
            yield stand_in, use, found


def _what_for(stand_in: StandIn) -> str:
    return f"put the file there; it stands in for entry '{stand_in.entry_id}' in the local studio"

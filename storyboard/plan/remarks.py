"""What a plan tells beside its actions, a line each. Plans nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.plan.change import Change
from storyboard.plan.options import PlanOptions
from storyboard.plan.policy import idle_patterns
from storyboard.plan.refusal import name_addresses
from storyboard.shell import word
from storyboard.state.model import State
from storyboard.video import Video
from storyboard.wire import SAY


def remarks(
    changes: Sequence[Change], desired: Sequence[Video], state: State, options: PlanOptions
) -> Iterator[str]:
    """Yield what no action tells: films that stay, what protects nothing, what only drafts show."""
    yield from _rolled_back(changes)
    yield from _kept_films(changes)
    yield from _idle(desired, state, options)
    yield from _drafts_only(desired)


def _drafts_only(desired: Sequence[Video]) -> Iterator[str]:
    """Yield what the files say and Kaltura's films do not have: once, for all videos."""
    told = dict.fromkeys(each for video in desired for each in video.drafts_only)
    if shown := [each for each in told if each != SAY]:
        yield f"{' and '.join(shown)}: for drafts only, Kaltura's films show none"
    if SAY in told:
        yield (
            "say: for drafts only, Kaltura reads words as they are written; `say_in_payload: true` "
            "sends it the words as they are said"
        )


def _idle(desired: Sequence[Video], state: State, options: PlanOptions) -> Iterator[str]:
    """Yield which patterns protect nothing, where all files are known."""
    if desired and options.complete and options.protected:
        known = {video.address for video in desired} | options.unmade | set(state.videos)
        for each in idle_patterns(options.protected, known):
            yield f"protect {each} names no video"


def _rolled_back(changes: Sequence[Change]) -> Iterator[str]:
    for change in changes:
        if change.stays is not None:
            yield (
                f"'{change.address}' stays at the earlier film {change.stays.entry_id} until its "
                f"file changes, or until `storyboard apply --forward {word(change.address)}`"
            )
        elif change.goes_back and change.keeps_scenes:
            yield (
                f"'{change.address}' has the film of its file again; its video in the studio keeps "
                "other scenes until the file changes, as it could only be replaced"
            )


def _kept_films(changes: Sequence[Change]) -> Iterator[str]:
    """Yield which films are kept though the studio shows their videos without one, or may soon."""
    for change in changes:
        if change.other_film is not None and change.applied is not None:
            yield (
                f"'{change.address}' keeps its film {change.applied.entry_id}, which is as the "
                "files say; the studio shows another film, made in the studio: "
                f"{change.other_film}. To have it made again: "
                f"`storyboard apply --regenerate {word(change.address)}`"
            )
    now = [change for change in changes if change.keeps_film and change.other_film is None]
    soon = [change for change in changes if change.may_keep_film]
    for kept, shows in ((now, "shows"), (soon, "may show")):
        if len(kept) == 1:
            address, film = kept[0].address, kept[0].applied and kept[0].applied.entry_id
            yield (
                f"'{address}' keeps its film {film}, which is as the files say; the studio {shows} "
                "the video without it. To have it made again: "
                f"`storyboard apply --regenerate {word(address)}`"
            )
        elif kept:
            yield (
                f"{len(kept):,} videos keep their films, which are as the files say; the studio "
                f"{shows} the videos without them: {name_addresses([c.address for c in kept])}. "
                "To have one made again: `storyboard apply --regenerate ADDRESS`"
            )

"""Entries that a video needs and its studio does not have, as what the video is held for.

In the local studio a file may stand in for one. Of another studio, whoever asked it tells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from storyboard.checks.holds import tell_once
from storyboard.checks.outline import VideoOutline
from storyboard.checks.shown_entries import (
    shown_entries,
    source_entries,
    sources_alone,
    used_alone,
)
from storyboard.checks.subject import Finding, Survey
from storyboard.language.clip import MISSING
from storyboard.shell import word
from storyboard.source.span import Span
from storyboard.video import Hold, Video


def with_absent(video: Video, there: Collection[str]) -> Video:
    """Return the video with a hold for each entry that is not there, each once.

    One that is held for it already is left alone: where an entry is named is found late.
    """
    told = {hold.reason for hold in video.holds}
    absent = [item for item in used_alone(video).items() if item[0] not in there]
    untold = [(name, span) for name, span in absent if _reason(name) not in told]
    if not untold:
        return video
    sources = sources_alone(video)
    new = (_hold(name, span(), sources) for name, span in untold)
    return replace(video, holds=(*video.holds, *new))


def with_unfound(video: Video, needed: Collection[str], hints: Mapping[str, str]) -> Video:
    """Return the video with a hold for each entry that it needs and that has a hint what to do."""
    named = {**source_entries(video), **shown_entries(video)}
    new = tuple(
        # A plan shows the reasons of holds alone, and no check has shown this one.
        Hold(f"the studio finds no entry '{name}': {hints[name]}", MISSING, span())
        for name, span in named.items()
        if name in hints and name in needed
    )
    return replace(video, holds=(*video.holds, *new)) if new else video


def absent_holds(video: VideoOutline, there: Collection[str]) -> Iterable[Hold]:
    """Return a hold for each entry that a video needs and that is not there."""
    return [_hold(name, span, video.sources) for name, span in video.alone if name not in there]


def find_absent(survey: Survey) -> Iterator[Finding]:
    """Yield one finding for each place that names an entry which is not there."""
    there = survey.studio.entries and survey.studio.entries()
    if there is None:
        return
    yield from tell_once((h, v.address) for v in survey.videos for h in absent_holds(v, there))


def _hold(entry_id: str, span: Span, sources: Collection[str]) -> Hold:
    return Hold(
        _reason(entry_id),
        MISSING,
        span,
        f"give it `media`, or: storyboard studio media add --entry-id {word(entry_id)} FILE",
        composed_from=entry_id if entry_id in sources else None,
    )


def _reason(entry_id: str) -> str:
    return f"the local studio has no entry '{entry_id}', and no `media` stands in for it"

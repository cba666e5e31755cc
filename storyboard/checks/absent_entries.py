"""Entries that a video shows, that the local studio does not have, and that no file stands in for.

A remote studio has entries of its own, of which nothing is known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from storyboard.checks.holds import short_names
from storyboard.checks.subject import Finding, Subject
from storyboard.language.clip import MISSING
from storyboard.shell import word
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.video import BackgroundKind, Hold, Video


def shown_alone(video: Video) -> Mapping[str, Span]:
    """Return the entries that a video shows without a stand-in, and where they are named."""
    own = {stand_in.entry_id for stand_in in video.stand_ins}
    found: dict[str, Span] = {}
    for scene in video.scenes:
        broll = scene.shown_broll
        if broll is not None and broll.entry_id not in own:
            found.setdefault(broll.entry_id, scene.origin.of("broll.entryId"))
    for avatar in video.avatars:
        background = avatar.background
        if background.kind is BackgroundKind.ENTRY and background.value not in own:
            found.setdefault(background.value, video.span)
    return found


def with_absent(video: Video, there: Collection[str]) -> Video:
    """Return the video with a hold for each entry that is not there, each once."""
    holds = tuple(dict.fromkeys((*video.holds, *_absent(video, there))))
    return video if holds == video.holds else replace(video, holds=holds)


def find_absent(subject: Subject) -> Iterator[Finding]:
    """Yield one finding for each place that names an entry which is not there."""
    if subject.entries is None:
        return
    held: dict[Hold, list[str]] = {}
    for video in subject.videos:
        for hold in _absent(video, subject.entries):
            held.setdefault(hold, []).append(str(video.address))
    for hold, addresses in held.items():
        notes = (Note(f"held: {short_names(addresses)}"),)
        yield Finding(hold.reason, hold.span, hold.hint, notes)


def _absent(video: Video, there: Collection[str]) -> Iterator[Hold]:
    for entry_id, span in shown_alone(video).items():
        if entry_id not in there:
            yield Hold(
                f"the local studio has no entry '{entry_id}', and no `media` stands in for it",
                MISSING,
                span,
                "give it `media`, or: "
                f"storyboard studio media add --entry-id {word(entry_id)} FILE",
            )

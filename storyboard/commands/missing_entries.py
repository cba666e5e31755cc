"""Which entries a studio that is reached by HTTP does not have, of those that videos are made with.

It is asked for what is to be made alone: a film that is there needs its clips no more, and scenes
that are composed need what they were composed from no more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from storyboard.checks.absent_entries import with_unfound
from storyboard.checks.shown_entries import shown_entries, source_entries
from storyboard.errors import StoryboardError
from storyboard.kaltura.at_once import some_at_once
from storyboard.plan.change import Change
from storyboard.plan.plan import Plan
from storyboard.shell import word
from storyboard.video import Video

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient


async def hold_unfound(
    client: StudioClient, videos: Sequence[Video], plan: Plan
) -> Sequence[Video]:
    """Hold the videos that would fail for want of an entry; the same if there are none."""
    by_address = {video.address: video for video in videos}
    needed = {
        change.address: frozenset(_needed(by_address[change.address], change))
        for change in plan.changes
        if change.actions and change.address in by_address
    }
    wanted = tuple(dict.fromkeys(id_ for ids in needed.values() for id_ in sorted(ids)))
    # A plan that is told again does not ask for clips that were there: its apply does.
    missing = await missing_entries(client.unnoted(), wanted, sources_of(videos))
    if not missing:
        return videos
    client.doubt_answers()
    hints = {entry_id: hint_of(client, entry_id) for entry_id in missing}
    return [with_unfound(v, needed.get(v.address, ()), hints) for v in videos]


def _needed(video: Video, change: Change) -> Iterator[str]:
    """Yield the entries without which a change fails."""
    if change.compose is not None:
        yield from source_entries(video)
    if change.film is not None:
        yield from shown_entries(video)


def shown_of(videos: Iterable[Video]) -> tuple[str, ...]:
    """Return the ids of the entries that videos show, each once, in their order."""
    return tuple(dict.fromkeys(id_ for video in videos for id_ in shown_entries(video)))


def sources_of(videos: Iterable[Video]) -> tuple[str, ...]:
    """Return the ids of the entries that videos are composed from, each once, in their order."""
    return tuple(dict.fromkeys(id_ for video in videos for id_ in source_entries(video)))


async def missing_entries(
    client: StudioClient, entry_ids: Collection[str], sources: Collection[str]
) -> frozenset[str]:
    """Return which entries the studio does not find; none where it does not tell.

    A list may leave out what other users own, so what it lacks is asked for by its id. Of the
    `sources` of compositions, some are documents, which no list of media has.
    """
    if not entry_ids:
        return frozenset()

    async def is_missing(entry_id: str) -> bool:
        if await client.get_entry(entry_id) is not None:
            return False
        return not (entry_id in sources and await client.check_entry(entry_id))

    try:
        listed = await client.list_entry_names(tuple(entry_ids))
        doubtful = [entry_id for entry_id in entry_ids if entry_id not in listed]
        found = await some_at_once(doubtful, is_missing)
    except StoryboardError:  # told by who cannot go on without the service
        return frozenset()
    return frozenset(id_ for id_, missing in zip(doubtful, found, strict=True) if missing)


def hint_of(client: StudioClient, entry_id: str) -> str:
    """Return what to do about an entry that is not there."""
    if client.met_local_studio:
        return (
            "ask who runs the studio to add it: "
            f"storyboard studio media add --entry-id {word(entry_id)} FILE"
        )
    return "upload its file, and write the id that it gets"

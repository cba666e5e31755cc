"""Lifts the holds of a composed video whose sources are gone, where nothing reads them. Pure.

The files do not tell what is composed already: of a source that is missing, a check holds every
video that names it. A plan knows more: scenes that are composed as the files say need their sources
no more, and only a film that shows one does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from storyboard.checks.shown_entries import shown_entries
from storyboard.plan.change import Change
from storyboard.video import Video


def change_without_sources(
    video: Video,
    media_digests: Mapping[str, str],
    planned: Callable[[Video, Mapping[str, str]], Change],
) -> Change | None:
    """Return what is due of a held video that needs none of the sources it waits for, or None.

    `planned` returns the change of a video by the digests of the files that stand in for entries.
    """
    missing = frozenset(hold.composed_from for hold in video.holds if hold.composed_from)
    if not missing or any(hold.composed_from is None for hold in video.holds):
        return None
    there = tuple(each for each in video.stand_ins if each.entry_id not in missing)
    wanted = replace(video, holds=(), stand_ins=there)
    # Of a film that shows a missing file, nothing tells whether it was of another one.
    changes = (planned(wanted, digests) for digests in (media_digests, {}))
    return next((change for change in changes if not _needs(change, missing)), None)


def _needs(change: Change, sources: Collection[str]) -> bool:
    """Whether a composition is due, or a film that shows one of its sources."""
    if change.compose is not None or change.desired is None:
        return True
    is_due = change.film is not None and not change.film.attach
    return is_due and not shown_entries(change.desired).keys().isdisjoint(sources)

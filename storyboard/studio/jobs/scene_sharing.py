"""Scenes of one film made on several machines: who has no film of its own makes some of another's.

The holder of the film makes it from its beginning, and joins it. Others make scenes from its end,
into the cache that all share, and are believed for their files alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.errors import StudioError
from storyboard.studio.film.request import Cancelled, FilmError
from storyboard.studio.film.sharing import Share, write_note
from storyboard.studio.jobs.film_requests import film_order, film_request
from storyboard.studio.jobs.leftovers import trim_cache
from storyboard.studio.jobs.machine_faults import machine_fault
from storyboard.studio.jobs.pulse import Pulse
from storyboard.studio.jobs.ways import needs_of
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue, videos
from storyboard.studio.records.queue import Job
from storyboard.studio.records.scene_claims import SceneClaim, SceneClaims

_LOG = logging.getLogger("storyboard.studio")


@contextmanager
def noted_elsewhere(workspace: Workspace, job: Job, pulse: Pulse, draft: Path) -> Iterator[Share]:
    """Keep a note beside a film's draft of which scenes others make, until the block ends."""
    note, claims = draft.with_suffix(".elsewhere"), SceneClaims(workspace.store)
    told: frozenset[int] = frozenset()

    def write() -> None:
        nonlocal told
        found = claims.elsewhere(job)
        if found != told:
            write_note(note, found)
            told = found

    try:
        with pulse.acting(write):
            yield Share(note=note)
    finally:
        note.unlink(missing_ok=True)


def help_out(workspace: Workspace, owner: str, stopping: Callable[[], bool]) -> bool:
    """Make one scene of another machine's film; return whether there was one to make.

    Raises `StudioError`.
    """
    claims = SceneClaims(workspace.store)
    claim = claims.take(owner, needs_of(workspace, queue.FILM))
    if claim is None:
        return False
    with Pulse(lambda _: claims.beat(claim), claim.video_id) as pulse:
        _make(workspace, claims, claim, lambda: pulse.is_lost() or stopping())
    trim_cache(workspace)
    return True


def _make(
    workspace: Workspace, claims: SceneClaims, claim: SceneClaim, cancelled: Callable[[], bool]
) -> None:
    """Bring a scene into the cache; what goes wrong is the holder's to find out, and to tell."""
    draft = workspace.blobs.draft(".scene")
    try:
        with workspace.store.read() as tx:
            video = videos.find(tx, claim.video_id)
            if video is None:
                return
            request = film_request(tx, workspace, video)
        share = Share(only=frozenset({claim.scene}))
        order = film_order(workspace, request, draft, share, claim.rules)
        workspace.makers.film(order, lambda _: None, cancelled)
        claims.made(claim)
        _LOG.info("scene %d of video %s is made for another machine", claim.scene, claim.video_id)
    except (Cancelled, FilmError, OSError, StudioError) as cause:
        _LOG.info("scene %d of video %s is left: %s", claim.scene, claim.video_id, cause)
        if (fault := machine_fault(workspace, cause)) is not None:
            workspace.place.stand_back(fault)
        claims.give_up(claim)
    finally:
        draft.unlink(missing_ok=True)

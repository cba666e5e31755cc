"""What the log says of a film or a composition: one line for each thing that happens to it.

Names of processes and ids, and nothing that a user wrote: who reads logs may not see videos.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.studio.records import queue
from storyboard.studio.records.owner import named_process, short_name
from storyboard.studio.records.queue import Job

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {queue.FILM: "film", queue.COMPOSITION: "composition"}
)
"""What people call the kinds of jobs."""

_LOG: Final = logging.getLogger("storyboard.studio")


def log_asked(kind: str, video_id: str, entry_id: str = "") -> None:
    """Log that a job is in the queue, once that is stored."""
    about = {"job": kind, "videoId": video_id} | ({"entryId": entry_id} if entry_id else {})
    _LOG.info("%s of video %s is asked for", KINDS[kind], video_id, extra=about)


def log_begun(job: Job) -> None:
    """Log who works at a job from now on, and from whom it was taken over."""
    by = f"attempt {job.attempt}, by {named_process(job.owner)}"
    if not job.former:
        _LOG.info("%s is begun: %s", _what(job), by, extra=about_job(job))
        return
    told = f"{_what(job)} is taken over from {named_process(job.former)}, which gave no sign of"
    about = {**about_job(job), "formerWorker": short_name(job.former)}
    _LOG.warning("%s life: %s", told, by, extra=about)


def log_given_back(job: Job) -> None:
    """Log that a job waits again, for whoever takes it up."""
    _LOG.info("%s is given back to the queue", _what(job), extra=about_job(job))


def log_left(job: Job) -> None:
    """Log that what was made is thrown away, for it is wanted no more, or from another."""
    told = "%s is left: it was stopped, or another worker has it"
    _LOG.info(told, _what(job), extra=about_job(job))


def about_job(job: Job) -> dict[str, str | int]:
    """Return what a line of the log is about, for whoever collects them."""
    told: dict[str, str | int] = {"job": job.kind, "videoId": job.video_id, "attempt": job.attempt}
    told |= {"entryId": job.entry_id} if job.entry_id else {}
    return told | {"worker": short_name(job.owner)}


def _what(job: Job) -> str:
    return f"{KINDS[job.kind]} of video {job.video_id}"

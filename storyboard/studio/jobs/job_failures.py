"""What becomes of a job that went wrong: it fails for a reason, or goes back to the queue."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from storyboard.studio.compose.request import ComposeError
from storyboard.studio.film.disk import want_of_room
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs import composing, filming
from storyboard.studio.jobs.entry_files import FileMissing
from storyboard.studio.jobs.job_log import about_job, log_given_back, log_left
from storyboard.studio.jobs.machine_faults import has_others, machine_fault
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue
from storyboard.studio.records.file_store import FilesAway
from storyboard.studio.records.queue import Job
from storyboard.studio.records.store import StoreError

_LOG: Final = logging.getLogger("storyboard.studio")


def give_back(workspace: Workspace, job: Job) -> None:
    """Have a job wait again, for whoever takes it up, unless it is another's by now."""
    log = log_given_back if workspace.queue.release(job) else log_left
    log(job)


def fail(workspace: Workspace, job: Job, code: str, message: str) -> None:
    """Store that a job failed."""
    end = composing.fail if job.kind == queue.COMPOSITION else filming.fail
    end(workspace, job, f"{code}: {message}")


def end_failed(workspace: Workspace, job: Job, cause: Exception) -> bool:
    """Store what becomes of a job that ended so; return whether it was given back.

    It is if the next try may keep it: what it is for is away, or this machine alone cannot.
    """
    if _may_be_kept_later(workspace, job, cause):
        after = replace(job, unkept=job.unkept + 1)
        if after.unkept < queue.MAX_UNKEPT:
            give_back(workspace, after)
            return True
        fail(workspace, job, "not-kept", f"{cause} ({after.unkept} times)")
    else:
        _fail_for(workspace, job, cause)
    return False


def _may_be_kept_later(workspace: Workspace, job: Job, cause: Exception) -> bool:
    if (fault := machine_fault(workspace, cause)) is not None:
        if not has_others(workspace):
            return False
        workspace.place.stand_back(fault)
        return True
    if not isinstance(cause, FilesAway | StoreError) or want_of_room(cause) is not None:
        return False
    # It was waited for, and may be back for the next try, which has all scenes already.
    _LOG.warning("video %s cannot be kept now: %s", job.video_id, cause, extra=about_job(job))
    return True


def _fail_for(workspace: Workspace, job: Job, cause: Exception) -> None:
    """Store that a job failed, with the word for why."""
    if isinstance(cause, FilmError | ComposeError):
        fail(workspace, job, cause.code, str(cause))
    elif isinstance(cause, FileMissing):
        fail(workspace, job, "file-missing", cause.message)
    elif (wanting := want_of_room(cause)) is not None:
        fail(workspace, job, "disk-full", wanting)
    else:
        fail(workspace, job, "files", str(getattr(cause, "strerror", None) or cause))

"""Keeps a pipeline's comment of a pull request up to date."""

from __future__ import annotations

from storyboard.commands.pull_requests import Job
from storyboard.forges.marks import marker_of
from storyboard.forges.sticky import Posted, post


async def post_comment(body: str, job: Job) -> tuple[str, Posted]:
    """Post a text, and return the pull request's name and what became of the comment.

    Raises `UsageError` for a text without a marker or a job without a pull request, and
    `CredentialsError` and `StudioError` as the forge answers.
    """
    marker_of(body)
    async with job.pull_request() as opened:
        return opened.where, await post(opened, body)

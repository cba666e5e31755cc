"""Keeps a pipeline's comment of a pull request up to date."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from storyboard.forges.calls import Sleep
from storyboard.forges.forge import Forge
from storyboard.forges.github import GitHub
from storyboard.forges.gitlab import GitLab
from storyboard.forges.runner import GITHUB, Target, find_target
from storyboard.forges.sticky import Posted, marker_of, post
from storyboard.kaltura.transport import Transport


async def post_comment(
    body: str,
    variables: Mapping[str, str],
    *,
    forge: str | None = None,
    number: int | None = None,
    sleep: Sleep = asyncio.sleep,
) -> tuple[str, Posted]:
    """Post a text, and return the pull request's name and what became of the comment.

    Raises `UsageError` for a text without a marker or a job without a pull request, and
    `CredentialsError` and `StudioError` as the forge answers.
    """
    marker_of(body)
    target = find_target(variables, forge=forge, number=number)
    transport = Transport()
    try:
        opened = _opened(transport, target, sleep)
        return opened.where, await post(opened, body)
    finally:
        await transport.aclose()


def _opened(transport: Transport, target: Target, sleep: Sleep) -> Forge:
    kind = GitHub if target.forge == GITHUB else GitLab
    return kind(
        transport, target.api, target.token.reveal(), target.project, target.number, sleep=sleep
    )

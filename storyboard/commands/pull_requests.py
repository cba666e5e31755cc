"""Opens the pull request of a CI job: the one that it was started for, or that was merged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from storyboard.forges import github, gitlab
from storyboard.forges.calls import Sleep
from storyboard.forges.forge import Forge
from storyboard.forges.runner import (
    GITHUB,
    Commit,
    Repository,
    find_commit,
    find_merged,
    find_number,
    find_repository,
)
from storyboard.kaltura.transport import Transport

_LOOKS: Final = (0.0, 2.0, 5.0)
"""Seconds before each look for the pull request of a commit. A job may begin before the forge has
noted the merge, and a commit without a pull request is applied by no one."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job of CI: its variables, and what its command line says instead of them."""

    variables: Mapping[str, str] = field(repr=False)
    forge: str | None = None
    number: int | None = None
    sleep: Sleep = asyncio.sleep

    @asynccontextmanager
    async def pull_request(self) -> AsyncIterator[Forge]:
        """Open the pull request of the job; raises `UsageError` if it is of none."""
        repository = find_repository(self.variables, self.forge)
        number = self.number or find_number(repository, self.variables)
        async with _transport() as transport:
            yield self._opened(transport, repository, number)

    @asynccontextmanager
    async def merged(self) -> AsyncIterator[tuple[Forge | None, str]]:
        """Open the pull request that was merged, and say which one it is.

        It is None for a commit that was pushed without one; then the commit is named. Raises
        `UsageError` in a job of one that is open.
        """
        repository = find_repository(self.variables, self.forge)
        number = self.number or find_merged(repository, self.variables)
        async with _transport() as transport:
            where = ""
            if number is None:
                commit = find_commit(repository, self.variables)
                where = f"commit {commit.short} of {repository.project}"
                number = await self._merged_as(transport, repository, commit)
            if number is None:
                yield None, where
            else:
                opened = self._opened(transport, repository, number)
                yield opened, opened.where

    async def _merged_as(
        self, transport: Transport, repository: Repository, commit: Commit
    ) -> int | None:
        ask = github.merged_as if repository.forge == GITHUB else gitlab.merged_as
        for wait in _LOOKS:
            if wait:
                await self.sleep(wait)
            number = await ask(
                transport,
                repository.api,
                repository.token.reveal(),
                repository.project,
                commit,
                sleep=self.sleep,
            )
            if number is not None:
                return number
        return None

    def _opened(self, transport: Transport, repository: Repository, number: int) -> Forge:
        kind = github.GitHub if repository.forge == GITHUB else gitlab.GitLab
        return kind(
            transport,
            repository.api,
            repository.token.reveal(),
            repository.project,
            number,
            sleep=self.sleep,
        )


@asynccontextmanager
async def _transport() -> AsyncIterator[Transport]:
    transport = Transport()
    try:
        yield transport
    finally:
        await transport.aclose()

"""Opens the pull request of a CI job: the one that it was started for, or that was merged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

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

_T = TypeVar("_T")


async def _none() -> Commit | None:
    return None


@dataclass(frozen=True, slots=True)
class MergedJob:
    """What a job is to apply: a pull request, or a commit that was pushed without one.

    `where` names it. `newer` asks which commit its branch is at, if it is not the job's own one any
    more; None where that is not told.
    """

    forge: Forge | None
    where: str
    newer: Callable[[], Awaitable[Commit | None]] = _none


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
    async def merged(self) -> AsyncIterator[MergedJob]:
        """Open the pull request that was merged; raises `UsageError` in a job of an open one."""
        repository = find_repository(self.variables, self.forge)
        number = self.number or find_merged(repository, self.variables)
        async with _transport() as transport:
            if number is not None:
                opened = self._opened(transport, repository, number)
                yield MergedJob(opened, opened.where)
                return
            commit = find_commit(repository, self.variables)
            number = await self._merged_as(transport, repository, commit)
            found = None if number is None else self._opened(transport, repository, number)
            where = f"commit {commit.short} of {repository.project}"
            ask = partial(self._newer, transport, repository, commit)
            yield MergedJob(found, where if found is None else found.where, ask)

    async def _merged_as(
        self, transport: Transport, repository: Repository, commit: Commit
    ) -> int | None:
        ask = github.merged_as if repository.forge == GITHUB else gitlab.merged_as
        for wait in _LOOKS:
            if wait:
                await self.sleep(wait)
            number = await self._asked(ask, transport, repository, commit)
            if number is not None:
                return number
        return None

    async def _asked(
        self,
        ask: Callable[..., Awaitable[_T]],
        transport: Transport,
        repository: Repository,
        commit: Commit,
    ) -> _T:
        """Ask a forge about a commit of the job's repository."""
        token = repository.token.reveal()
        return await ask(
            transport, repository.api, token, repository.project, commit, sleep=self.sleep
        )

    async def _newer(
        self, transport: Transport, repository: Repository, commit: Commit
    ) -> Commit | None:
        if not commit.branch:
            return None
        ask = github.branch_head if repository.forge == GITHUB else gitlab.branch_head
        head = await self._asked(ask, transport, repository, commit)
        return Commit(head, commit.branch) if head not in ("", commit.sha) else None

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

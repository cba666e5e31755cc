"""Pull requests of GitHub and their comments, by its REST API (2022-11-28)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from storyboard.errors import StudioError
from storyboard.forges.calls import Calls, Sleep
from storyboard.forges.forge import Comment, Merge, merge_of
from storyboard.forges.runner import Commit
from storyboard.kaltura.transport import Transport

BOT: Final = "github-actions[bot]"
"""Who writes with the token of a workflow, which may not ask who it is."""

MOST: Final = 65_536
_NOT_FOR_APPS: Final = 403
_GRAPHQL: Final = "/graphql"
_ENTERPRISE: Final = "/v3"
"""What the address of an own server's REST API has behind that of its other API."""

_VIEWER: Final = {"query": "{viewer{login}}"}
_BOTS: Final = "[bot]"
"""The end of an app's name, which no person's name may have."""

_PERMISSION: Final = "`permissions: {pull-requests: write}`"


class GitHub:
    """One pull request; `repository` is `owner/name`."""

    most = MOST

    def __init__(
        self,
        transport: Transport,
        api: str,
        token: str,
        repository: str,
        number: int,
        *,
        sleep: Sleep,
    ) -> None:
        self.where = f"pull request {number} of {repository}"
        self._path = f"/repos/{repository}/issues"
        self._number = number
        self._calls = _calls(transport, api, token, self.where, sleep)

    async def author(self) -> str:
        """Return the user of the token, or the app's: whose it is, an app may ask another way."""
        reply = await self._calls.sent("GET", "/user", accept={_NOT_FOR_APPS})
        if reply.status == _NOT_FOR_APPS:
            return await self._app()
        user = self._calls.read(reply)
        return str(user.get("login", BOT)) if isinstance(user, dict) else BOT

    async def _app(self) -> str:
        """Return the bot of an app's token; where it is not told, the token is the workflow's.

        A forge that fails tells nothing: another author's comments would count for ours.
        """
        calls = replace(self._calls, base=self._calls.base.removesuffix(_ENTERPRISE))
        reply = await calls.sent("POST", _GRAPHQL, _VIEWER, accept=range(400, 500), asks=True)
        try:
            login = str(reply.json()["data"]["viewer"]["login"])
        except (ValueError, KeyError, TypeError):
            return BOT
        return login if login.endswith(_BOTS) else f"{login}{_BOTS}"

    async def comments(self, wanted: Callable[[Comment], bool]) -> list[Comment]:
        """Return the comments that are wanted."""

        def read(item: Any) -> Comment | None:
            comment = self._comment(item)
            return comment if wanted(comment) else None

        return await self._calls.pages(f"{self._path}/{self._number}/comments", read)

    async def create(self, body: str) -> Comment:
        """Write a comment."""
        path = f"{self._path}/{self._number}/comments"
        return self._comment(await self._calls.written("POST", path, body))

    async def edit(self, comment: Comment, body: str) -> Comment:
        """Replace the text of a comment."""
        path = f"{self._path}/comments/{comment.id}"
        return self._comment(await self._calls.written("PATCH", path, body))

    async def delete(self, comment: Comment) -> None:
        """Delete a comment."""
        await self._calls.deleted(f"{self._path}/comments/{comment.id}")

    def _comment(self, item: Any) -> Comment:
        return self._calls.comment(item, "user", "login")


async def merged_as(
    transport: Transport, api: str, token: str, repository: str, commit: Commit, *, sleep: Sleep
) -> int | None:
    """Return the pull request that was merged as a commit; None where there is none."""
    where = f"commit {commit.short} of {repository}"
    calls = _calls(transport, api, token, where, sleep)
    try:
        merges = await calls.pages(f"/repos/{repository}/commits/{commit.sha}/pulls", _merge)
    except (KeyError, TypeError, ValueError) as cause:
        raise StudioError(f"{where}: its pull requests cannot be read") from cause
    return merge_of(merges, commit.sha, commit.branch)


def _merge(item: Any) -> Merge | None:
    if not item["merged_at"]:
        return None
    commits = frozenset({str(item["merge_commit_sha"])})
    return Merge(int(item["number"]), str(item["base"]["ref"]), commits, str(item["merged_at"]))


async def branch_head(
    transport: Transport, api: str, token: str, repository: str, commit: Commit, *, sleep: Sleep
) -> str:
    """Return which commit the branch of a commit is at; empty if it is not told."""
    calls = _calls(transport, api, token, f"commit {commit.short} of {repository}", sleep)
    branch = quote(commit.branch, safe="")
    return await calls.commit_of(f"/repos/{repository}/branches/{branch}", "sha")


def _calls(transport: Transport, api: str, token: str, where: str, sleep: Sleep) -> Calls:
    headers: Mapping[str, str] = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    return Calls(transport, api, headers, where, _PERMISSION, sleep)

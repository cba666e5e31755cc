"""Merge requests of GitLab and their comments (notes), by its REST API (version 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from storyboard.errors import StudioError
from storyboard.forges.calls import Calls, Sleep
from storyboard.forges.forge import Comment, Merge, merge_of
from storyboard.forges.runner import Commit
from storyboard.kaltura.transport import Transport

MOST: Final = 1_000_000
"""Characters that a note may have (GitLab's own limit)."""
_PERMISSION: Final = "the scope `api` and the role Reporter or higher"


class GitLab:
    """One merge request; `project` is its number, or its path with groups."""

    most = MOST

    def __init__(
        self,
        transport: Transport,
        api: str,
        token: str,
        project: str,
        number: int,
        *,
        sleep: Sleep,
    ) -> None:
        self.where = f"merge request {number} of {project}"
        self._path = f"/projects/{quote(project, safe='')}/merge_requests/{number}/notes"
        self._calls = _calls(transport, api, token, self.where, sleep)

    async def author(self) -> str:
        """Return the user of the token."""
        user = await self._calls.fetched("/user")
        if not isinstance(user, dict) or "username" not in user:
            raise StudioError(f"{self.where}: the forge does not say whose token this is")
        return str(user["username"])

    async def comments(self, wanted: Callable[[Comment], bool]) -> list[Comment]:
        """Return the notes that are wanted, the oldest first; none is what GitLab itself noted."""

        def read(item: Any) -> Comment | None:
            if _is_systems(item):
                return None
            comment = self._comment(item)
            return comment if wanted(comment) else None

        return await self._calls.pages(self._path, read, sort="asc", order_by="created_at")

    async def create(self, body: str) -> Comment:
        """Write a note."""
        return self._comment(await self._calls.written("POST", self._path, body))

    async def edit(self, comment: Comment, body: str) -> Comment:
        """Replace the text of a note."""
        path = f"{self._path}/{comment.id}"
        return self._comment(await self._calls.written("PUT", path, body))

    async def delete(self, comment: Comment) -> None:
        """Delete a note."""
        await self._calls.deleted(f"{self._path}/{comment.id}")

    def _comment(self, item: Any) -> Comment:
        return self._calls.comment(item, "author", "username")


def _is_systems(item: Any) -> bool:
    return isinstance(item, dict) and item.get("system") is True


async def merged_as(
    transport: Transport, api: str, token: str, project: str, commit: Commit, *, sleep: Sleep
) -> int | None:
    """Return the merge request that was merged as a commit; None where there is none."""
    where = f"commit {commit.short} of {project}"
    calls = _calls(transport, api, token, where, sleep)
    path = f"/projects/{quote(project, safe='')}/repository/commits/{commit.sha}/merge_requests"
    try:
        merges = await calls.pages(path, _merge)
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise StudioError(f"{where}: its merge requests cannot be read") from cause
    return merge_of(merges, commit.sha, commit.branch)


def _merge(item: Any) -> Merge | None:
    if item["state"] != "merged":
        return None
    commits = frozenset(str(item.get(name)) for name in _MERGED_AS)
    at = str(item.get("merged_at") or "")
    return Merge(int(item["iid"]), str(item["target_branch"]), commits, at)


async def branch_head(
    transport: Transport, api: str, token: str, project: str, commit: Commit, *, sleep: Sleep
) -> str:
    """Return which commit the branch of a commit is at; empty if it is not told."""
    calls = _calls(transport, api, token, f"commit {commit.short} of {project}", sleep)
    branch = quote(commit.branch, safe="")
    path = f"/projects/{quote(project, safe='')}/repository/branches/{branch}"
    return await calls.commit_of(path, "id")


_MERGED_AS: Final = ("merge_commit_sha", "squash_commit_sha", "sha")
"""The last one is the merged commit itself, where main was moved forward to it."""


def _calls(transport: Transport, api: str, token: str, where: str, sleep: Sleep) -> Calls:
    return Calls(transport, api, {"PRIVATE-TOKEN": token}, where, _PERMISSION, sleep)

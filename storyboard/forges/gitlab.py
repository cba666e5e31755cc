"""Comments (notes) of a merge request on GitLab, by its REST API (version 4)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from storyboard.errors import StudioError
from storyboard.forges.calls import Calls, Sleep
from storyboard.forges.forge import Comment
from storyboard.kaltura.transport import Transport

MOST: Final = 1_000_000
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
        headers = {"PRIVATE-TOKEN": token}
        self._calls = Calls(transport, api, headers, self.where, _PERMISSION, sleep)

    async def author(self) -> str:
        """Return the user of the token."""
        user = await self._calls.fetched("/user")
        if not isinstance(user, dict) or "username" not in user:
            raise StudioError(f"{self.where}: the forge does not say whose token this is")
        return str(user["username"])

    async def comments(self) -> list[Comment]:
        """Return all notes, the oldest first; what GitLab itself noted is none of them."""
        found = await self._calls.pages(self._path, sort="asc", order_by="created_at")
        return [self._comment(item) for item in found if not _is_systems(item)]

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

"""Comments of a pull request on GitHub, by its REST API (2022-11-28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from storyboard.forges.calls import Calls, Sleep
from storyboard.forges.forge import Comment
from storyboard.kaltura.transport import Transport

BOT: Final = "github-actions[bot]"
"""Who writes with the token of a workflow, which may not ask who it is."""

MOST: Final = 65_536
_NOT_FOR_APPS: Final = 403
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
        headers: Mapping[str, str] = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._calls = Calls(transport, api, headers, self.where, _PERMISSION, sleep)

    async def author(self) -> str:
        """Return the user of the token; an app's token is taken for the workflow's."""
        reply = await self._calls.sent("GET", "/user", accept={_NOT_FOR_APPS})
        user = {} if reply.status == _NOT_FOR_APPS else self._calls.read(reply)
        return str(user.get("login", BOT)) if isinstance(user, dict) else BOT

    async def comments(self) -> list[Comment]:
        """Return all comments."""
        found = await self._calls.pages(f"{self._path}/{self._number}/comments")
        return [self._comment(item) for item in found]

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

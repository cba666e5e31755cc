"""Puts files into a local studio, over HTTP or in this process, as the variables say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from storyboard.errors import CredentialsError, MissingExtraError
from storyboard.kaltura.calls import bearer
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import GivenSession, SecretLogin
from storyboard.kaltura.objects import parse_objects
from storyboard.kaltura.replies import decode
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport

_CONTROL = "STORYBOARD_STUDIO_CONTROL"
_T = TypeVar("_T")


@contextmanager
def studio_packages() -> Iterator[None]:
    """Turn a missing optional package into `MissingExtraError`."""
    try:
        yield
    except ModuleNotFoundError as cause:
        if (cause.name or "").startswith("storyboard"):
            raise
        raise MissingExtraError(
            f"the local studio needs the package '{cause.name}'",
            hint="pip install 'storyboard[studio]'",
        ) from cause


def add_media(
    files: Sequence[Path],
    entry_id: str | None,
    workspace: Path,
    variables: Mapping[str, str],
    captions: Path | None = None,
) -> list[dict[str, Any]]:
    """Put files into the studio and return their entries; raises `StudioError`."""
    if variables.get(_CONTROL):

        async def put(transport: Transport, sessions: Sessions) -> list[dict[str, Any]]:
            control = ControlPlane(variables[_CONTROL], transport, sessions.current)
            added = [await control.put_media(entry_id, path) for path in files]
            if captions is not None:
                url = f"{variables[_CONTROL].rstrip('/')}/media/{added[0]['id']}/captions"
                headers = bearer(await sessions.current()) | {"Content-Type": "text/vtt"}
                decode(await transport.put_file(url, captions, headers=headers))
            return added

        return asyncio.run(_connected(variables, put))
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace)
    try:
        added = [studio.add_media(path, entry_id) for path in files]
        if captions is not None:
            studio.add_captions(added[0]["id"], captions)
        return added
    finally:
        studio.close()


def list_media(workspace: Path, variables: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the studio's media entries, newest first."""
    if variables.get(_CONTROL):

        async def fetch(transport: Transport, sessions: Sessions) -> list[dict[str, Any]]:
            headers = bearer(await sessions.current())
            url = f"{variables[_CONTROL].rstrip('/')}/media"
            return parse_objects(decode(await transport.get(url, headers=headers)))

        return asyncio.run(_connected(variables, fetch))
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace)
    try:
        return studio.list_media()
    finally:
        studio.close()


async def _connected(
    variables: Mapping[str, str], use: Callable[[Transport, Sessions], Awaitable[_T]]
) -> _T:
    transport = Transport()
    try:
        service_url = variables.get("KALTURA_SERVICE_URL")
        return await use(transport, Sessions(_credentials(variables), service_url, transport))
    finally:
        await transport.aclose()


def _credentials(variables: Mapping[str, str]) -> GivenSession | SecretLogin:
    partner, secret = variables.get("KALTURA_PARTNER_ID", ""), variables.get("KALTURA_ADMIN_SECRET")
    if partner.isdigit() and secret:
        user = variables.get("KALTURA_USER_ID", "")
        return SecretLogin(int(partner), Secret(secret), user, session_type=2)
    if variables.get("KALTURA_KS"):
        return GivenSession(Secret(variables["KALTURA_KS"]))
    raise CredentialsError(
        f"{_CONTROL} names a studio and there are no credentials for it",
        hint="set KALTURA_PARTNER_ID and KALTURA_ADMIN_SECRET, or an admin session in KALTURA_KS",
    )

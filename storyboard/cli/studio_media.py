"""Puts files into a local studio, over HTTP or in this process, as the variables say."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from storyboard.connection import open_local_studio
from storyboard.errors import CredentialsError, StudioError
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import GivenSession, SecretLogin
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport

_CONTROL = "STORYBOARD_STUDIO_CONTROL"
_T = TypeVar("_T")


def add_media(
    files: Sequence[Path], entry_id: str | None, workspace: Path, variables: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Put files into the studio and return their entries; raises `StudioError`."""
    if variables.get(_CONTROL):

        async def put(control: ControlPlane) -> list[dict[str, Any]]:
            return [await control.put_media(entry_id, path) for path in files]

        return asyncio.run(_with_control(variables, put))
    return _add_here(files, entry_id, workspace)


def list_media(workspace: Path, variables: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the studio's media entries, newest first."""
    if variables.get(_CONTROL):
        return asyncio.run(_with_control(variables, ControlPlane.fetch_media))
    from storyboard.studio.api.payloads import medium_payload
    from storyboard.studio.entries import find_all

    studio = open_local_studio(workspace)
    try:
        with studio.workspace.store.read() as tx:
            return [medium_payload(entry) for entry in find_all(tx)]
    finally:
        studio.close()


def _add_here(files: Sequence[Path], entry_id: str | None, workspace: Path) -> list[dict[str, Any]]:
    from storyboard.studio.api.payloads import medium_payload
    from storyboard.studio.local import DEFAULT_USER
    from storyboard.studio.refusal import Refusal
    from storyboard.studio.session import Principal
    from storyboard.studio.uploads import accept

    studio = open_local_studio(workspace)
    owner = Principal(studio.partner_id, DEFAULT_USER)
    added = []
    try:
        for path in files:
            draft = studio.workspace.blobs.draft(".upload")
            shutil.copyfile(path, draft)
            try:
                entry = accept(studio.workspace, owner, draft, path.name, entry_id)
            except Refusal as cause:
                raise StudioError(f"'{path.name}' is refused: {cause.message}") from cause
            added.append(medium_payload(entry))
    finally:
        studio.close()
    return added


async def _with_control(
    variables: Mapping[str, str], use: Callable[[ControlPlane], Awaitable[_T]]
) -> _T:
    transport = Transport()
    try:
        sessions = Sessions(
            _credentials(variables), variables.get("KALTURA_SERVICE_URL"), transport
        )
        return await use(ControlPlane(variables[_CONTROL], transport, sessions.current))
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

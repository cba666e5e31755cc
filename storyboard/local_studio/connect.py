"""A client of the local studio in this process. Uses no port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import SecretLogin
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport
from storyboard.local_studio.opening import (
    DATABASE,
    FILES,
    LOCAL,
    LOCAL_URL,
    SERVICE,
    open_local_studio,
    voices_folder,
)
from storyboard.tracing.opening import traces_of
from storyboard.tracing.spans import trace_headers
from storyboard.wire import NEXT

if TYPE_CHECKING:
    from storyboard.studio.local import Studio

LOCAL_USER: Final = "local"
_LOCAL_READ_SECONDS: Final = 600.0
"""Speech and pictures are made while a call waits, on whatever machine this is: no network to
doubt."""


@asynccontextmanager
async def connect_local(
    workspace: Path,
    composer_url: str,
    composer_token: Secret,
    profile: str,
    variables: Mapping[str, str],
) -> AsyncIterator[StudioClient]:
    """Open a workspace's studio and a client of it; what renders here stops when it closes.

    The operator's `variables` tell where its rows and files are.
    """
    database = Secret(variables.get(DATABASE, ""))
    with closing(traces_of(variables, SERVICE)) as traces:
        studio = open_local_studio(
            workspace,
            profile=profile,
            composer_url=composer_url,
            composer_token=composer_token.reveal(),
            database=database.reveal(),
            files=variables.get(FILES, ""),
            variables=variables,
            traces=traces,
            voices=voices_folder(variables),
        )
        transport = Transport(
            app=studio.app, read_seconds=_LOCAL_READ_SECONDS, headers=trace_headers()
        )
        studio.start()
        try:
            yield _client(studio, transport, profile)
        finally:
            await transport.aclose()
            studio.close()


def _client(studio: Studio, transport: Transport, profile: str) -> StudioClient:
    service_url = f"{LOCAL_URL}/api_v3"
    secret = Secret(studio.admin_secret)
    user = SecretLogin(studio.partner_id, secret, LOCAL_USER)
    admin = SecretLogin(studio.partner_id, secret, LOCAL_USER, session_type=2)
    calls = Calls(
        avatar_url=f"{LOCAL_URL}/api/v1",
        service_url=service_url,
        catalog_url=f"{LOCAL_URL}/catalog/v1" if profile == NEXT else None,
        sessions=Sessions(user, service_url, transport),
        transport=transport,
    )
    control = ControlPlane(
        f"{LOCAL_URL}/__studio", transport, Sessions(admin, service_url, transport).current
    )
    principal = Principal(studio.partner_id, LOCAL_USER, LOCAL)
    return StudioClient(calls, principal=principal, control=control, profile=profile)

"""Opens the local studio in this process, and a client that talks to it. Uses no port."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import SecretLogin
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport

if TYPE_CHECKING:
    from storyboard.studio.local import Studio

LOCAL: Final = "local"
"""The built-in environment, and the region that the principal of its studio names."""

LOCAL_URL: Final = "http://localhost"
LOCAL_USER: Final = "local"
_LOCAL_READ_SECONDS: Final = 600.0


@asynccontextmanager
async def connect_local(
    workspace: Path, composer_url: str, composer_token: Secret
) -> AsyncIterator[StudioClient]:
    """Open a workspace's studio and a client of it; what renders here stops when it closes."""
    studio = open_local_studio(
        workspace, composer_url=composer_url, composer_token=composer_token.reveal()
    )
    transport = Transport(app=studio.app, read_seconds=_LOCAL_READ_SECONDS)
    service_url = f"{LOCAL_URL}/api_v3"
    secret = Secret(studio.admin_secret)
    user = SecretLogin(studio.partner_id, secret, LOCAL_USER)
    admin = SecretLogin(studio.partner_id, secret, LOCAL_USER, session_type=2)
    calls = Calls(
        avatar_url=f"{LOCAL_URL}/api/v1",
        service_url=service_url,
        sessions=Sessions(user, service_url, transport),
        transport=transport,
    )
    control = ControlPlane(
        f"{LOCAL_URL}/__studio", transport, Sessions(admin, service_url, transport).current
    )
    principal = Principal(studio.partner_id, LOCAL_USER, LOCAL)
    studio.start()
    try:
        yield StudioClient(calls, principal=principal, control=control)
    finally:
        await transport.aclose()
        studio.close()


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
            hint=install_command("studio"),
        ) from cause


def open_local_studio(
    workspace: Path,
    *,
    public_url: str = LOCAL_URL,
    contract: Mapping[str, str] | None = None,
    workers: int | None = None,
    composer_url: str = "",
    composer_token: str = "",
) -> Studio:
    """Open the studio of a workspace; raises `MissingExtraError` where it is not installed.

    `contract` sets its switches by name, `workers` how many films it makes at once. What answers at
    `composer_url` composes, in place of the studio's own composer. Films are made between `start`
    and `close`, or in a `with` block.
    """
    with studio_packages():
        from storyboard.studio.local import open_studio
    return open_studio(
        workspace,
        public_url=public_url,
        contract=contract,
        workers=workers,
        composer_url=composer_url,
        composer_token=composer_token,
    )

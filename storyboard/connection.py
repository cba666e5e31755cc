"""Opens the studio that an environment names, in this process or by HTTP. Decides nothing else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from storyboard.environment import LOCAL, Environment, RemoteStudio, remote_studio
from storyboard.errors import MissingExtraError, StoryboardError
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

LOCAL_URL: Final = "http://localhost"
LOCAL_USER: Final = "local"
_LOCAL_READ_SECONDS: Final = 600.0


@asynccontextmanager
async def connect(environment: Environment) -> AsyncIterator[StudioClient]:
    """Open the environment's studio; films that render in this process stop when it closes."""
    if environment.settings is None:
        async with _connect_local(environment) as client:
            yield client
    else:
        async with _connect_remote(remote_studio(environment.settings)) as client:
            yield client


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


def open_local_studio(workspace: Path, *, public_url: str = LOCAL_URL, **settings: Any) -> Studio:
    """Open the studio of a workspace; raises `MissingExtraError` where it is not installed.

    `settings` are those of `storyboard.studio.local.open_studio`.
    """
    with studio_packages():
        from storyboard.studio.local import open_studio
    return open_studio(workspace, public_url=public_url, **settings)


@asynccontextmanager
async def _connect_local(environment: Environment) -> AsyncIterator[StudioClient]:
    studio = open_local_studio(
        environment.workspace,
        composer_url=environment.composer_url,
        composer_token=environment.composer_token.reveal(),
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


@asynccontextmanager
async def _connect_remote(remote: RemoteStudio) -> AsyncIterator[StudioClient]:
    transport = Transport()
    sessions = Sessions(remote.credentials, remote.service_url, transport)
    calls = Calls(
        avatar_url=remote.avatar_url,
        service_url=remote.service_url,
        sessions=sessions,
        transport=transport,
    )
    control = None
    if remote.control_url and remote.control:
        admin = Sessions(remote.control, remote.service_url, transport)
        control = ControlPlane(remote.control_url, transport, admin.current)
    try:
        user = remote.user_id or await _ask_user(calls)
        principal = Principal(remote.partner_id or 0, user, remote.avatar_url)
        yield StudioClient(calls, principal=principal, control=control)
    finally:
        await transport.aclose()


async def _ask_user(calls: Calls) -> str:
    """Ask the service whose session it is; empty where it does not tell."""
    try:
        told = await calls.service("session", "get", {}, lambda body: body)
    except StoryboardError:
        return ""
    return str(told.get("userId") or "") if isinstance(told, dict) else ""

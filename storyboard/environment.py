"""An environment's settings: which studio, as whom, whose state, where films go. Opens nothing.

Two environments are built in: `local`, the studio in this process, and `kaltura`, all of which is
read from `KALTURA_*` variables. A project's `environments` set the same by file, with the names of
variables in the place of secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from storyboard.errors import CredentialsError, UsageError
from storyboard.kaltura.credentials import (
    AppTokenLogin,
    Credentials,
    GivenSession,
    SecretLogin,
    partner_of,
)
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.wire import POLL_SECONDS, REGIONS

LOCAL: Final = "local"
KALTURA: Final = "kaltura"
DEFAULT_SERVICE_URL: Final = "https://www.kaltura.com/api_v3"
_LOCAL_POLL_SECONDS: Final = 0.25


@dataclass(frozen=True, slots=True)
class RemoteStudio:
    """A studio that is reached by HTTP; `user_id` is empty where no setting tells it.

    `control` is the login for the control plane at `control_url`, which only a local studio has.
    """

    avatar_url: str
    service_url: str
    credentials: Credentials
    partner_id: int | None
    user_id: str
    control_url: str | None = None
    control: SecretLogin | None = None


@dataclass(frozen=True, slots=True)
class Environment:
    """A set of settings to apply with. `remote` is None for the studio in this process."""

    name: str
    remote: RemoteStudio | None
    state_path: Path
    workspace: Path
    download_dir: Path | None

    @property
    def poll_seconds(self) -> float:
        """Pause between two looks at rendering films: 10 s (guide §13), less on this machine."""
        remote = self.remote
        near = remote is None or urlsplit(remote.avatar_url).hostname in _LOOPBACK
        return _LOCAL_POLL_SECONDS if near else POLL_SECONDS


_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def resolve_environment(
    name: str,
    declared: Mapping[str, Mapping[str, Any]],
    variables: Mapping[str, str],
    root: Path,
) -> Environment:
    """Find an environment by name; raises `UsageError` and `CredentialsError`.

    `declared` is the project's `environments`, `variables` the environment of the command.
    """
    settings = declared.get(name)
    if settings is None and name not in (LOCAL, KALTURA):
        known = ", ".join(dict.fromkeys((*declared, LOCAL, KALTURA)))
        raise UsageError(f"there is no environment '{name}'", hint=f"there are: {known}")
    values = _Values(name, settings or {}, variables)
    is_local = values.settings.get("studio", LOCAL if name == LOCAL else KALTURA) == LOCAL
    download = values.settings.get("download", "films" if is_local else None)
    return Environment(
        name=name,
        remote=None if is_local else _remote_studio(values),
        state_path=root / (values.settings.get("state") or f".storyboard/state/{name}.json"),
        workspace=root / ".storyboard" / "studio",
        download_dir=root / download if download else None,
    )


@dataclass(frozen=True, slots=True)
class _Values:
    """Looks a value up: the project's key, else the variable."""

    name: str
    settings: Mapping[str, Any]
    variables: Mapping[str, str]

    def text(self, key: str, variable: str) -> str | None:
        told = self.settings.get(key)
        return str(told) if told is not None else self.variables.get(variable) or None

    def secret(self, key: str, variable: str) -> Secret | None:
        value = self.variables.get(str(self.settings.get(key, variable)))
        return Secret(value) if value else None


def _remote_studio(values: _Values) -> RemoteStudio:
    avatar_url = _avatar_url(values)
    partner = values.text("partnerId", "KALTURA_PARTNER_ID")
    if partner is not None and not partner.isdigit():
        raise CredentialsError(f"'{partner}' is no partner id", hint="it is a whole number")
    user = values.text("userId", "KALTURA_USER_ID") or ""
    given = values.secret("ksEnv", "KALTURA_KS")
    partner_id = int(partner) if partner else partner_of(given) if given else None
    secret = values.secret("adminSecretEnv", "KALTURA_ADMIN_SECRET")
    control_url = values.variables.get("STORYBOARD_STUDIO_CONTROL")
    has_control = control_url and urlsplit(control_url).netloc == urlsplit(avatar_url).netloc
    return RemoteStudio(
        avatar_url=avatar_url,
        service_url=values.text("serviceUrl", "KALTURA_SERVICE_URL") or DEFAULT_SERVICE_URL,
        credentials=_credentials(values, partner_id, user, given, secret),
        partner_id=partner_id,
        user_id=user,
        control_url=control_url if has_control else None,
        control=(
            SecretLogin(partner_id, secret, user, session_type=2)
            if has_control and partner_id is not None and secret
            else None
        ),
    )


def _avatar_url(values: _Values) -> str:
    url = values.text("avatarUrl", "KALTURA_VOD_AVATAR_URL")
    if url:
        return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/api/v1"
    region = values.text("region", "KALTURA_REGION")
    if region is None:
        raise CredentialsError(
            f"environment '{values.name}' names no studio",
            hint=f"set KALTURA_REGION ({', '.join(REGIONS)}) or KALTURA_VOD_AVATAR_URL",
        )
    if region not in REGIONS:
        raise UsageError(f"there is no region '{region}'", hint=f"there are: {', '.join(REGIONS)}")
    return f"https://video-avatar.{region}.ovp.kaltura.com/api/v1"


def _credentials(
    values: _Values, partner_id: int | None, user: str, given: Secret | None, secret: Secret | None
) -> Credentials:
    token_id = values.text("appTokenId", "KALTURA_APP_TOKEN_ID")
    token = values.secret("appTokenEnv", "KALTURA_APP_TOKEN")
    login: SecretLogin | AppTokenLogin | None = None
    if partner_id is not None and secret:
        login = SecretLogin(partner_id, secret, user)
    elif partner_id is not None and token_id and token:
        login = AppTokenLogin(partner_id, token_id, token, user)
    if given:
        return GivenSession(given, renewal=login if user else None)
    if login is None:
        raise CredentialsError(
            f"environment '{values.name}' has no credentials",
            hint="set KALTURA_KS, or KALTURA_PARTNER_ID with KALTURA_ADMIN_SECRET, "
            "or KALTURA_PARTNER_ID with KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN",
        )
    return login

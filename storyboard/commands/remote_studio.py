"""How a studio is reached by HTTP, and as whom, by an environment's settings. Opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storyboard.commands.environment import Settings, usable_address
from storyboard.commands.film_folders import KALTURA
from storyboard.commands.usual_service import usual_catalog, usual_service
from storyboard.environment_variables import BY_KEY, VARIABLES
from storyboard.errors import CredentialsError, UsageError
from storyboard.kaltura.credentials import (
    AppTokenLogin,
    Credentials,
    GivenSession,
    SecretLogin,
    partner_of,
)
from storyboard.kaltura.secrets import Secret
from storyboard.origins import is_same_origin, path_of
from storyboard.whole_numbers import whole_number
from storyboard.wire import AVATAR_HOSTS, GUIDE, NEXT, REGIONS

_SECRET_KEYS: Final = tuple(v.key for v in VARIABLES if v.secret and v.key)


@dataclass(frozen=True, slots=True)
class RemoteStudio:
    """A studio that is reached by HTTP; `user_id` is empty where no setting tells it.

    `control` is the login for the control plane at `control_url`, which only a local studio has,
    and `catalog_url` where the newest generation has its avatars. `session_in` names the variable
    of a session that was given, if another could be started without it.
    """

    avatar_url: str
    service_url: str
    credentials: Credentials
    partner_id: int | None
    user_id: str
    control_url: str | None = None
    control: SecretLogin | None = None
    catalog_url: str | None = None
    session_in: str = ""


def remote_studio(settings: Settings, profile: str = GUIDE) -> RemoteStudio:
    """Put together how a studio is reached; raises `UsageError` and `CredentialsError`."""
    avatar_url = avatar_url_of(settings)
    service_url = settings.address("serviceUrl") or usual_service(
        settings.name, avatar_url, is_in_file=settings.keys.get("avatarUrl") is not None
    )
    catalog_url = _catalog_url(settings, avatar_url) if profile == NEXT else None
    _refuse_borrowed(settings, avatar_url, service_url, *filter(None, [catalog_url]))
    partner_id = partner_id_of(settings)
    user = settings.text("userId") or ""
    given = settings.secret("ksEnv")
    secret = settings.secret("adminSecretEnv")
    control_url = settings.variables.get("STORYBOARD_STUDIO_CONTROL")
    has_control = control_url and is_same_origin(control_url, avatar_url)
    if control_url and has_control:
        usable_address(control_url, "STORYBOARD_STUDIO_CONTROL")
    credentials = _credentials(settings, partner_id, user, given, secret)
    renews = isinstance(credentials, GivenSession) and credentials.renewal is not None
    return RemoteStudio(
        avatar_url=avatar_url,
        service_url=service_url,
        credentials=credentials,
        partner_id=partner_id,
        user_id=user,
        control_url=control_url if has_control else None,
        catalog_url=catalog_url,
        control=(
            SecretLogin(partner_id, secret, user, session_type=2)
            if has_control and partner_id is not None and secret
            else None
        ),
        session_in=str(settings.keys.get("ksEnv", BY_KEY["ksEnv"].name)) if renews else "",
    )


def _refuse_borrowed(settings: Settings, *urls: str) -> None:
    """Raise `CredentialsError` where secrets of a local studio would be sent to another one.

    `storyboard studio exec` sets the variables of all secrets to its own, beside its address.
    """
    control = settings.variables.get("STORYBOARD_STUDIO_CONTROL", "")
    own = settings.variables.get(BY_KEY["avatarUrl"].name, "")
    is_near = [is_same_origin(control, url) for url in urls]
    if all(is_near) or not (any(is_near) or is_same_origin(control, own)):
        return
    usual = {BY_KEY[key].name for key in _SECRET_KEYS}
    read = {str(settings.keys.get(key, BY_KEY[key].name)) for key in _SECRET_KEYS}
    borrowed = sorted(name for name in usual & read if settings.variables.get(name))
    if borrowed:
        raise CredentialsError(
            f"environment '{settings.name}' is another studio than the local one that "
            f"{borrowed[0]} is of",
            hint="run it outside of `storyboard studio exec`, in a shell without the variables of "
            "`storyboard studio`",
        )


def partner_id_of(settings: Settings) -> int | None:
    """Return the account's number, which a session tells too; None where nothing tells it.

    Raises `CredentialsError`.
    """
    partner = settings.text("partnerId")
    partner_id = whole_number(partner) if partner else None
    if partner is not None and partner_id is None:
        raise CredentialsError(
            f"invalid partner id '{partner}': expected a number",
            hint="set it to your account's number",
        )
    if partner_id is None and (given := settings.secret("ksEnv")):
        return partner_of(given)
    return partner_id


def avatar_url_of(settings: Settings) -> str:
    """Return the avatar API's address; raises `UsageError` and `CredentialsError`."""
    url = settings.address("avatarUrl")
    if url is not None:
        return url if path_of(url) else f"{url.rstrip('/')}/api/v1"
    region = settings.text("region")
    if region is None:
        # The file may say nothing of the built-in one, which is what the variables say.
        keyed = f"give it `region:` ({', '.join(REGIONS)}) in storyboard.yaml, set KALTURA_REGION"
        named = f"set KALTURA_REGION ({', '.join(REGIONS)})"
        raise CredentialsError(
            f"environment '{settings.name}' has no address",
            hint=f"{named if settings.name == KALTURA else keyed} or KALTURA_VOD_AVATAR_URL, "
            "or run it inside `storyboard studio exec -- …`",
        )
    if region not in AVATAR_HOSTS:
        raise UsageError(
            f"there is no region '{region}'", hint=f"choose one of: {', '.join(REGIONS)}"
        )
    return f"https://{AVATAR_HOSTS[region]}/api/v1"


def _catalog_url(settings: Settings, avatar_url: str) -> str:
    is_in_file = settings.keys.get("avatarUrl") is not None
    told = settings.address("catalogUrl")
    return told or usual_catalog(settings.name, avatar_url, is_in_file=is_in_file)


def _credentials(
    settings: Settings,
    partner_id: int | None,
    user: str,
    given: Secret | None,
    secret: Secret | None,
) -> Credentials:
    token_id = settings.text("appTokenId")
    token = settings.secret("appTokenEnv")
    login: SecretLogin | AppTokenLogin | None = None
    if partner_id is not None and secret:
        login = SecretLogin(partner_id, secret, user)
    elif partner_id is not None and token_id and token:
        login = AppTokenLogin(partner_id, token_id, token, user)
    if given:
        return GivenSession(given, renewal=login if user else None)
    if login is None:
        raise CredentialsError(
            f"environment '{settings.name}' has no credentials",
            hint="set KALTURA_KS, or KALTURA_PARTNER_ID with KALTURA_ADMIN_SECRET, "
            "or KALTURA_PARTNER_ID with KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN",
        )
    return login

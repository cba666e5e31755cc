"""Where a studio's sessions and avatars are had, if no setting says.

Never at Kaltura for another's studio.
"""

from __future__ import annotations

from typing import Final

from storyboard.environment_variables import BY_KEY
from storyboard.errors import CredentialsError
from storyboard.origins import origin_of
from storyboard.wire import (
    AVATAR_HOSTS,
    CATALOG_URL,
    KALTURA_DOMAIN,
    NEXT,
    REGIONS,
    SERVICE_HOST,
)

DEFAULT_SERVICE_URL: Final = f"https://{SERVICE_HOST}/api_v3"


def usual_catalog(name: str, avatar_url: str, *, is_in_file: bool) -> str:
    """Return Kaltura's catalog of avatars; raises `CredentialsError` where no page names one."""
    origin = origin_of(avatar_url)
    if origin.scheme == "https" and origin.host == AVATAR_HOSTS[REGIONS[0]]:
        return CATALOG_URL
    is_kaltura = origin.host.endswith(KALTURA_DOMAIN)
    guess = "https://…" if is_kaltura else f"{origin}/catalog/v1"
    told = f"`catalogUrl: {guess}`" if is_in_file else f"{BY_KEY['catalogUrl'].name}={guess}"
    raise CredentialsError(
        f"environment '{name}' has the profile '{NEXT}', and no address of its avatar catalog",
        hint=f"set {told}; that of the region {REGIONS[0]} is {CATALOG_URL}",
    )


def usual_service(name: str, avatar_url: str, *, is_in_file: bool) -> str:
    """Return Kaltura's service; raises `CredentialsError` for a studio that is not Kaltura's.

    Its secret and its sessions would be sent to Kaltura. `name` is the environment's, and the hint
    is for the place that the studio's address stands in.
    """
    origin = origin_of(avatar_url)
    if origin.scheme == "https" and origin.host.endswith(KALTURA_DOMAIN):
        return DEFAULT_SERVICE_URL
    guess = f"{origin}/api_v3"
    told = f"`serviceUrl: {guess}`" if is_in_file else f"{BY_KEY['serviceUrl'].name}={guess}"
    raise CredentialsError(
        f"environment '{name}' sends its login to Kaltura, but its studio is at '{origin}'",
        hint=f"set {told}, or {DEFAULT_SERVICE_URL} if the account is Kaltura's",
    )

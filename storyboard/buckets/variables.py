"""What the operator's variables tell of an object store: credentials, a region, an endpoint.

A project's file tells none of them: an endpoint is a host that credentials are sent to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storyboard.buckets.stores import ObjectStore
from storyboard.kaltura.secrets import Secret
from storyboard.origins import AddressFault, Origin, usable_base

_ENDPOINTS: Final = {
    ObjectStore.S3: ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
    ObjectStore.GCS: ("GOOGLE_BASE_URL",),
    ObjectStore.AZURE: ("AZURE_STORAGE_ENDPOINT", "AZURE_ENDPOINT"),
}
"""The variables that name another host than the store's own, the one that counts first."""

_SECRETS: Final = {
    ObjectStore.S3: ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    ObjectStore.GCS: ("GOOGLE_SERVICE_ACCOUNT_KEY", "GOOGLE_BEARER_TOKEN"),
    ObjectStore.AZURE: (
        "AZURE_STORAGE_ACCOUNT_KEY",
        "AZURE_STORAGE_SAS_TOKEN",
        "AZURE_STORAGE_TOKEN",
        "AZURE_CLIENT_SECRET",
    ),
}

_OTHERS: Final = {
    ObjectStore.S3: ("AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_DEFAULT_REGION"),
    ObjectStore.GCS: (
        "GOOGLE_SERVICE_ACCOUNT",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "GOOGLE_SKIP_SIGNATURE",
    ),
    ObjectStore.AZURE: (
        "AZURE_STORAGE_ACCOUNT_NAME",
        "AZURE_CLIENT_ID",
        "AZURE_TENANT_ID",
        "AZURE_FEDERATED_TOKEN_FILE",
    ),
}
"""The usual ones. obstore takes more from the environment of this process: see its pages."""


_WRITTEN: Final = "write it as https://HOST, without a login; http: is for this machine"


class EndpointRefused(ValueError):
    """A variable names no host that credentials are sent to; `hint` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def endpoint(store: ObjectStore, variables: Mapping[str, str]) -> Origin | None:
    """Return the host that a variable names, None where the store's own is meant.

    Raises `EndpointRefused` for what is no address to send credentials to.
    """
    told = [name for name in _ENDPOINTS[store] if name in variables]
    for name in told:
        if not variables[name]:
            # obstore reads it too, and ends in a panic.
            raise EndpointRefused(f"the variable {name} is empty", f"unset {name}")
    for name in told:
        try:
            return usable_base(variables[name])
        except AddressFault as fault:
            raise EndpointRefused(f"{name} {fault.message}", _WRITTEN) from fault
    return None


def settings_of(store: ObjectStore, variables: Mapping[str, str]) -> dict[str, str]:
    """Return what obstore is told, by its names for it."""
    named = [name for name in _ENDPOINTS[store] if variables.get(name)][:1]
    names = (*named, *_SECRETS[store], *_OTHERS[store])
    return {name.lower(): variables[name] for name in names if variables.get(name)}


def variables_of(store: ObjectStore, variables: Mapping[str, str]) -> dict[str, str]:
    """Return those of the variables that tell of a store."""
    names = (*_ENDPOINTS[store], *_SECRETS[store], *_OTHERS[store])
    return {name: variables[name] for name in names if name in variables}


def secrets_of(store: ObjectStore, variables: Mapping[str, str]) -> tuple[Secret, ...]:
    """Return the secrets among the variables: no output shows them while these are kept."""
    return tuple(Secret(variables[name]) for name in _SECRETS[store] if variables.get(name))

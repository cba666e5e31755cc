"""Where a film may be fetched from, as a studio's answers name places. Fetches nothing.

An answer could name a service of this machine or of its network, such as the metadata of a cloud's
machine at 169.254.169.254: what is fetched there would be shown or kept.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from storyboard.errors import StudioError
from storyboard.origins import AddressFault, Origin, origin_of, origin_or_none

_HTTP_PORT: Final = 80
_SAFE: Final = "give the environment the address of the studio that has the film, by https:"


def fetchable(url: str, own: Iterable[str]) -> str:
    """Return the URL to fetch for one that the studio told; raises `StudioError`.

    `own` are the addresses of the studio, which the operator chose: their origins are fetched from
    as they are, and a studio on loopback may name other ports there. Else plain `http:` becomes
    `https:`, which every host of films speaks.
    """
    ours = [origin for origin in map(origin_or_none, own) if origin is not None]
    try:
        origin = origin_of(url)
    except AddressFault as fault:
        raise StudioError(f"the address of the film {fault.message}", hint=_SAFE) from fault
    if origin in ours or (origin.is_loopback and any(known.is_loopback for known in ours)):
        return url
    if not _is_public(origin) and not _shares_network(origin, ours):
        raise StudioError(f"the film is at '{origin}', which is not a public host", hint=_SAFE)
    if origin.scheme == "https":
        return url
    if origin.port != _HTTP_PORT:
        raise StudioError(f"the film is at '{origin}', without encryption", hint=_SAFE)
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="https", netloc=origin.host))


def _address(origin: Origin) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(origin.host.strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _is_public(origin: Origin) -> bool:
    address = _address(origin)
    if address is None:
        return origin.host != "localhost" and not origin.host.endswith(".localhost")
    return address.is_global


def _shares_network(origin: Origin, ours: Iterable[Origin]) -> bool:
    """Whether a studio at a private address names another one: an installation of one's own."""
    address = _address(origin)
    if address is None or not address.is_private or address.is_loopback or address.is_link_local:
        return False
    return any(known is not None and known.is_private for known in map(_address, ours))

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
_TRANSLATED: Final = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::/96")))
"""Addresses of IPv6 that end with one of IPv4 (RFC 6052 §2.1, RFC 4291 §2.5.5.1)."""

_LOOPBACK: Final = (".localhost", ".localdomain")
_INNER: Final = (
    *_LOOPBACK,
    *(".local", ".internal", ".intranet", ".private", ".corp", ".home", ".lan", ".home.arpa"),
)
"""How names end that a network gives itself (RFC 6762 appendix G, RFC 8375, and `.internal`)."""

_SAFE: Final = "give the environment the address of the studio that has the film, by https:"


def fetchable(url: str, own: Iterable[str], what: str = "the film") -> str:
    """Return the URL to fetch for one that the studio told; raises `StudioError`.

    `own` are the addresses of the studio, which the operator chose: their origins are fetched from
    as they are, and a studio on loopback may name other ports there. Else plain `http:` becomes
    `https:`, which every host of films speaks. `what` is at the URL.
    """
    ours = [origin for origin in map(origin_or_none, own) if origin is not None]
    try:
        origin = origin_of(url)
    except AddressFault as fault:
        raise StudioError(f"the address of {what} {fault.message}", hint=_SAFE) from fault
    if origin in ours or (origin.is_loopback and any(known.is_loopback for known in ours)):
        return url
    if not _is_public(origin) and not _shares_network(origin, ours):
        raise StudioError(f"{what} is at '{origin}', which is not a public host", hint=_SAFE)
    if origin.scheme == "https":
        return url
    if origin.port != _HTTP_PORT:
        raise StudioError(f"{what} is at '{origin}', without encryption", hint=_SAFE)
    parts = urlsplit(url)
    # Without the port: that one was for plain `http:`.
    return urlunsplit(parts._replace(scheme="https", netloc=origin.host))


def _address(origin: Origin) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return the address that a host is, that of IPv4 which stands in one of IPv6; None for a name.

    Routers translate what has the prefix of NAT64 or 6to4.
    """
    try:
        found = ipaddress.ip_address(origin.host.strip("[]"))
    except ValueError:
        return None
    if isinstance(found, ipaddress.IPv4Address):
        return found
    inside = found.ipv4_mapped or found.sixtofour
    if inside is None and any(found in network for network in _TRANSLATED):
        inside = ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return inside or found


def _is_public(origin: Origin) -> bool:
    address = _address(origin)
    if address is None:
        return not _is_inner_name(origin.host)
    is_of_site = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not is_of_site


def _is_inner_name(host: str) -> bool:
    """Whether a name is none of the public DNS: a word alone, or one of a network's own."""
    name = host.rstrip(".")
    return "." not in name or f".{name}".endswith(_INNER)


def _shares_network(origin: Origin, ours: Iterable[Origin]) -> bool:
    """Whether a studio at a private address names another one: an installation of one's own."""
    address = _address(origin)
    if address is None and not f".{origin.host}".endswith(_LOOPBACK):
        return any(_address(own) is None and _is_inner_name(own.host) for own in ours)
    if address is None or not address.is_private or address.is_loopback or address.is_link_local:
        return False
    return any(known is not None and known.is_private for known in map(_address, ours))

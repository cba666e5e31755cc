"""Which addresses are one and the same sender, for whatever is counted by address."""

from __future__ import annotations

import ipaddress
from typing import Final

_LOOPBACK: Final = "loopback"
_NETWORK_BITS: Final = 64
"""An IPv6 host has a network of its own, and any address in it."""


def network_of(address: str) -> str:
    """Return what the address is counted as: this machine's are one, and an IPv6 network's."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped
        if inner is None and not parsed.is_loopback:
            return str(int(parsed) >> (128 - _NETWORK_BITS))
        parsed = inner or parsed
    return _LOOPBACK if parsed.is_loopback else str(parsed)

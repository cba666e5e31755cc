"""What an address names: scheme, host and port, read by one parser and compared whole.

Strict, since a URL that two programs read differently sends a secret to the wrong one. No message
repeats an address, which may hold a password. Knows no host that is to be trusted.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

_PORTS: Final = {"http": 80, "https": 443}
_URL: Final = re.compile(
    r"(?P<scheme>https?)://(?P<authority>[^/?#\\]+)(?P<rest>[^\\]*)", re.IGNORECASE
)
_AUTHORITY: Final = re.compile(
    r"(?:(?P<user>.*)@)?(?P<host>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>[0-9]{0,5}))?",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LONGEST_NAME: Final = 253

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
"""What this machine is called by those who speak to it. `is_loopback` knows every spelling."""

_SHAPE: Final = "write it as https://host/path, in plain ASCII letters"


class AddressFault(ValueError):
    """A text is no address to use; `message` follows the setting's name, and shows no secret."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request goes; `host` is in lower case, an IPv6 address in brackets."""

    scheme: str
    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine."""
        return is_loopback(self.host)

    @property
    def location(self) -> str:
        """Return host and port as `parse_host` reads them: 443 goes without saying."""
        return self.host if self.port == _PORTS["https"] else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


def origin_of(url: str) -> Origin:
    """Return the origin of an HTTP URL; raises `AddressFault`."""
    scheme, _, host, port, _ = _parts(url)
    return Origin(scheme, host, port)


def canonical(url: str) -> str:
    """Return an HTTP URL with its origin in the one spelling, without a login.

    Raises `AddressFault`. What is sent goes where the origin, which was asked about, says.
    """
    scheme, _, host, port, rest = _parts(url)
    return f"{Origin(scheme, host, port)}{rest}"


def usable_base(url: str) -> Origin:
    """Return the origin of an address that paths are added to and secrets are sent to.

    Raises `AddressFault` for one with a password, a query or a fragment, and for `http:` to
    another machine.
    """
    scheme, user, host, port, rest = _parts(url)
    if user is not None:
        raise AddressFault(
            "has a user name or password before '@'",
            "write the address without it; credentials have variables of their own",
        )
    for mark in "?#":
        if mark in rest:
            raise AddressFault(f"has a '{mark}'", f"write the address up to the '{mark}'")
    if scheme == "http" and not is_loopback(host):
        raise AddressFault(
            f"would send credentials to '{host}' without encryption",
            "use https: (a local studio serves it with --tls), or a tunnel to 127.0.0.1",
        )
    return Origin(scheme, host, port)


def origin_or_none(url: str) -> Origin | None:
    """Return the origin of an HTTP URL, None for what is none."""
    try:
        return origin_of(url)
    except AddressFault:
        return None


def is_same_origin(url: str, other: str) -> bool:
    """Whether two URLs have one scheme, host and port; what is no address has none."""
    origin = origin_or_none(url)
    return origin is not None and origin == origin_or_none(other)


def has_login(url: str) -> bool:
    """Whether an HTTP URL has a user name or a password; raises `AddressFault`."""
    return _parts(url)[1] is not None


def path_of(url: str) -> str:
    """Return what follows the host of an address that has no query, without slashes around it."""
    return url.partition("://")[2].partition("/")[2].strip("/")


def parse_host(text: str) -> tuple[str, int]:
    """Return a host and its port, 443 where none is named; raises `AddressFault`."""
    _, user, host, port, rest = _parts(f"https://{text}")
    if user is not None or rest:
        raise AddressFault("is not a host", "write HOST or HOST:PORT")
    return host, port


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: `localhost`, 127.0.0.0/8 or ::1."""
    name = host.lower().removeprefix("[").removesuffix("]")
    try:
        # Newer Pythons take ::ffff:127.0.0.1 for loopback, older ones do not.
        return ipaddress.ip_address(name).is_loopback and "ffff" not in name
    except ValueError:
        return name == "localhost"


def is_every_address(host: str) -> bool:
    """Whether a host to listen on is all addresses of a machine: 0.0.0.0 or ::."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _parts(url: str) -> tuple[str, str | None, str, int, str]:
    """Return scheme, user, host, port and the rest of a URL."""
    whole = _URL.fullmatch(url) if url.isascii() and url.isprintable() and " " not in url else None
    authority = _AUTHORITY.fullmatch(whole["authority"]) if whole else None
    if whole is None or authority is None:
        raise AddressFault("is not an address", _SHAPE)
    scheme = whole["scheme"].lower()
    port = int(authority["port"] or _PORTS[scheme])
    host = _host(authority["host"].lower())
    if host is None or not 0 < port < 65_536:
        raise AddressFault("is not an address", _SHAPE)
    return scheme, authority["user"], host, port, whole["rest"]


def _host(text: str) -> str | None:
    """Return a host in its one spelling, None for what is none.

    A name that ends in a number is an IPv4 address to whoever connects: `127.1`, `0x7f.0.0.1`.
    """
    try:
        if text.startswith("["):
            return f"[{ipaddress.IPv6Address(text[1:-1]).compressed}]"
        labels = text.split(".")
        if _NUMERIC.fullmatch(labels[-1]):
            return str(ipaddress.IPv4Address(text))
    except ValueError:
        return None
    is_name = len(text) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels))
    return text if is_name else None

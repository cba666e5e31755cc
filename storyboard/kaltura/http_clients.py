"""Opens the HTTP clients that all calls go by: no cookies, no redirects, no proxy to this machine.

Sends nothing.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from typing import Any, Final, TypeVar

from storyboard.errors import StudioError
from storyboard.kaltura.http_library import httpx

CONNECT_SECONDS: Final = 5.0
"""A choice: hosts on the other side of the world answer in a tenth of it, and each try waits."""
_UNPROXIED: Final[Mapping[str, None]] = {"http://": None, "https://": None, "all://": None}
"""Takes the place of all that the environment says of proxies."""

_SNIFFER: Final = "sniffio"

_Client = TypeVar("_Client")


def open_clients(
    opening: Callable[..., _Client], *, is_network: bool = True, **settings: Any
) -> tuple[_Client, _Client]:
    """Return a client for other machines, and one for this one, which no proxy sees.

    Raises `StudioError` for settings of the environment that no client can use.
    """
    _know_what_is_missing()
    try:
        settings |= {
            "verify": _certificates(is_network),
            # httpx keeps cookies unless it has a jar that takes none.
            "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            "follow_redirects": False,
            "trust_env": is_network,
        }
        return opening(**settings), opening(**settings, mounts=_UNPROXIED)
    except OSError as cause:
        raise StudioError(
            "the certificates of SSL_CERT_FILE or SSL_CERT_DIR cannot be read",
            hint="set it to a file in PEM form, or unset it",
        ) from cause
    except (httpx.InvalidURL, ImportError, ValueError) as cause:
        # The cause may hold the proxy's password, and is not repeated.
        raise StudioError(
            "the proxy of HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is not usable",
            hint="write it as http://host:port, or unset it",
        ) from cause


def _know_what_is_missing() -> None:
    """Have Python remember that there is no sniffio, if there is none.

    httpcore tries to import it seven times a request, and its newer neighbors do not install it any
    more: each time all folders were searched, a quarter of the CPU of an apply.
    """
    if _SNIFFER not in sys.modules and find_spec(_SNIFFER) is None:
        missing: dict[str, Any] = vars(sys)["modules"]
        missing[_SNIFFER] = None


def _certificates(is_network: bool) -> ssl.SSLContext:
    """Return what proves hosts: nothing can inside this process, and reading all takes 50 ms."""
    if is_network:
        return httpx.create_ssl_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

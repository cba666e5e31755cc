"""What a failed HTTP exchange means: whether the request was sent, and what is in the way."""

from __future__ import annotations

from typing import Final

from storyboard.errors import FailureCode, StudioError
from storyboard.kaltura.bodies import BadBody
from storyboard.kaltura.http_library import httpx
from storyboard.kaltura.proxies import proxy_to
from storyboard.kaltura.secrets import redact
from storyboard.origins import AddressFault, Origin, origin_of

UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""What fails before a request is on its way; a proxy refuses before it passes anything on."""


class NotSent(StudioError):
    """The request never reached the studio: it may be repeated."""

    failure_code = FailureCode.UNREACHABLE


class NoReply(StudioError):
    """The request may have reached the studio, and no answer came back.

    `retry_after` is the header of who said when to come again.
    """

    retry_after: str | None = None


def exchange_failure(cause: Exception, url: str) -> StudioError:
    """Return what went wrong, without the URL: its path or query may hold a session."""
    reason = redact(str(cause)) or type(cause).__name__
    if isinstance(cause, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return NotSent("a URL of the studio is not usable", hint="write it as https://host/path")
    try:
        origin = origin_of(url)
    except AddressFault as fault:
        return NotSent(f"a URL of the studio {fault.message}", hint=fault.hint)
    if isinstance(cause, UNSENT):
        return _not_sent(cause, origin, reason)
    if isinstance(cause, BadBody):
        return NoReply(f"{origin.location}: {cause.message}")
    # Ours, of the whole exchange; that of httpx below is of one piece.
    if isinstance(cause, TimeoutError):
        return NoReply(f"{origin.location} sends its answer too slowly")
    if isinstance(cause, httpx.TimeoutException):
        return NoReply(f"{origin.location} did not answer in time")
    return NoReply(f"the connection to {origin.location} broke: {reason}")


def _not_sent(cause: Exception, origin: Origin, reason: str) -> NotSent:
    """Tell of a connection that was not made, by the name of the proxy where one is in between."""
    proxy = proxy_to(origin)
    if isinstance(cause, httpx.ProxyError) and proxy is not None:
        said = f"the proxy {proxy.location} opens no way to {origin.location}: {reason}"
    elif proxy is not None:
        said = f"cannot connect to {origin.location} by the proxy {proxy.location}: {reason}"
    else:
        said = f"cannot connect to {origin.location}: {reason}"
    return NotSent(said, hint=_way(origin, reason))


def _way(origin: Origin, reason: str) -> str:
    """Return what may be in the way to a host."""
    if "certificate" in reason.lower():
        return "is it the host's own certificate? SSL_CERT_FILE names one to trust"
    if origin.is_loopback:
        return "nothing listens there: storyboard studio serves one on this machine"
    if proxy_to(origin) is not None:
        return "is the proxy of HTTPS_PROXY right? NO_PROXY names hosts that are reached without it"
    return "is the address right, and the network there? a proxy is taken from HTTPS_PROXY"

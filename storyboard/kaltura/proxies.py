"""Which proxy stands between us and a host, to be named in messages. Sends nothing."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from storyboard.origins import Origin, origin_or_none


def proxy_to(origin: Origin) -> Origin | None:
    """Return the proxy that the HTTP client takes, by what the environment says; None for none.

    It has no user and no password any more: those are not shown.
    """
    if origin.is_loopback:
        return None
    told = getproxies()
    named = told.get(origin.scheme) or told.get("all")
    if not named or proxy_bypass(origin.host):
        return None
    # `HTTPS_PROXY=proxy:3128` is what most people write.
    return origin_or_none(named if "://" in named else f"http://{named}")

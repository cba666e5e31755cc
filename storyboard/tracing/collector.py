"""Carries the exporter's requests to a collector that may be slow, endless or wrong.

The exporter's own timeout is for each read alone, and it reads an answer whole. No login of
`.netrc` is sent, and no proxy is asked.
"""

from __future__ import annotations

import http.client
import ssl
from io import BytesIO
from pathlib import Path

from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter
from requests.exceptions import ConnectionError as NotSent
from requests.exceptions import InvalidURL, Timeout

from storyboard.deadline import Deadline
from storyboard.origins import origin_or_none
from storyboard.timed_request import ask, target_of

Verify = bool | str
Cert = str | tuple[str, str] | None

_SECONDS = 10.0
"""Unless the exporter says how long, as it does."""

_TRY_AGAIN = "Retry-After"
"""All that the exporter looks up in an answer's headers."""


def collector_session() -> Session:
    """Return what the exporter sends with."""
    session = Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, _Ended())
    return session


class _Ended(BaseAdapter):
    """Ends each request in time, and keeps nothing of an answer but its status."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float | None, float | None] | None = None,
        verify: Verify = True,
        cert: Cert = None,
        proxies: dict[str, str] | None = None,
    ) -> Response:
        """Send a request; raises what `requests` does."""
        url = request.url or ""
        origin = origin_or_none(url)
        if origin is None or request.method is None:
            raise InvalidURL("the collector's address is none", request=request)
        assert isinstance(request.body, bytes)
        try:
            context = _context(verify, cert) if origin.scheme == "https" else None
            seconds = timeout if isinstance(timeout, (int, float)) else _SECONDS
            with Deadline(seconds) as deadline:
                reply = ask(
                    origin,
                    request.method,
                    target_of(url),
                    headers={name: _text(told) for name, told in request.headers.items()},
                    most=0,
                    deadline=deadline,
                    body=request.body,
                    context=context,
                )
        except TimeoutError as cause:
            raise Timeout(cause, request=request) from cause
        except (OSError, http.client.HTTPException) as cause:
            raise NotSent(cause, request=request) from cause
        response = Response()
        response.request, response.url, response.status_code = request, url, reply.status
        response.raw = BytesIO()
        if later := reply.headers.get(_TRY_AGAIN):
            response.headers[_TRY_AGAIN] = later
        return response

    def close(self) -> None:
        """Keep no connection, and so close none."""


def _text(header: str | bytes) -> str:
    return header.decode("latin-1") if isinstance(header, bytes) else header


def _context(verify: Verify, cert: Cert) -> ssl.SSLContext:
    """Return whom to trust, and as whom to speak; raises `OSError` for files that are none."""
    folder = isinstance(verify, str) and Path(verify).is_dir()
    told = verify if isinstance(verify, str) else None
    context = ssl.create_default_context(
        cafile=None if folder else told, capath=told if folder else None
    )
    if cert is not None:
        own, key = (cert, None) if isinstance(cert, str) else cert
        context.load_cert_chain(own, key)
    return context

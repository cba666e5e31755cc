"""Reads the authorities of the system once a process, though each client of tests asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from ssl import SSLContext

import httpx


def reading_once() -> Callable[..., SSLContext]:
    """Return what takes the place of `httpx.create_ssl_context`: reading all takes 50 ms.

    Other places of certificates are read anew.
    """
    read = httpx.create_ssl_context

    @cache
    def made(file: str | None, folder: str | None, trust_env: bool) -> SSLContext:
        return read(trust_env=trust_env)

    def once(*, trust_env: bool = True) -> SSLContext:
        places = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
        return made(*places, trust_env)

    return once

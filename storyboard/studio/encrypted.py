"""Connections under TLS, which count from their first byte and not from the end of a handshake."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, Final

from storyboard.studio.connections import Connection, Connections
from storyboard.studio.short_answers import NO_ROOM

_GOODBYE: Final = 2.0
"""Seconds that the other side has to say that it has read to the end."""


class EncryptedConnection(Connection):
    """A connection that is taken as it comes in, and then speaks TLS."""

    def __init__(self, connections: Connections, context: ssl.SSLContext, **given: Any) -> None:
        super().__init__(connections, **given)
        self._context = context
        self._early: bytearray | None = bytearray()
        self._handshake: asyncio.Task[None] | None = None
        self._is_refused = False

    def begin(self, transport: asyncio.Transport) -> None:
        """Shake hands first; nothing is read until then."""
        transport.pause_reading()
        self._handshake = self.loop.create_task(self._shake_hands(transport))

    def refuse(self) -> None:
        """Answer that there is no room, after a handshake; where many wait for that, end it."""
        if not self._all.begin_to_tell():
            self.transport.abort()
            return
        self._is_refused = True
        plain: Any = self.transport
        plain.pause_reading()
        self._handshake = self.loop.create_task(self._tell(plain))

    async def _tell(self, plain: asyncio.Transport) -> None:
        try:
            encrypted = await self._encrypted(plain, _GOODBYE)
            if encrypted is None:
                plain.abort()
                return
            encrypted.write(NO_ROOM)
            encrypted.close()
        finally:
            self._all.have_told()
            self.forget()

    def data_received(self, data: bytes) -> None:
        """Keep what comes with the end of the handshake until it can be answered."""
        if self._is_refused:
            return
        if self._early is None:
            super().data_received(data)
        else:
            self._early += data

    async def _shake_hands(self, plain: asyncio.Transport) -> None:
        encrypted = None if plain.is_closing() else await self._encrypted(plain, self.limits.head)
        if encrypted is None or encrypted.is_closing():
            plain.abort()
            self.forget()
            return
        early, self._early = bytes(self._early or b""), None
        self.speak_over(encrypted)
        if early:
            self.data_received(early)

    async def _encrypted(
        self, plain: asyncio.Transport, seconds: float
    ) -> asyncio.Transport | None:
        try:
            return await self.loop.start_tls(
                plain,
                self,
                self._context,
                server_side=True,
                ssl_handshake_timeout=seconds,
                ssl_shutdown_timeout=_GOODBYE,
            )
        except OSError:  # no TLS, or none in time
            return None

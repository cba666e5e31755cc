"""What a connection says where no application answers: whole answers of HTTP, as they are sent."""

from __future__ import annotations

from typing import Final

from storyboard.studio.api.authentication import COME_AGAIN_AFTER

LATE: Final = b"HTTP/1.1 408 Request Timeout\r\n"
CLOSING: Final = b"content-length: 0\r\nconnection: close\r\n\r\n"
_UNAVAILABLE: Final = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: %d\r\n" + CLOSING
NO_ROOM: Final = _UNAVAILABLE % 1
ENDING: Final = _UNAVAILABLE % COME_AGAIN_AFTER
_TOLD: Final = b"the body comes in tiny chunks: send a few hundred bytes in each\n"
TINY: Final = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (len(_TOLD), _TOLD)
)

"""Whether an address is that of a local studio, by a header of its answers. Sends no secret."""

from __future__ import annotations

from typing import Final

from storyboard.errors import StoryboardError
from storyboard.kaltura.blocking import BlockingTransport
from storyboard.wire import LOCAL_STUDIO, Action

_SECONDS: Final = 10.0
"""A choice: twice what a connection may take. Who works with the studio next waits longer."""


def is_local_studio(avatar_url: str) -> bool:
    """Ask for the presenters, as any client does first, and look who refuses to name them.

    No answer tells nothing: whoever calls the studio next says why.
    """
    url = f"{avatar_url.rstrip('/')}/{Action.TEMPLATE_LIST.value}"
    name, value = LOCAL_STUDIO
    try:
        transport = BlockingTransport(seconds=_SECONDS)
        headers = {"Content-Type": "application/json"}
        reply = transport.send("POST", url, content=b"{}", headers=headers)
    except StoryboardError:
        return False
    return reply.headers.get(name) == value

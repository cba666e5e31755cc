"""Replies of a studio to the client: values, or one of the failures that commands can tell.

An input is status, headers and body, which every call of the client gets for an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from storyboard.errors import StoryboardError
from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.credentials import SecretLogin
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport
from storyboard.wire import VideoStatus
from tests.fuzz.surface import Law, Surface, words

_URL: Final = "http://127.0.0.1"


class _Reply:
    """An application that answers every request the same."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 200, list[tuple[bytes, bytes]](), b""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})

    def take(self, text: bytes) -> None:
        """Answer from now on as an input says."""
        head, _, self.body = text.partition(b"\n\n")
        status, *rows = head.split(b"\n")
        pairs = [row.partition(b":") for row in rows]
        self.headers = [(n.strip().lower(), v.strip()) for n, _, v in pairs if n.strip()]
        self.status = int(status) if status.isdigit() and 200 <= int(status[:4]) <= 599 else 200


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    reply = _Reply()

    def law(text: bytes) -> None:
        reply.take(text)
        runner.run(_ask(_client(reply), folder))

    with asyncio.Runner() as runner:
        yield law


async def _no_sleep(seconds: float) -> None:
    return None


def _client(app: Any) -> StudioClient:
    transport, pace = Transport(app=app), Pace(_no_sleep, lambda: 0.0)
    login = SecretLogin(1, Secret("s"), "a")
    sessions = Sessions(login, _URL, transport, pace=pace)
    calls = Calls(
        avatar_url=_URL, service_url=_URL, sessions=sessions, transport=transport, pace=pace
    )

    async def session() -> Secret:
        return Secret("k")

    control = ControlPlane(_URL, transport, session)
    return StudioClient(calls, principal=Principal(1, "a", _URL), control=control)


async def _ask(client: StudioClient, folder: Path) -> None:
    sample = folder / "sample"
    sample.write_bytes(b"a")
    failed = RemoteVideo("a", "", None, (), VideoStatus.GENERATE_ERROR, None, "", "")
    asks: tuple[Callable[[], Awaitable[Any]], ...] = (
        client.list_templates,
        lambda: client.upsert_avatar({}),
        lambda: client.get_avatar("a"),
        lambda: client.preview_avatar("a"),
        lambda: client.add_video({}),
        lambda: client.get_video("a"),
        client.list_videos,
        lambda: client.delete_video("a"),
        lambda: client.generate("a"),
        lambda: client.preview_audio("a", 0),
        client.check_configuration,
        lambda: client.get_entry("a"),
        lambda: client.download_film("a", folder / "film.mp4"),
        lambda: client.put_media("a", sample, "a.mp4"),
        lambda: client.put_captions("a", sample, "a.vtt"),
        client.list_media,
        lambda: client.film_progress(["a"]),
        lambda: client.failure_reason(failed),
    )
    for ask in asks:
        with suppress(StoryboardError):
            await ask()


SURFACE = Surface(
    "replies",
    _opened,
    (
        *words("""200 204 302 400 401 403 404 429 500 503 content-type: application/json text/html
        content-length: content-encoding: gzip deflate retry-after: location: x-kaltura:
        objectType KalturaAPIException KalturaMediaEntry code message id ks objects totalCount name
        avatarId scenes status draft ready generating completed entryId createdAt updatedAt userId
        composeParams templateId background msDuration duration downloadUrl http://127.0.0.1/a
        http://[ file:///etc/passwd progress done total sha256 reason INVALID_KS VIDEO_NOT_FOUND
        ACTION_BLOCKED null true NaN Infinity -1 1e999 "" [] {} "a" [1] {"a":1} \\ud800"""),
        b"\n\n", b'"id": ', b'"totalCount": 9999999999', b"[" * 3000,
    ),
    rounds=700,
    longest=16_384,
    cpu_seconds=8.0,
)  # fmt: skip

"""A studio that answers at once, or after a pause, so that what is measured is its client.

Served from a process of its own: `python -m benchmarks.plain_studio SECONDS`; prints its URL.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

_LENGTH = b"content-length: "


@dataclass(slots=True)
class PlainStudio:
    """The videos of one user, whose films are ready at once."""

    pause: float
    videos: dict[str, dict[str, Any]] = field(default_factory=dict)
    avatars: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: int = 0
    _ticks: Iterator[int] = field(default_factory=count)

    def answer(self, action: str, body: dict[str, Any]) -> Any:
        """Return what an action answers."""
        match action:
            case "avatar/upsert":
                return self.avatars.setdefault("av1", {"id": "av1", **body})
            case "avatar/get":
                return self.avatars[body["id"]]
            case "video/list":
                start, limit = body["pager"]["offset"], body["pager"]["limit"]
                every = list(self.videos.values())
                return {"objects": every[start : start + limit], "totalCount": len(every)}
            case "video/get":
                return self.videos[body["id"]]
            case "video/add":
                number = next(self._ticks)
                at = f"2026-01-01T{number:012}Z"
                video = {"id": f"v{number}", "status": "draft", "createdAt": at, **body}
                self.videos[video["id"]] = video | {"updatedAt": at, "entryId": None}
            case "video/generate":
                self.videos[body["id"]].update(status="ready", entryId=f"1_{body['id']}")
            case "video/update":
                self.videos[body["id"]].update(body)
            case "studio/put":
                self.videos |= {video["id"]: video for video in body["videos"]}
                return len(self.videos)
            case "studio/requests":
                return self.requests
            case _:
                return {"code": "UNKNOWN", "message": action}
        return self.videos[video["id"] if action == "video/add" else body["id"]]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a connection's requests until it ends."""
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lower = head.lower()
                length = lower.partition(_LENGTH)[2].partition(b"\r\n")[0]
                content = await reader.readexactly(int(length or 0))
                action = "/".join(head.split(b" ", 2)[1].decode().split("/")[-2:])
                if self.pause:
                    await asyncio.sleep(self.pause)
                self.requests += 1
                reply = json.dumps(self.answer(action, _sent(lower, content))).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                    b"content-length: %d\r\n\r\n%b" % (len(reply), reply)
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _sent(head: bytes, content: bytes) -> dict[str, Any]:
    """Return what a call sent; a form is of an action that this studio does not know."""
    sent: dict[str, Any] = json.loads(content) if b"application/json" in head else {}
    return sent


@contextmanager
def plain_studio(pause: float) -> Iterator[str]:
    """Serve one that waits `pause` seconds before each answer; yield its URL."""
    command = [sys.executable, "-m", "benchmarks.plain_studio", str(pause)]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield child.stdout.readline().strip()
        finally:
            child.terminate()


async def _main(pause: float) -> None:
    server = await asyncio.start_server(PlainStudio(pause).serve, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1])))

"""Has another program write the scenes, a language model say: JSON out, JSON in. Trusts nothing.

The endpoint gets what the offline composer gets, and answers in the words of the API:

    {"formatType", "duration", "userBrief", "generateName", "maxScenes",
     "language", "words", "characters",
     "sources": [{"entryId", "name", "seconds", "captions": [{"start", "end", "text"}], "text"}]}
    {"scenes": [{"layoutType", "narration": {"text"}, "broll": {"entryId", "startTime"}}], "name"}

`words` and `characters` are about what the film's length can say in that language. An answer that
is far from the length is refused.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from storyboard.deadline import Deadline
from storyboard.errors import UsageError
from storyboard.origins import Origin, has_login, origin_or_none
from storyboard.strict_json import NotJson, is_storable, parse_json
from storyboard.studio.compose.budget import budget_of, is_far
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
    Source,
)
from storyboard.timed_request import ask, target_of
from storyboard.wire import MAX_NAME, MAX_NARRATION, MAX_SCENES, MAX_START_SECONDS

TIMEOUT_SECONDS: Final = 300.0
"""For the whole answer, however slowly it comes."""

MAX_REPLY_BYTES: Final = 2_000_000
"""Twenty scenes of 5,000 characters, in any script and with any escapes, take half of it."""

_CODES: Final = {
    **dict.fromkeys((401, 403, 407), "composer-refused"),
    **dict.fromkeys((301, 302, 303, 307, 308, 404, 405, 410), "composer-not-there"),
    **dict.fromkeys((413, 431), "composer-too-much"),
    **dict.fromkeys((429, 503), "composer-busy"),
}
"""What a status says beyond that it failed, each of which another thing mends."""


def code_of(status: int) -> str:
    """Return the code of the failure that an endpoint's status tells."""
    return _CODES.get(status, "composer-failed")


class RemoteComposer:
    """A composer behind an HTTP endpoint; never asked twice for one composition."""

    def __init__(self, url: str, token: str = "", timeout: float = TIMEOUT_SECONDS) -> None:
        """Take the endpoint and its bearer token; raises `UsageError` for what no request could be
        sent with."""
        self._origin, self._target = _address(url, has_token=bool(token))
        self._timeout = timeout
        if not (token.isascii() and token.isprintable()):
            raise UsageError("the composer's token has characters that no header can have")
        self._token = token

    def __call__(self, request: ComposeRequest) -> Composition:
        """Post the request and check the reply; raises `ComposeError`."""
        reply = self._post(json.dumps(question(request)).encode())
        return filmable(checked(reply, request), request)

    def _post(self, body: bytes) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            with Deadline(self._timeout) as deadline:
                reply = ask(
                    self._origin,
                    "POST",
                    self._target,
                    headers=headers,
                    most=MAX_REPLY_BYTES,
                    deadline=deadline,
                    body=body,
                )
        except TimeoutError as cause:
            slow = f"the composer did not answer within {self._timeout:g} s"
            raise ComposeError("composer-slow", slow) from cause
        except (OSError, http.client.HTTPException) as cause:
            raise ComposeError("composer-unreachable", f"the composer: {cause}") from cause
        if reply.status != 200:
            code = code_of(reply.status)
            raise ComposeError(code, f"the composer answered HTTP {reply.status}")
        if len(reply.content) > MAX_REPLY_BYTES:
            raise ComposeError("composer-nonsense", "the composer's answer is too long")
        try:
            return parse_json(reply.content)
        except NotJson as cause:
            raise ComposeError(
                "composer-nonsense", f"the composer answered no JSON: {cause}"
            ) from cause


def _address(url: str, *, has_token: bool) -> tuple[Origin, str]:
    """Return where the endpoint is, and what is asked of it; shows neither in its refusals."""
    origin = origin_or_none(url)
    if origin is None or has_login(url):
        raise UsageError(
            "invalid composer URL: expected an HTTP URL",
            hint="write it like http://127.0.0.1:8099/compose",
        )
    if has_token and origin.scheme == "http" and not origin.is_loopback:
        raise UsageError(
            f"the composer's token would be sent to '{origin.host}' without encryption",
            hint="use https:, a tunnel to 127.0.0.1, or no STORYBOARD_COMPOSER_TOKEN",
        )
    return origin, target_of(url)


def question(request: ComposeRequest) -> dict[str, Any]:
    """Return the request as JSON values."""
    budget = budget_of(request)
    return {
        "formatType": request.format.value,
        "duration": request.duration,
        "userBrief": request.brief,
        "generateName": request.wants_name,
        "maxScenes": MAX_SCENES,
        "language": budget.language,
        "words": budget.words,
        "characters": budget.characters,
        "sources": [
            {
                "entryId": source.entry_id,
                "name": source.name,
                "seconds": source.seconds,
                "captions": [
                    {"start": cue.start, "end": cue.end, "text": cue.text} for cue in source.cues
                ],
                "text": source.text,
            }
            for source in request.sources
        ],
    }


def checked(reply: Any, request: ComposeRequest) -> Composition:
    """Return a reply as a composition; raises `ComposeError` naming what is wrong with it."""
    scenes = reply.get("scenes") if isinstance(reply, dict) else None
    if not isinstance(scenes, list) or not 1 <= len(scenes) <= MAX_SCENES:
        raise _nonsense(f"'scenes' must have 1 to {MAX_SCENES} items")
    sources = {source.entry_id: source for source in request.sources}
    name = reply.get("name") if request.wants_name else None
    if name is not None and not (isinstance(name, str) and name.strip() and is_storable(name)):
        raise _nonsense("'name' must be a string")
    made = tuple(_scenes(scenes, sources))
    return Composition(made, None if name is None else name.strip()[:MAX_NAME])


def filmable(made: Composition, request: ComposeRequest) -> Composition:
    """Return the composition without b-roll that would be over before its narration is.

    Raises `ComposeError` where the film would be far from the length asked for.
    """
    spoken = request.stopwatch([scene.narration for scene in made.scenes])
    if is_far(spoken, request.duration):
        raise ComposeError(
            "composer-length",
            f"the composer's scenes last {sum(spoken):.0f} s, not {request.duration:g} s",
        )
    ends = {source.entry_id: source.seconds for source in request.sources}
    scenes = tuple(
        scene
        if scene.entry_id is None or scene.start + seconds <= ends[scene.entry_id]
        else ComposedScene(scene.narration)
        for scene, seconds in zip(made.scenes, spoken, strict=True)
    )
    return replace(made, scenes=scenes)


def _scenes(scenes: list[Any], sources: Mapping[str, Source]) -> Iterator[ComposedScene]:
    for index, scene in enumerate(scenes):
        spoken = scene.get("narration") if isinstance(scene, dict) else None
        text = spoken.get("text") if isinstance(spoken, dict) else None
        if not isinstance(text, str) or not text.strip():
            raise _nonsense(f"scene {index} has no narration")
        if len(text.strip()) > MAX_NARRATION:
            raise _nonsense(f"scene {index} has a narration of over {MAX_NARRATION:,} characters")
        if not is_storable(text):
            raise _nonsense(f"scene {index} has a narration that is no text")
        layout, broll = scene.get("layoutType", "full-screen"), scene.get("broll")
        if layout == "full-screen":
            yield ComposedScene(text.strip())
        elif layout == "broll" and isinstance(broll, dict):
            yield _broll(text.strip(), broll, sources, index)
        else:
            raise _nonsense(f"scene {index} has the layout {layout!r:.40}, or no b-roll")


def _broll(
    text: str, broll: Mapping[str, Any], sources: Mapping[str, Source], index: int
) -> ComposedScene:
    entry_id, start = broll.get("entryId"), broll.get("startTime")
    source = sources.get(entry_id) if isinstance(entry_id, str) else None
    if source is None:
        raise _nonsense(f"scene {index} shows an entry that is no source")
    is_number = isinstance(start, int | float) and not isinstance(start, bool)
    if not is_number or not 0 <= float(str(start)) < min(source.seconds, MAX_START_SECONDS):
        raise _nonsense(f"scene {index} starts outside of '{source.entry_id}'")
    return ComposedScene(text, source.entry_id, float(str(start)))


def _nonsense(what: str) -> ComposeError:
    return ComposeError("composer-nonsense", f"the composer's answer: {what}")

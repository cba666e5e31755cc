"""Why a film or a composition failed, in the author's words: reads what a studio tells, if it does.

A local studio tells `code: scene 2: what is wrong`. It counts scenes from 0, and knows no ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.hints import failure_hint

_REASON: Final = re.compile(
    # Nine digits: `int` raises for thousands of them, and the text is a server's.
    r"(?P<code>[\w-]+): (?:scene (?P<scene>[0-9]{1,9}): )?(?P<text>.*)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it failed: `text` names the scene by its id; `hint` is what to do, if that is known."""

    text: str
    hint: str | None = None


def read_reason(told: str | None, scenes: Sequence[str], *, is_own: bool = True) -> Reason | None:
    """Return what a studio tells of a failure of a video; None where it tells nothing.

    `scenes` are the ids of the video's scenes, in order, as far as they are known. What a machine
    failed with is for who runs the studio: its hint goes by whether that `is_own`.
    """
    if told is None:
        return None
    found = _REASON.fullmatch(told)
    if found is None:
        return Reason(told)
    text, code = found["text"], found["code"]
    if found["scene"] is not None:
        text = f"scene {_scene(int(found['scene']), scenes)}: {text}"
    return Reason(f"{text} ({code})", failure_hint(code, is_own=is_own))


def _scene(index: int, scenes: Sequence[str]) -> str:
    """Return a scene's id, or its number, counted from 1 as people do.

    The id of a scene that a composition wrote is its number: `#2`.
    """
    id_ = scenes[index] if index < len(scenes) else "#"
    return str(index + 1) if id_.startswith("#") else f"'{id_}'"

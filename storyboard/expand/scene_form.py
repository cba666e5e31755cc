"""Resolves one scene: names to definitions, short forms to long ones, text to what is spoken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.expand.cast import Cast
from storyboard.expand.origins import LazySpans
from storyboard.expand.rendering import BROKEN
from storyboard.expand.scenes import Take
from storyboard.expand.texts import Texts
from storyboard.language.forms import long_broll
from storyboard.language.place import Place, Written, members
from storyboard.source.numerals import spell
from storyboard.source.span import Span
from storyboard.video import Hold, SceneOrigin

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Staged:
    """A resolved scene, which may still have `BROKEN` fields, with its places."""

    form: Mapping[str, Any]
    origin: SceneOrigin
    hold: Hold | None

    @property
    def is_whole(self) -> bool:
        """Whether every field could be resolved."""
        return all(value is not BROKEN for value in self.form.values())


def stage_scene(take: Take, cast: Cast, texts: Texts) -> Staged:
    """Return the scene in its long form."""
    form: dict[str, Any] = {"id": take.id}
    places: dict[str, Place] = {}
    pinned: dict[str, Span] = {}
    hold = None
    layout = take.field("layoutType")
    broll = _broll(take, cast, places)
    if layout is not None:
        places["layoutType"] = layout.place
        form["layoutType"] = take.renderer.render(layout)
    else:
        form["layoutType"] = "full-screen" if broll is None else "broll"
    narration = take.field("narration")
    if narration is not None:
        places["narration"] = narration.place
        text = texts.narration(take.id, narration, take.renderer)
        form["narration"] = spoken(text.value)
        hold = text.hold
        if text.span is not None:
            pinned["narration"] = text.span
    avatar = take.field("avatar")
    if avatar is not None:
        places |= cast.places_of(avatar)
        form["avatar"] = cast.avatar(avatar, take.renderer)
    if broll is not None:
        form["broll"] = broll
    if "id" in take.item.fields:
        places["id"] = take.item.fields["id"].place
    return Staged(form, SceneOrigin(take.span, LazySpans(places, pinned)), hold)


def spoken(value: Any) -> Any:
    """Return a text as it is spoken: line breaks are white space, blank lines part paragraphs.

    So wrapping a text anew changes no video. Numbers become text; other kinds pass through.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return spell(value)
    if not isinstance(value, str):
        return value
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if "\n" not in value:
        if "  " not in value and "\t" not in value and "\r" not in value:
            return value.strip(" ")
        return _SPACE.sub(" ", value.strip(" \t"))
    paragraphs = (_SPACE.sub(" ", part).strip(" ") for part in _PARAGRAPH.split(value))
    return "\n\n".join(part for part in paragraphs if part)


def _broll(take: Take, cast: Cast, places: dict[str, Place]) -> Any:
    """Return the scene's clip, with what the locale says laid over it; None for none."""
    own, over = take.item.fields.get("broll"), take.overlay.get("broll")
    written = over or own
    if written is None:
        return None
    _place_broll(own, written, places)
    value = take.renderer.render(written)
    if over is not None and own is not None and isinstance(value, dict):
        value = _laid_over(long_broll(take.renderer.render(own)), value)
    if value is BROKEN or value is None:
        return value
    return cast.broll(value, places)


def _laid_over(base: Any, over: dict[str, Any]) -> Any:
    if not isinstance(base, dict):
        return base if base is BROKEN else over
    if "entry" in over or "entryId" in over:
        base = {key: value for key, value in base.items() if key not in ("entry", "entryId")}
    return {**base, **over}


def _place_broll(own: Written | None, over: Written, places: dict[str, Place]) -> None:
    """Note where the clip was written; below a noted place, a field's own is found by itself.

    `over` is the locale's, or the scene's own once more.
    """
    base = over if own is None or isinstance(over.value, str) else own
    places["broll"] = base.place
    entry = base.at("entry")
    if entry is not None:
        places["broll.entryId"] = entry.place
    if over is not base:
        for key, member in members(over).items():
            places["broll.entryId" if key == "entry" else f"broll.{key}"] = member.place

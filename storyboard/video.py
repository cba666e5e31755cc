"""The lowered thing: one video of one locale, ready to send. Knows the payload, no studio."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from storyboard.address import Address as Address
from storyboard.broll import Broll
from storyboard.narration.pronunciation import Say, as_written, respelled, said_in, say_rows
from storyboard.presenter_title import Title
from storyboard.scene_origin import SceneOrigin, TextSource
from storyboard.source.span import Span
from storyboard.stand_in import StandIn
from storyboard.wire import LOCALE, SAY, TITLE


class BackgroundKind(Enum):
    """Where a background comes from (guide §5)."""

    COLOR = "color"
    LIBRARY = "library"
    ENTRY = "entry"


_BACKGROUND_FIELD = {
    BackgroundKind.COLOR: "color",
    BackgroundKind.LIBRARY: "id",
    BackgroundKind.ENTRY: "entryId",
}


@dataclass(frozen=True, order=True, slots=True)
class Background:
    """What stands behind the presenter; `value` is `#RRGGBB`, a library id or an entry id."""

    kind: BackgroundKind
    value: str

    def payload(self) -> dict[str, str]:
        """Return the `background` object of `avatar/upsert`."""
        return {"type": self.kind.value, _BACKGROUND_FIELD[self.kind]: self.value}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Background:
        """Read what the studio sends back; a color has one spelling, in capitals."""
        kind = BackgroundKind(payload["type"])
        value = str(payload[_BACKGROUND_FIELD[kind]])
        return cls(kind, value.upper() if kind is BackgroundKind.COLOR else value)


@dataclass(frozen=True, slots=True)
class Avatar:
    """A template on a background: what `avatar/upsert` is idempotent on."""

    template_id: str
    background: Background

    def payload(self) -> dict[str, Any]:
        """Return the body of `avatar/upsert`."""
        return {"templateId": self.template_id, "background": self.background.payload()}

    @property
    def fingerprint(self) -> str:
        """Identify the avatar in the state, which never holds its definition."""
        return digest(self.payload())


class Layout(Enum):
    """How a scene is shown (guide §6)."""

    FULL_SCREEN = "full-screen"
    BROLL = "broll"


def shows_broll(layout: str) -> bool:
    """Whether a layout shows its clip: on a full-screen scene one is only stored (guide §6)."""
    return layout == Layout.BROLL.value


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene with everything resolved; `id` is ours, the studio knows only positions.

    `narration_source` tells where the words come from, where there are variables. `say` has the
    words of the narration that are said otherwise than they are written: a studio that is ours is
    told them, and any other one is sent a text that `is_respelled`. A `title` is of a presenter who
    appears for the first time, and a `locale` of a narration that its region reads in another way;
    only a studio of ours is told them.
    """

    id: str
    layout: Layout
    narration: str | None
    avatar: Avatar | None
    broll: Broll | None
    origin: SceneOrigin
    narration_source: TextSource | None = field(default=None, compare=False, repr=False)
    say: Say = ()
    is_respelled: bool = False
    title: Title | None = None
    locale: str | None = None

    @property
    def sent(self) -> str | None:
        """The text that the studio is sent."""
        if self.narration is None or not self.is_respelled:
            return self.narration
        return respelled(self.narration, self.say)

    @property
    def spoken(self) -> str:
        """The text as its voice gets it; empty where the scene says nothing."""
        return respelled(self.narration or "", self.say)

    @property
    def shown_broll(self) -> Broll | None:
        """Return the clip that the film shows, if it shows one."""
        return self.broll if shows_broll(self.layout.value) else None

    def payload(self, avatar_ids: Mapping[Avatar, str]) -> dict[str, Any]:
        """Return the scene object of `video/add`; `avatar_ids` names every override."""
        body: dict[str, Any] = {"layoutType": self.layout.value}
        if self.narration is not None:
            narration: dict[str, Any] = {"text": self.sent}
            if self.say and not self.is_respelled:
                narration[SAY] = say_rows(self.say)
            if self.title is not None:
                narration[TITLE] = self.title.row
            if self.locale is not None:
                narration[LOCALE] = self.locale
            if self.avatar is not None:
                narration["avatarId"] = avatar_ids[self.avatar]
            body["narration"] = narration
        if self.broll is not None:
            body["broll"] = self.broll.payload()
        return body

    def canonical(self) -> dict[str, Any]:
        """Return what makes this scene look and sound as it does, with avatars by definition."""
        return self.payload({self.avatar: self.avatar.fingerprint} if self.avatar else {})


@dataclass(frozen=True, slots=True)
class Compose:
    """Have the studio write the scenes (guide §7); `duration` in seconds.

    `entry_spans` tell where each entry is named.
    """

    format_type: str
    duration: float
    entry_ids: tuple[str, ...]
    user_brief: str | None = None
    generate_name: bool | None = None
    entry_spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)

    def payload(self) -> dict[str, Any]:
        """Return the body of `video/compose`, without the id."""
        body: dict[str, Any] = {
            "formatType": self.format_type,
            "duration": self.duration,
            "entryIds": list(self.entry_ids),
        }
        if self.user_brief is not None:
            body["userBrief"] = self.user_brief
        if self.generate_name is not None:
            body["generateName"] = self.generate_name
        return body


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a video must not be applied now: translations or a stand-in that cannot serve.

    `catalog` is the file that a missing translation belongs in, None where no text is at fault.
    `brief` tells what is the matter with a text, behind a count of such texts, and `source` where
    the text that it translates was written. `composed_from` is the entry that is missing where it
    is wanted for composing only: a plan, which knows what is composed, may lift the hold.
    """

    reason: str
    code: str
    span: Span | None
    hint: str | None = None
    catalog: str | None = None
    brief: str | None = None
    source: Span | None = None
    composed_from: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Video:
    """What one address should be. Equal content, equal fingerprint, wherever it was written.

    `say` is the table that its scenes have their words from; empty for a studio that is not to know
    them. `drafts_only` names what the files say, and only films of the local studio show;
    of what it `burns_captions` into, the film's picture has them. Its
    `locale` is set for a studio that may be told it.
    """

    address: Address
    name: str
    avatar: Avatar
    scenes: tuple[Scene, ...]
    span: Span
    compose: Compose | None = None
    stand_ins: tuple[StandIn, ...] = ()
    protect: bool = False
    holds: tuple[Hold, ...] = ()
    say: Say = ()
    drafts_only: tuple[str, ...] = ()
    burns_captions: bool = False
    locale: str | None = None
    name_source: TextSource | None = field(default=None, compare=False, repr=False)
    name_origin: SceneOrigin | None = field(default=None, compare=False, repr=False)
    avatar_origin: SceneOrigin | None = field(default=None, compare=False, repr=False)

    def as_sent(self, narration: str) -> str:
        """Return a narration as its studio is sent it."""
        return respelled(narration, self.say) if self._respells else narration

    def as_written(self, narration: str, scene: Scene | None = None) -> str:
        """Return a narration of the studio's as the files have it, for a scene that they have."""
        written = (scene and scene.narration) or ""
        return as_written(narration, self.say, written) if self._respells else narration

    def said_in(self, narration: str) -> Say:
        """Return what the studio is told of how a narration's words are said."""
        return () if self._respells else said_in(narration, self.say)

    @property
    def _respells(self) -> bool:
        return any(scene.is_respelled for scene in self.scenes)

    @property
    def name_span(self) -> Span | None:
        """Return where the name is written, in a catalog for a translated one; None for the id."""
        return None if self.name_origin is None else self.name_origin.of("name")

    @property
    def avatars(self) -> tuple[Avatar, ...]:
        """Return every distinct avatar, the video's own first."""
        overrides = (scene.avatar for scene in self.scenes if scene.avatar is not None)
        return tuple(dict.fromkeys((self.avatar, *overrides)))

    def payload(self, avatar_ids: Mapping[Avatar, str]) -> dict[str, Any]:
        """Return the body of `video/add`; `video/update` takes the same plus `id`."""
        return {
            "name": self.name,
            "avatarId": avatar_ids[self.avatar],
            "scenes": [scene.payload(avatar_ids) for scene in self.scenes],
        }

    def canonical(self) -> dict[str, Any]:
        """Return all that decides the film: not the name, and avatars by definition."""
        body: dict[str, Any] = {
            "avatar": self.avatar.fingerprint,
            "scenes": [scene.canonical() for scene in self.scenes],
        }
        if self.compose is not None:
            body["compose"] = self.compose.payload()
        if self.burns_captions:
            body["captions"] = "burned in"
        return body

    @property
    def fingerprint(self) -> str:
        """Identify the film's content; a new name alone does not change it."""
        return digest(self.canonical())


def digest(value: object) -> str:
    """Return `sha256:…` of the canonical JSON of a value."""
    text = _encode(value)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_encode: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
"""Made once: `json.dumps` makes one for each value, and a plan has a dozen for each video."""

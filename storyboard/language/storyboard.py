"""One storyboard as its author wrote it: every part with its place, no template rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from storyboard.language.place import Place, Written, members
from storyboard.source.document import Document
from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class SceneItem:
    """One item of `scenes`: a scene, a `for_each` over one, or an `include` of a file.

    Each field is as it was written, None where it was not. `conditions` are the `when` of the
    includes around it. What a locale says of a scene is such an item too.
    """

    place: Place
    id: Written | None = None
    layout: Written | None = None
    narration: Written | None = None
    avatar: Written | None = None
    broll: Written | None = None
    when: Written | None = None
    for_each: Written | None = None
    include: Written | None = None
    notes: Written | None = None
    conditions: tuple[Written, ...] = ()

    def under(self, over: SceneItem) -> SceneItem:
        """Return the scene with another's fields laid over its own."""
        return replace(
            self,
            layout=over.layout or self.layout,
            narration=over.narration or self.narration,
            avatar=over.avatar or self.avatar,
            broll=over.broll or self.broll,
            when=over.when or self.when,
        )


@dataclass(frozen=True, slots=True)
class Localization:
    """What differs in one locale and is not text; `scenes` are fields to lay over, by scene id."""

    place: Place
    avatar: Written | None = None
    avatars: Mapping[str, Written] = field(default_factory=dict)
    entries: Mapping[str, Written] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    scenes: Mapping[str, SceneItem] = field(default_factory=dict)
    say: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Written] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A storyboard file; `locales` is None where it leaves them to the project."""

    id: str
    place: Place
    name: Written | None
    avatar: Written | None
    avatars: Mapping[str, Written]
    entries: Mapping[str, Written]
    variables: Mapping[str, Any]
    locales: tuple[str, ...] | None
    scenes: tuple[SceneItem, ...]
    localize: Mapping[str, Localization]
    compose: Written | None
    protect: bool
    say: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, Written] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Return the file's path, relative to the project's root."""
        return self.place.document.path

    @property
    def has_id(self) -> bool:
        """Whether the file gives the id, and not its name."""
        return isinstance(self.place.document.data, dict) and "id" in self.place.document.data

    @property
    def id_span(self) -> Span:
        """Return where the id stands; the file's first character where its name is the id."""
        return self.place.at("id").span if self.has_id else self.start

    @property
    def start(self) -> Span:
        """Return the file's first character: where the video as a whole is said to be."""
        return Span(self.path, 1, 1, 1, 1)


def bind_storyboard(document: Document) -> Storyboard:
    """Read a storyboard out of a document; what the schema refuses is left out, silently."""
    place = Place(document)
    top = members(Written(document.data, place))
    return Storyboard(
        id=_text(top.get("id")) or default_id(document.path),
        place=place,
        name=top.get("name"),
        avatar=top.get("avatar"),
        avatars=members(top.get("avatars")),
        entries=members(top.get("entries")),
        variables=plain(top.get("vars")),
        locales=bind_locales(top.get("locales")),
        scenes=bind_scenes(top.get("scenes")),
        localize={tag: _localization(w) for tag, w in members(top.get("localize")).items()},
        compose=top.get("compose"),
        protect="protect" in top and top["protect"].value is True,
        say=bind_say(top.get("say")),
        titles=members(top.get("titles")),
    )


def default_id(path: str) -> str:
    """Return the id of a storyboard that gives none: its file's name up to `.storyboard`/`.yaml`.

    `storyboards/q1-training.yaml` and `q1-training.storyboard.yaml` are both `q1-training`.
    """
    return PurePosixPath(path).stem.removesuffix(".storyboard")


def bind_scenes(written: Written | None) -> tuple[SceneItem, ...]:
    """Read a list of scenes; a string is a scene that only speaks."""
    if written is None or not isinstance(written.value, list):
        return ()
    items = (_scene(Written(v, written.place.at(i))) for i, v in enumerate(written.value))
    return tuple(item for item in items if item is not None)


def bind_locales(written: Written | None) -> tuple[str, ...] | None:
    """Read a list of language tags; an empty one is none."""
    if written is None or not isinstance(written.value, list):
        return None
    tags = [tag for tag in written.value if isinstance(tag, str)]
    return tuple(dict.fromkeys(tags)) or None


def plain(written: Written | None) -> Mapping[str, Any]:
    """Read variables: a mapping as it stands."""
    return written.value if written is not None and isinstance(written.value, dict) else {}


def bind_say(written: Written | None) -> Mapping[str, str]:
    """Read how words are said."""
    return {word: said for word, said in plain(written).items() if isinstance(said, str)}


def _scene(written: Written) -> SceneItem | None:
    if isinstance(written.value, str):
        return SceneItem(written.place, narration=written)
    return _fields(written) if isinstance(written.value, dict) else None


def _fields(written: Written) -> SceneItem:
    """Read a scene's fields, or what a locale says of them; no fields in anything but a mapping."""
    fields = members(written)
    narration, avatar = fields.get("narration"), fields.get("avatar")
    if narration is not None and isinstance(narration.value, dict):
        spoken = members(narration)
        narration = spoken.get("text", narration)
        avatar = avatar or spoken.get("avatar")
    return SceneItem(
        written.place,
        id=fields.get("id"),
        layout=fields.get("layoutType"),
        narration=narration,
        avatar=avatar,
        broll=fields.get("broll"),
        when=fields.get("when"),
        for_each=fields.get("for_each"),
        include=fields.get("include"),
        notes=fields.get("notes"),
    )


def _localization(written: Written) -> Localization:
    parts = members(written)
    return Localization(
        place=written.place,
        avatar=parts.get("avatar"),
        avatars=members(parts.get("avatars")),
        entries=members(parts.get("entries")),
        variables=plain(parts.get("vars")),
        scenes={id_: _fields(over) for id_, over in members(parts.get("scenes")).items()},
        say=bind_say(parts.get("say")),
        titles=members(parts.get("titles")),
    )


def _text(written: Written | None) -> str | None:
    return written.value if written is not None and isinstance(written.value, str) else None

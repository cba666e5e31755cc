"""Videos as plain values, and back: where a text was written is found again only if it is asked.

Most of a plan's videos are as they were, and nobody asks for the file and line of their texts. For
one that is asked for, its storyboard is compiled again. Its author may have edited it by then: what
is no longer the same video tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from storyboard.broll import Broll
from storyboard.narration.pronunciation import Say
from storyboard.presenter_title import Title
from storyboard.scene_origin import Definition, SceneOrigin, TextSource
from storyboard.source.span import Span
from storyboard.stand_in import StandIn
from storyboard.video import Address, Avatar, Compose, Hold, Layout, Scene, Video

Origin = Callable[[Video], SceneOrigin | None]
Source = Callable[[Video], TextSource | None]


@dataclass(frozen=True, slots=True)
class PlainScene:
    """A scene without the places of its fields."""

    id: str
    layout: Layout
    narration: str | None
    avatar: Avatar | None
    broll: Broll | None
    span: Span
    has_source: bool
    say: Say
    is_respelled: bool
    title: Title | None
    locale: str | None


@dataclass(frozen=True, slots=True)
class PlainVideo:
    """A video without the places of its fields; a span of an origin is None where it has none."""

    address: Address
    name: str
    avatar: Avatar
    scenes: tuple[PlainScene, ...]
    span: Span
    compose: Compose | None
    stand_ins: tuple[StandIn, ...]
    protect: bool
    holds: tuple[Hold, ...]
    say: Say
    drafts_only: tuple[str, ...]
    burns_captions: bool
    locale: str | None
    has_source: bool
    name_origin: Span | None
    avatar_origin: Span | None


@dataclass(slots=True)
class Recall:
    """Compiles a storyboard again, once, where more is asked of its videos."""

    compile: Callable[[], tuple[Video, ...]]
    _found: Mapping[Address, Video] | None = None
    _same: dict[Address, Video | None] = field(default_factory=dict)

    def video(self, plain: PlainVideo) -> Video | None:
        """Return the whole video of a plain one, None if it is not that one any more."""
        if self._found is None:
            self._found = {video.address: video for video in self.compile()}
        address = plain.address
        if address not in self._same:
            found = self._found.get(address)
            is_same = found is not None and plain_of(found) == plain
            self._same[address] = found if is_same else None
        return self._same[address]


def plain_of(video: Video) -> PlainVideo:
    """Return a video without what is found again."""
    return PlainVideo(
        address=video.address,
        name=video.name,
        avatar=video.avatar,
        scenes=tuple(map(_plain_scene, video.scenes)),
        span=video.span,
        compose=video.compose,
        stand_ins=video.stand_ins,
        protect=video.protect,
        holds=video.holds,
        say=video.say,
        drafts_only=video.drafts_only,
        burns_captions=video.burns_captions,
        locale=video.locale,
        has_source=video.name_source is not None,
        name_origin=None if video.name_origin is None else video.name_origin.span,
        avatar_origin=None if video.avatar_origin is None else video.avatar_origin.span,
    )


def video_of(plain: PlainVideo, recall: Recall) -> Video:
    """Return the video of a plain one, which asks `recall` for the rest."""
    whole = _Whole(plain, recall)
    return Video(
        address=plain.address,
        name=plain.name,
        avatar=plain.avatar,
        scenes=tuple(_scene(scene, number, whole) for number, scene in enumerate(plain.scenes)),
        span=plain.span,
        compose=plain.compose,
        stand_ins=plain.stand_ins,
        protect=plain.protect,
        holds=plain.holds,
        say=plain.say,
        drafts_only=plain.drafts_only,
        burns_captions=plain.burns_captions,
        locale=plain.locale,
        name_source=_Source(whole, _name_source) if plain.has_source else None,
        name_origin=_origin(plain.name_origin, whole, _name_origin),
        avatar_origin=_origin(plain.avatar_origin, whole, _avatar_origin),
    )


def _plain_scene(scene: Scene) -> PlainScene:
    has_source = scene.narration_source is not None
    parts = (scene.id, scene.layout, scene.narration, scene.avatar, scene.broll)
    told = (scene.say, scene.is_respelled, scene.title, scene.locale)
    return PlainScene(*parts, scene.origin.span, has_source, *told)


def _scene(plain: PlainScene, number: int, whole: _Whole) -> Scene:
    origin = SceneOrigin(plain.span, _Fields(whole, lambda video: video.scenes[number].origin))
    source = None
    if plain.has_source:
        source = _Source(whole, lambda video: video.scenes[number].narration_source)
    parts = (plain.id, plain.layout, plain.narration, plain.avatar, plain.broll)
    told = (plain.say, plain.is_respelled, plain.title, plain.locale)
    return Scene(*parts, origin, source, *told)


def _origin(span: Span | None, whole: _Whole, find: Origin) -> SceneOrigin | None:
    return None if span is None else SceneOrigin(span, _Fields(whole, find))


def _name_origin(video: Video) -> SceneOrigin | None:
    return video.name_origin


def _avatar_origin(video: Video) -> SceneOrigin | None:
    return video.avatar_origin


def _name_source(video: Video) -> TextSource | None:
    return video.name_source


@dataclass(frozen=True, slots=True)
class _Whole:
    plain: PlainVideo
    recall: Recall

    def video(self) -> Video | None:
        return self.recall.video(self.plain)


class _Fields(Mapping[str, Span]):
    """The places of a scene's fields, found when they are asked for."""

    __slots__ = ("_find", "_whole")

    def __init__(self, whole: _Whole, find: Origin) -> None:
        self._whole = whole
        self._find = find

    def _places(self) -> Mapping[str, Span]:
        video = self._whole.video()
        origin = None if video is None else self._find(video)
        return {} if origin is None else origin.fields

    def __getitem__(self, name: str) -> Span:
        return self._places()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


@dataclass(frozen=True, slots=True)
class _Source:
    """Tells where words come from, when that is asked."""

    whole: _Whole
    find: Source

    def definition_of(self, words: str) -> Definition | None:
        """Return the one variable that words of the text come from, if that is certain."""
        video = self.whole.video()
        source = None if video is None else self.find(video)
        return None if source is None else source.definition_of(words)

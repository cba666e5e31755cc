"""What a video shows, in one form for what is desired and what a studio holds. Compares nothing.

Server-owned fields are left out and defaults filled in, so that equal films compare equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from storyboard.broll import Broll
from storyboard.kaltura.objects import RemoteVideo
from storyboard.narration.pronunciation import Say, respelled, said_in, say_from
from storyboard.narration.told_locales import locale_from, told_locales
from storyboard.presenter_title import Title, title_from
from storyboard.speech_rates import estimate_seconds
from storyboard.state.film_identity import film_identity
from storyboard.state.model import SCENE_FIELDS
from storyboard.texts import normal_text, spoken_text
from storyboard.video import Address, Avatar, Layout, Scene, Video, digest, shows_broll

Presenter = Avatar | str
"""An avatar by its definition, or the bare id of one that the studio no longer knows."""


@dataclass(frozen=True, slots=True)
class ShownScene:
    """A scene's managed fields; `presenter` is the override or else the video's avatar.

    `start_time` is in seconds, rounded to milliseconds. `say` are words that are said otherwise
    than they are written, where the studio knows them; they count as a part of the narration, as
    do the `title` that is shown with it and the `locale` that it is read in.
    """

    layout: str
    narration: str
    presenter: Presenter
    broll_entry: str | None
    start_time: float | None
    say: Say = ()
    title: Title | None = None
    locale: str | None = None

    @property
    def fingerprint(self) -> str:
        """Identify the scene in the state, which never holds its text."""
        key = presenter_key(self.presenter)
        return short_digest([self.layout, self.narration, key, *self.broll, *self._told])

    @property
    def digests(self) -> dict[str, str]:
        """Identify each field in the state, by its name in `SCENE_FIELDS`."""
        values = (
            _shared_digest(self.layout),
            field_digest("\n".join((self.narration, *map("\t".join, self._told)))),
            _shared_digest(presenter_key(self.presenter)),
            _shared_digest(self.broll_entry),
            _shared_digest(self.start_time),
        )
        return dict(zip(SCENE_FIELDS, values, strict=True))

    @property
    def spoken(self) -> str:
        """The narration as its voice gets it."""
        return respelled(self.narration, self.say)

    @property
    def titled(self) -> str | None:
        """The title, as people read it."""
        return None if self.title is None else str(self.title)

    @property
    def _told(self) -> tuple[tuple[str, ...], ...]:
        """What the local studio is told beside a text.

        Words have two parts, a title has three, and a locale one.
        """
        title, locale = self.title, self.locale
        titled = () if title is None else (("", title.name, title.role),)
        return (*self.say, *titled, *(() if locale is None else ((locale,),)))

    @property
    def said(self) -> str | None:
        """How words are said, as people read it; None where nothing is said otherwise."""
        return ", ".join(f"{word}: {said}" for word, said in self.say) or None

    @property
    def broll(self) -> tuple[str | None, float | None]:
        """Entry and start together, for comparing."""
        return (self.broll_entry, self.start_time)

    def film_parts(self, media_digests: Mapping[str, str]) -> list[Any]:
        """Return what the picture and the sound of this scene depend on."""
        parts: list[Any] = [self.layout, self.narration, presenter_key(self.presenter), *self._told]
        entries = _background_entries((self.presenter,))
        if shows_broll(self.layout) and self.broll_entry is not None:
            parts += [self.broll_entry, self.start_time]
            entries.append(self.broll_entry)
        return [*parts, [media_digests[entry] for entry in entries if entry in media_digests]]


@dataclass(frozen=True, slots=True)
class ShownVideo:
    """A video's managed fields; `presenter` is `None` where the studio has none set."""

    name: str
    presenter: Presenter | None
    scenes: tuple[ShownScene, ...]

    def presents(self, scene: ShownScene) -> bool:
        """Whether the video's own avatar presents a scene."""
        return scene.presenter == (self.presenter or "")

    @property
    def fingerprint(self) -> str:
        """Identify all managed fields, the name included."""
        return self.fingerprint_of(scene.fingerprint for scene in self.scenes)

    def fingerprint_of(self, scenes: Iterable[str]) -> str:
        """Return the same where the scenes' fingerprints are known already."""
        key = None if self.presenter is None else presenter_key(self.presenter)
        return digest([self.name, key, list(scenes)])


def desired_shown(video: Video) -> ShownVideo:
    """Return what a desired video shows."""
    scenes = tuple(_desired_scene(scene, video.avatar) for scene in video.scenes)
    return ShownVideo(normal_text(video.name), video.avatar, scenes)


def remote_shown(video: RemoteVideo, avatars: Mapping[str, Avatar]) -> ShownVideo:
    """Return what a studio's video shows; `avatars` maps ids to definitions."""
    own = None if video.avatar_id is None else avatars.get(video.avatar_id, video.avatar_id)
    scenes = tuple(
        _remote_scene(scene, own or "", avatars, locale)
        for scene, locale in zip(video.scenes, _told_locales(video), strict=True)
    )
    return ShownVideo(normal_text(video.name), own, scenes)


def locales_of(scenes: Iterable[ShownScene], video: Video) -> tuple[str | None, ...]:
    """Return the locale of each scene that a video's studio is told, if it has these scenes."""
    return told_locales([scene.spoken for scene in scenes], video.locale)


def spoken_seconds(video: RemoteVideo, address: Address) -> float:
    """Return the estimated seconds of speech of what a studio holds."""
    told = (_narration(scene) for scene in video.scenes)
    texts = (respelled(spoken_text(str(n.get("text") or "")), say_from(n)) for n in told)
    return sum(estimate_seconds(text, address.locale) for text in texts)


def film_fingerprint(video: Video, media_digests: Mapping[str, str]) -> str:
    """Identify the film that a desired video makes.

    `media_digests` maps the entry ids of local stand-ins to their files' sha256. Scenes count and
    not who wrote them; before they are composed, the request for them stands in. Compare it with
    `is_same_film`.
    """
    scenes = desired_shown(video).scenes
    parts = [scene.film_parts({}) for scene in scenes]
    bare = _film_digest(video, parts)
    with_files = [scene.film_parts(media_digests) for scene in scenes] if media_digests else parts
    return bare if with_files == parts else film_identity(_film_digest(video, with_files), bare)


def _film_digest(video: Video, scenes: Sequence[list[Any]]) -> str:
    body: dict[str, Any] = {"scenes": scenes}
    if video.compose is not None and not video.scenes:
        body["compose"] = [video.compose.payload(), video.avatar.fingerprint]
    if video.burns_captions:
        body["captions"] = "burned in"
    return digest(body)


@lru_cache(maxsize=1024)
def presenter_key(presenter: Presenter) -> str:
    """Return a text that is equal for equal presenters; a few speak in thousands of scenes."""
    return presenter if isinstance(presenter, str) else presenter.fingerprint


def short_digest(value: object) -> str:
    """Return 16 hexadecimal digits of a value's digest: enough to tell scenes apart."""
    return digest(value).removeprefix("sha256:")[:16]


def field_digest(value: str | float | None) -> str:
    """Return what the state keeps of a field: 12 digits tell one value from the next; none, `-`."""
    return "-" if value is None else short_digest(value)[:12]


_shared_digest = lru_cache(maxsize=4096, typed=True)(field_digest)
"""The same for what thousands of scenes have in common: all but their texts."""


def avatar_ids(video: RemoteVideo) -> list[str]:
    """Return the ids of all avatars that a studio's video names, in order, each once."""
    ids = [video.avatar_id, *(_narration(scene).get("avatarId") for scene in video.scenes)]
    return list(dict.fromkeys(str(id_) for id_ in ids if id_))


def _desired_scene(scene: Scene, own: Avatar) -> ShownScene:
    broll = scene.broll
    return ShownScene(
        layout=scene.layout.value,
        narration=spoken_text(scene.sent or ""),
        presenter=own if scene.avatar is None or scene.narration is None else scene.avatar,
        broll_entry=None if broll is None else broll.shown,
        start_time=None if broll is None else _rounded(broll.start_time),
        say=() if scene.is_respelled else scene.say,
        title=scene.title,
        locale=scene.locale,
    )


def _remote_scene(
    scene: Mapping[str, Any], own: Presenter, avatars: Mapping[str, Avatar], locale: str | None
) -> ShownScene:
    narration = _narration(scene)
    text = spoken_text(str(narration.get("text") or ""))
    override = narration.get("avatarId")
    broll = Broll.from_payload(scene.get("broll"))
    return ShownScene(
        layout=str(scene.get("layoutType") or Layout.FULL_SCREEN.value),
        narration=text,
        presenter=avatars.get(str(override), str(override)) if override else own,
        broll_entry=None if broll is None else broll.shown,
        start_time=None if broll is None else _rounded(broll.start_time),
        # In the browser a text may lose a word whose row stays.
        say=said_in(text, say_from(narration)),
        title=title_from(narration),
        locale=locale,
    )


def _told_locales(video: RemoteVideo) -> tuple[str | None, ...]:
    """Return the locale of each scene that is said otherwise for it, as the studio was told it.

    One that changes nothing is no difference, whoever told it.
    """
    narrations = [_narration(scene) for scene in video.scenes]
    told = next(filter(None, map(locale_from, narrations)), None)
    texts = [respelled(str(n.get("text") or ""), say_from(n)) for n in narrations]
    needed = told_locales(texts, told)
    return tuple(
        locale_from(narration) and each for narration, each in zip(narrations, needed, strict=True)
    )


def _rounded(start: float) -> float:
    """Return milliseconds in seconds; of the two zeros that compare equal, the one without sign."""
    # Adding `0.0` makes `0.0` of `-0.0`: their JSON differs, and so would the digests.
    return round(start, 3) + 0.0


def _narration(scene: Mapping[str, Any]) -> Mapping[str, Any]:
    narration = scene.get("narration")
    return narration if isinstance(narration, dict) else {}


def _background_entries(presenters: Iterable[Presenter]) -> list[str]:
    return [
        presenter.background.value
        for presenter in presenters
        if isinstance(presenter, Avatar) and presenter.background.kind.value == "entry"
    ]

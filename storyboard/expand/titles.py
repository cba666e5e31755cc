"""Which scenes show who presents: each presenter's title, where the presenter first appears.

Knows the tables of titles and the names of avatars; what a title looks like is the studio's matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from storyboard.expand.cast import Cast
from storyboard.expand.origins import LazySpans
from storyboard.expand.rendering import Broken
from storyboard.expand.scenes import Take
from storyboard.expand.spoken import spoken
from storyboard.expand.texts import Text, Texts
from storyboard.expand.value_check import VIDEO
from storyboard.language.place import Place, Written, members
from storyboard.presenter_title import Title
from storyboard.scene_origin import SceneOrigin
from storyboard.source.span import Span
from storyboard.video import Avatar, Hold, Scene

NAME, ROLE = "name", "role"
FIELDS: Final = (NAME, ROLE)

_LOCALIZE: Final = "localize"

Titles = Mapping[str, Mapping[str, Written]]
"""The fields of each title, by an avatar's name or a template id."""


@dataclass(slots=True)
class Titled:
    """Scenes, of which some have a title to show; the names of the titles that they use."""

    scenes: list[Scene]
    used: set[str] = field(default_factory=set)
    holds: list[Hold] = field(default_factory=list)
    texts: list[tuple[str, Span]] = field(default_factory=list)

    @property
    def drafts_only(self) -> tuple[str, ...]:
        """What they show in films of the local studio alone."""
        return ("titles",) if self.texts else ()


def layered_titles(tables: Iterable[Mapping[str, Written]]) -> Titles:
    """Lay tables of titles over each other, weakest first, field by field."""
    merged: dict[str, dict[str, Written]] = {}
    for table in tables:
        for key, written in table.items():
            merged[key] = {**merged.get(key, {}), **members(written)}
    return merged


def title_scenes(
    takes: Sequence[Take],
    scenes: Sequence[Scene],
    own: tuple[Written | None, Avatar],
    titles: Titles,
    cast: Cast,
    texts: Texts,
) -> Titled:
    """Give scenes the titles that they show; `own` is the video's avatar, as written and resolved.

    What is wrong goes to the findings of the cast.
    """
    titled = Titled(list(scenes))
    if not titles:
        return titled
    shown = set[tuple[str, Title]]()
    told: dict[str, Title | None] = {}
    for number, (take, scene) in enumerate(zip(takes, scenes, strict=True)):
        written, avatar = (take.item.avatar, scene.avatar) if scene.avatar else own
        key = title_key(written, avatar or own[1], titles, cast, take)
        if key is None or scene.narration is None:
            continue
        titled.used.add(key)
        if key not in told:
            told[key] = _title(key, titles[key], cast, texts, titled)
        title, who = told[key], (avatar or own[1]).template_id
        if title is not None and (who, title) not in shown:
            shown.add((who, title))
            titled.scenes[number] = replace(scene, title=title)
    return titled


def title_key(
    written: Written | None, avatar: Avatar, titles: Titles, cast: Cast, take: Take
) -> str | None:
    """Return the key of an avatar's title: the avatar's name, or else its template's id."""
    name = None if written is None else take.renderer.render(written)
    return next((key for key in (name, avatar.template_id) if key_in(titles, key)), None)


def key_in(titles: Titles, key: Any) -> bool:
    """Whether titles have a key, whatever a template made of it."""
    return isinstance(key, str) and key in titles


def is_local(written: Written) -> bool:
    """Whether a field is written for a locale alone, and so in its language."""
    return written.place.pointer[:1] == (_LOCALIZE,)


def context_of(key: str, name: str) -> str:
    """Return the context of a title's field in catalogs."""
    return f"titles.{key}.{name}"


def _title(
    key: str, fields: Mapping[str, Written], cast: Cast, texts: Texts, titled: Titled
) -> Title | None:
    told: dict[str, str] = {}
    places: dict[str, Place] = {}
    for name in FIELDS:
        if name not in fields:
            continue
        written = fields[name]
        if is_local(written):
            text = Text(cast.renderer.render(written))
        else:
            text = texts.title(context_of(key, name), written, cast.renderer)
        titled.holds += text.holds
        value = spoken(text.value)
        if isinstance(value, Broken):
            return None
        told[name], places[f"titles.{key}.{name}"] = _one_line(value), written.place
        titled.texts.append((told[name], text.span or written.place.span))
    return _checked(key, told, places, fields, cast)


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _checked(
    key: str,
    told: dict[str, str],
    places: Mapping[str, Place],
    fields: Mapping[str, Written],
    cast: Cast,
) -> Title | None:
    """Return a title that the studio takes; what is wrong with it is told."""
    anywhere = next(iter(fields.values()), None)
    if anywhere is None:
        return None
    whole = {f"titles.{key}": _above(anywhere)} | dict(places)
    start = Span(anywhere.place.document.path, 1, 1, 1, 1)
    origin = SceneOrigin(start, LazySpans(whole))
    if told.get(ROLE) == "":
        del told[ROLE]
    if not cast.check.accepts(VIDEO, "titles", {key: told}, origin):
        return None
    return Title(told[NAME], told.get(ROLE, ""))


def _above(written: Written) -> Place:
    place = written.place
    return replace(place, pointer=place.pointer[:-1])


def title_texts(
    takes: Sequence[Take], own: Written | None, titles: Titles, cast: Cast
) -> Iterator[tuple[str, Written]]:
    """Yield the texts of the titles that scenes show, each once, with their contexts."""
    used: dict[str, None] = {}
    for take in takes if titles else ():
        written = take.item.avatar or own
        avatar = cast.default_avatar() if written is None else cast.avatar(written, take.renderer)
        if not isinstance(avatar, Broken):
            key = title_key(written, avatar, titles, cast, take)
            used |= {} if key is None else {key: None}
    for key in used:
        for name in FIELDS:
            written = titles[key].get(name)
            if written is not None and not is_local(written):
                yield context_of(key, name), written

"""Resolves the names a storyboard gives to avatars and entries, in one locale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from storyboard.broll import Broll
from storyboard.expand.lower import lower_avatar, lower_broll
from storyboard.expand.origins import LazySpans
from storyboard.expand.rendering import BROKEN, Broken, Renderer
from storyboard.expand.value_check import SCENE, VIDEO, ValueCheck
from storyboard.language.clip import Clip
from storyboard.language.forms import is_entry_id, long_avatar, long_broll, long_entry
from storyboard.language.names import did_you_mean, nearest_or_all
from storyboard.language.place import Place, Written, members
from storyboard.language.timecode import parse_timecode, timecode_mistake
from storyboard.narration.pronunciation import Say
from storyboard.scene_origin import SceneOrigin
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.span import Span
from storyboard.stand_in import StandIn
from storyboard.video import Avatar, BackgroundKind
from storyboard.wire import TEMPLATE_IDS

_ONE_OF_ALL = "name it under `avatars`, or write a template's id; list them: `storyboard avatars`"


def _bad_time(text: str, span: Span) -> Diagnostic:
    mistake = timecode_mistake(text)
    return diagnose("timecode", mistake.message, span, mistake.hint_in_quotes)


def layered(tables: Iterable[Mapping[str, Written]]) -> dict[str, dict[str, Written]]:
    """Lay tables of entries over each other, weakest first, field by field.

    So an environment or a locale can change an entry's id and keep its stand-in.
    """
    merged: dict[str, dict[str, Written]] = {}
    for table in tables:
        for name, written in table.items():
            long = Written(long_entry(written.value), written.place)
            fields = members(long)
            if isinstance(written.value, str):
                fields = {"entryId": written}
            merged[name] = {**merged.get(name, {}), **fields}
    return merged


@dataclass(slots=True)
class Cast:
    """Who and what can be named in one video; records which names were.

    `renderer` sees the variables of the whole storyboard, and no `item`. `BROKEN` comes back for
    what is at fault, which is said by then. `say` tells how words are said, and `unsaid` what the
    studio is not told of that.
    """

    avatars: Mapping[str, Written]
    entries: Mapping[str, Mapping[str, Written]]
    renderer: Renderer
    check: ValueCheck
    say: Say = ()
    unsaid: Say = ()
    respells: bool = False
    titles: Mapping[str, Mapping[str, Written]] = field(default_factory=dict)
    used_avatars: set[str] = field(default_factory=set)
    used_entries: set[str] = field(default_factory=set)
    stand_ins: dict[tuple[str, str], StandIn] = field(default_factory=dict)
    clips: dict[str, Clip] = field(default_factory=dict)
    backgrounds: dict[Place, str] = field(default_factory=dict)
    _avatars: dict[str, Avatar | Broken] = field(default_factory=dict)
    _entries: dict[str, str | Broken] = field(default_factory=dict)

    def avatar(self, written: Written, renderer: Renderer, who: str = "") -> Avatar | Broken:
        """Return an avatar given by name, by template id or in full; `who` has it, for messages."""
        value = renderer.render(written)
        if isinstance(value, str):
            return self._named_avatar(value, written.place)
        return self._defined_avatar(value, written.place, who)

    def default_avatar(self) -> Avatar:
        """Return the avatar of a project that names none."""
        return lower_avatar(long_avatar({}))

    def places_of(self, avatar: Written) -> dict[str, Place]:
        """Return where an avatar's fields were written: by name, that is where it is defined."""
        places = {"avatar": avatar.place}
        if isinstance(avatar.value, str) and avatar.value in self.avatars:
            definition = self.avatars[avatar.value].place
            places["avatar.templateId"] = definition.at("templateId")
            places["avatar.background"] = definition.at("background")
        return places

    def entry(self, name: str, place: Place) -> str | Broken:
        """Return the entry id behind a name; an id that no name hides stands for itself."""
        return self._entry(name, lambda: place.span)

    def _entry(self, name: str, span: Callable[[], Span]) -> str | Broken:
        if name in self.entries:
            self.used_entries.add(name)
            if name not in self._entries:
                self._entries[name] = self._defined_entry(name, span)
            return self._entries[name]
        if is_entry_id(name):
            self._describe_by_id(name)
            return name
        otherwise = "name it under `entries`, or write its entry id"
        self.renderer.findings.append(
            diagnose(
                "unknown-entry",
                f"no entry is named '{name}'",
                span(),
                nearest_or_all(name, self.entries, otherwise),
            )
        )
        return BROKEN

    def broll(self, value: Any, origin: SceneOrigin, who: str) -> Broll | Broken:
        """Return a rendered `broll` with the entry's id in it; `origin` has the scene's places."""
        long = long_broll(value)
        if isinstance(long, dict):
            start = long["startTime"]
            if isinstance(start, str) and parse_timecode(start) is None:
                self.renderer.findings.append(_bad_time(start, origin.of("broll.startTime")))
                return BROKEN
            if isinstance(long.get("entry"), str) and "entryId" not in long:
                entry_id = self._entry(long["entry"], lambda: origin.of("broll.entryId"))
                if isinstance(entry_id, Broken):
                    return BROKEN
                long = {"entryId": entry_id, **long}
                del long["entry"]
            elif isinstance(long.get("entryId"), str):
                self._describe_by_id(long["entryId"])
        if not self.check.accepts(SCENE, "broll", long, origin, who):
            return BROKEN
        return lower_broll(long)

    def _named_avatar(self, name: str, place: Place) -> Avatar | Broken:
        if name in self.avatars:
            self.used_avatars.add(name)
            if name not in self._avatars:
                definition = self.avatars[name]
                value = self.renderer.render(definition)
                self._avatars[name] = self._defined_avatar(value, definition.place)
            return self._avatars[name]
        if name in TEMPLATE_IDS:
            return lower_avatar(long_avatar(name))
        hint = did_you_mean(name, (*self.avatars, *TEMPLATE_IDS))
        self.renderer.findings.append(
            diagnose(
                "unknown-avatar",
                f"no avatar and no template is named '{name}'",
                place.span,
                hint or _ONE_OF_ALL,
            )
        )
        return BROKEN

    def _defined_avatar(self, value: Any, place: Place, who: str = "") -> Avatar | Broken:
        if isinstance(value, Broken):
            return value
        long = long_avatar(value)
        match long:
            case {"background": {"type": "entry", "entryId": str(name)} as background}:
                entry_id = self.entry(name, place.at("background", "entryId"))
                if isinstance(entry_id, Broken):
                    return BROKEN
                long = {**long, "background": {**background, "entryId": entry_id}}
        start = Span(place.document.path, 1, 1, 1, 1)
        origin = SceneOrigin(start, LazySpans({"avatar": place}))
        if not self.check.accepts(VIDEO, "avatar", long, origin, who):
            return BROKEN
        avatar = lower_avatar(long)
        if avatar.background.kind is BackgroundKind.LIBRARY:
            self.backgrounds[place.at("background", "id")] = avatar.background.value
        return avatar

    def _defined_entry(self, name: str, span: Callable[[], Span]) -> str | Broken:
        fields = self.entries[name]
        if "entryId" not in fields:
            self.renderer.findings.append(
                diagnose(
                    "entry-id-needed",
                    f"entry '{name}' has no entry id here",
                    span(),
                    "give it an `entryId` under `entries`, or in the environment's `entries`",
                )
            )
            return BROKEN
        entry_id = self.renderer.render(fields["entryId"])
        if isinstance(entry_id, Broken):
            return entry_id
        self._describe(fields, str(entry_id))
        return str(entry_id)

    def _describe(self, fields: Mapping[str, Written], entry_id: str) -> None:
        """Keep what else is known of an entry: its stand-in, its length and frame rate."""
        if "media" in fields:
            path = self.renderer.render(fields["media"])
            if isinstance(path, str):
                span = fields["media"].place.span
                self.stand_ins[entry_id, path] = StandIn(entry_id, path, span)
        if "duration" in fields or "frameRate" in fields:
            self.clips[entry_id] = Clip(
                self._number(fields.get("duration")), self._number(fields.get("frameRate"))
            )

    def _number(self, written: Written | None) -> float | None:
        return None if written is None else parse_timecode(self.renderer.render(written))

    def _describe_by_id(self, entry_id: str) -> None:
        """Find what is known of an entry that was given by its id, not by its name."""
        for name, fields in self.entries.items():
            written = fields.get("entryId")
            if written is not None and written.value == entry_id:
                self.used_entries.add(name)
                self._describe(fields, entry_id)

"""The scenes of a state as JSON and back, each field as two digests in one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from storyboard.state.model import SCENE_FIELDS, FieldRecord, SceneRecord


def scene_body(scene: SceneRecord) -> dict[str, Any]:
    """Return a scene as a JSON object."""
    body = {"id": scene.id, "fingerprint": scene.fingerprint}
    if isinstance(scene.fields, WrittenFields):
        return {**body, "fields": scene.fields.text}
    fields = [field_body(scene.field(name)) for name in SCENE_FIELDS]
    return {**body, "fields": ",".join(fields)} if scene.fields else body


def field_body(record: FieldRecord) -> str:
    """Return `sent`, or `sent made` where the studio made something else of it."""
    return f"{record.sent} {record.made}".rstrip()


def read_scene(body: Mapping[str, Any]) -> SceneRecord:
    """Read a scene; one of an older program has no fields."""
    told = str(body.get("fields", ""))
    fields: Mapping[str, FieldRecord] = {}
    if told:
        # Here, and not when a field is asked for: a damaged state is refused before a plan is made
        # of it.
        if told.count(",") != len(SCENE_FIELDS) - 1:
            raise ValueError("a scene has other fields than it should")
        fields = WrittenFields(told)
    return SceneRecord(str(body["id"]), str(body["fingerprint"]), fields)


class WrittenFields(Mapping[str, FieldRecord]):
    """The fields of a scene as the state has them, read where somebody asks.

    A plan asks for those of what changed, and a state has a hundred thousand scenes.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, name: str) -> FieldRecord:
        if name not in SCENE_FIELDS:
            raise KeyError(name)
        return read_field(self.text.split(",")[SCENE_FIELDS.index(name)])

    def __iter__(self) -> Iterator[str]:
        return iter(SCENE_FIELDS)

    def __len__(self) -> int:
        return len(SCENE_FIELDS)

    def __repr__(self) -> str:
        return f"WrittenFields({self.text!r})"


@lru_cache(maxsize=4096)
def read_field(text: str) -> FieldRecord:
    """Read a field; one layout and one avatar are those of thousands of scenes."""
    sent, _, made = text.partition(" ")
    return FieldRecord(sent, made)

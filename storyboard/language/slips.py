"""Texts that YAML reads otherwise than their author: what the reader cannot know, and a schema
would explain by its keys. Knows where in a file texts stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from storyboard.language.names import did_you_mean
from storyboard.language.place import Place, Written, members
from storyboard.sentence_marks import MARKS, ends_with_mark
from storyboard.source import refusals
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.document import Document
from storyboard.source.schema import read_schema
from storyboard.source.span import Pointer
from storyboard.source.traps import REMARK

_NUMBER_SIGN: Final = re.compile(r"#\s*\d")
_ENDED: Final = MARKS + ":;：；؛"
"""A sentence, or what leads to one: behind it a comment is one."""


VARIABLES: Final = "variables"
"""Stands for a schema: the file of `--var-file` has none, and each of its values is a text."""


@dataclass(frozen=True, slots=True)
class Slip:
    """One of them; whatever a schema says of the value at `covers` is said by it."""

    finding: Diagnostic
    covers: Pointer | None = None


def find_slips(document: Document, schema: str) -> Iterator[Slip]:
    """Yield the slips of a file with storyboards' texts in it, or of a mapping of variables."""
    top = Written(document.data, Place(document))
    if schema == VARIABLES:
        for written in _leaves(top):
            yield from _cut(written, is_spoken=False)
        return
    scenes = top if schema == "scenes" else members(top).get("scenes")
    yield from _mapped_scenes(scenes)
    if " #" in document.text or "\t#" in document.text:
        yield from _cut_texts(top, scenes)


def _mapped_scenes(scenes: Written | None) -> Iterator[Slip]:
    """Find `- Remember: be kind`, which is a mapping of one key that no scene has."""
    known = _scene_keys()
    for scene in _items(scenes):
        if not isinstance(scene.value, dict) or len(scene.value) != 1:
            continue
        ((key, value),) = scene.value.items()
        if isinstance(value, str) and _is_prose(key, value, known):
            span = scene.place.at(key).key_span
            yield Slip(refusals.mapped_text(f"{key}: {value}", span), scene.place.pointer)


def _is_prose(key: str, value: str, known: Collection[str]) -> bool:
    """Tell a sentence from a key that is misspelled: keys are one word in small letters."""
    if key in known:
        return False
    if " " in key or key[:1].isupper():
        return True
    return " " in value.strip() and did_you_mean(key, known) is None


def _scene_keys() -> frozenset[str]:
    return frozenset(read_schema("scenes")["definitions"]["scene"]["properties"])


def _cut_texts(top: Written, scenes: Written | None) -> Iterator[Slip]:
    fields = members(top)
    for scene in _items(scenes):
        for written in _spoken(scene):
            yield from _cut(written, is_spoken=True)
        if "notes" in members(scene):
            yield from _cut(members(scene)["notes"], is_spoken=False)
    for text in (fields.get("name"), members(fields.get("compose")).get("userBrief")):
        if text is not None:
            yield from _cut(text, is_spoken=False)
    tables = [fields.get("vars")]
    for block in ("localize", "environments"):
        tables += [part.at("vars") for part in members(fields.get(block)).values()]
    for table in tables:
        for written in _leaves(table):
            yield from _cut(written, is_spoken=False)


def _spoken(scene: Written) -> Iterator[Written]:
    narration = scene if isinstance(scene.value, str) else members(scene).get("narration")
    if narration is not None:
        yield members(narration).get("text", narration)


def _cut(written: Written, *, is_spoken: bool) -> Iterator[Slip]:
    """Tell a text from a comment: nobody writes a comment as '#1', nor one amid a sentence."""
    if not isinstance(written.value, str):
        return
    pointer, document = written.place.pointer, written.place.document
    comment = None if document.is_damaged(pointer) else document.comment_behind(pointer)
    if comment is None:
        return
    gap, text, span = comment
    whole = f"{written.value}{gap}{text}"
    if not text[1:2].isspace() and text.strip("#"):
        yield Slip(refusals.cut_text(REMARK.split(whole)[0], span))
    elif _NUMBER_SIGN.match(text) or (is_spoken and not ends_with_mark(written.value, _ENDED)):
        yield Slip(refusals.commented_text(whole, span))


def _items(written: Written | None) -> Iterator[Written]:
    if written is not None and isinstance(written.value, list):
        for index, value in enumerate(written.value):
            yield Written(value, written.place.at(index))


def _leaves(written: Written | None) -> Iterator[Written]:
    waiting = [] if written is None else [written]
    while waiting:
        current = waiting.pop()
        value: Any = current.value
        if isinstance(value, dict):
            waiting += [Written(v, current.place.at(key)) for key, v in value.items()]
        elif isinstance(value, list):
            waiting += [Written(v, current.place.at(index)) for index, v in enumerate(value)]
        else:
            yield current

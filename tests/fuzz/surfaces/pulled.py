"""Composed scenes on their way into a file: read back they are what came, and never expressions.

An input is a storyboard and a text of the studio's: `=== a.yaml`, `=== text`.
"""

from __future__ import annotations

from storyboard.language.rewriting import write_scenes
from storyboard.source.document import Document
from storyboard.source.reader import read_document
from storyboard.source.text import FORBIDDEN
from storyboard.templates.expressions import TemplateFault, parse_template
from storyboard.templates.limits import EXPRESSIONS
from tests.fuzz.parts import split_files
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    files = split_files(text)
    document, findings = read_document("a.yaml", files.get("a.yaml", b""))
    if document is None or findings or not _asks(document.data):
        return
    told = FORBIDDEN.sub("", files.get("text", b"").decode("utf-8", "replace"))
    if told.count("{") > EXPRESSIONS:
        return  # a file cannot say it
    scenes = [{"id": "a", "narration": told}, {"id": "b", "broll": "talk@3.5", "narration": told}]
    again, faults = read_document("a.yaml", write_scenes(document, scenes, told))
    if again is None or faults:
        raise Broken("a file that cannot be read")
    _check(document, again, told)


def _asks(data: object) -> bool:
    is_free = isinstance(data, dict) and not {"scenes", "composed"} & set(data)
    if not is_free or not isinstance(data, dict):
        return False
    return isinstance(data.get("compose"), dict) and isinstance(data.get("name") or "", str)


def _check(before: Document, after: Document, told: str) -> None:
    names = [after.data["name"]] if "name" in before.data else []
    for written in (*names, *(scene["narration"] for scene in after.data["scenes"])):
        template = parse_template(written)
        if isinstance(template, TemplateFault) or template.render({}) != told:
            raise Broken("a text that says something else")
    kept = {key: value for key, value in before.data.items() if key not in ("compose", "name")}
    if {key: after.data[key] for key in kept} != kept:
        raise Broken("another value beside the scenes")
    if after.data["composed"] != before.data["compose"]:
        raise Broken("another block than was there")


SURFACE = Surface(
    "pulled",
    without_folder(_law),
    (
        *words("""name: compose: composed entries: protect: duration: entryIds: [ ] { } , - # " '
        \\n {{ }} {% %} {# #} {{{ }}} {{'{{'}} | > true null ~ 010 1:30 : @ & * ! % ` =="""),
        b"=== text\n", b"=== a.yaml\n", b"compose: {duration: 60}\n", b": ", b" #", b"\n  ", b"\\",
        b"\r\n", b"\xc2\xa0", b"\xc2\x85", b"\xe2\x80\xa8",
    ),
    rounds=3000,
    longest=8192,
)  # fmt: skip

"""Writes the ids that scenes go by into their files, as edits of the text: comments stay.

An id that was made from a scene's first words changes with them, and translations and plans are
keyed by it. Written down, it is the scene's own. What is written is what the compiler calls the
scene already, so nothing else changes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from storyboard.commands.rewriting import Rewrite
from storyboard.expand.includes import splice_includes
from storyboard.expand.naming import NamedScene, name_scenes
from storyboard.language.project import Project
from storyboard.language.reading import load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.source.diagnostic import Report, error
from storyboard.source.document import Document
from storyboard.source.files import Files
from storyboard.source.places import Places
from storyboard.source.reader import read_document
from storyboard.source.span import Pointer

_PLAIN: Final = re.compile(r"(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9-]*")
"""What every reader of YAML takes for a text."""

Ids = Mapping[Pointer, str]
"""Where in a document which scene gets which id."""


def write_scene_ids(
    files: Files, paths: Sequence[str] | None = None
) -> tuple[tuple[Rewrite, ...], Report]:
    """Return the storyboards and included files with every id written, and all findings.

    `paths` limits what is rewritten, not what is read: an included file's scenes are named by the
    storyboard that includes it. Nothing is rewritten where there are errors.
    """
    sources = Sources(files)
    project = load_project(sources)
    wanted: dict[str, tuple[Document, dict[Pointer, str]]] = {}
    for named in _named_scenes(project, paths, sources):
        repeated = _repeated(named)
        for scene in named:
            place = scene.item.place
            if "id" in scene.item.fields or (place.document.path, place.pointer) in repeated:
                continue
            _, ids = wanted.setdefault(place.document.path, (place.document, {}))
            ids.setdefault(place.pointer, _written_id(scene))
    if sources.has_errors:
        return (), _report(sources)
    chosen = [pair for path, pair in wanted.items() if paths is None or path in paths]
    rewrites = tuple(_rewrites(chosen, sources))
    return rewrites, _report(sources)


def with_scene_ids(document: Document, ids: Ids) -> str:
    """Return the document's text with an id in each of the scenes, and no other change."""
    places = Places(document.path, document.text)
    edits = [_edit(document, places, pointer, id_) for pointer, id_ in ids.items()]
    text = document.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _named_scenes(
    project: Project, paths: Sequence[str] | None, sources: Sources
) -> Iterator[tuple[NamedScene, ...]]:
    """Yield the scenes of each storyboard, named as the compiler names them."""
    known = load_storyboards(project, None, sources)
    found = {storyboard.path for storyboard in known}
    spliced = [splice_includes(storyboard, sources)[0] for storyboard in known]
    included = {item.place.document.path for board in spliced for item in board.scenes}
    for storyboard in spliced:
        yield name_scenes(storyboard.scenes)
    rest = [path for path in paths or () if path not in found | included]
    for storyboard in load_storyboards(project, rest, sources):
        yield name_scenes(splice_includes(storyboard, sources)[0].scenes)


def _repeated(named: Sequence[NamedScene]) -> set[tuple[str, Pointer]]:
    """Return scenes that one storyboard includes twice: an id of their own would clash."""
    seen: set[tuple[str, Pointer]] = set()
    twice: set[tuple[str, Pointer]] = set()
    for scene in named:
        key = (scene.item.place.document.path, scene.item.place.pointer)
        (twice if key in seen else seen).add(key)
    return twice


def _written_id(scene: NamedScene) -> str:
    """Return the id as it is written: a loop's scenes are told apart by their number."""
    if "for_each" in scene.item.fields:
        return f'"{scene.id}-{{{{ index }}}}"'
    return scene.id if _PLAIN.fullmatch(scene.id) else f'"{scene.id}"'


def _rewrites(chosen: Sequence[tuple[Document, Ids]], sources: Sources) -> Iterator[Rewrite]:
    for document, ids in chosen:
        after = with_scene_ids(document, ids)
        if not _says_the_same(document, after, ids):
            sources.findings.append(
                error(
                    "ids-not-written",
                    "the ids cannot be written without changing something else",
                    document.span(()),
                    "write an id into each scene by hand",
                )
            )
            continue
        before = sources.files.read(document.path)
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        content = mark + after.encode().removeprefix(codecs.BOM_UTF8)
        yield Rewrite(document.path, before, content, tuple(id_.strip('"') for id_ in ids.values()))


def _says_the_same(document: Document, after: str, ids: Ids) -> bool:
    """Whether the new text reads as the old values, and the ids."""
    read, findings = read_document(document.path, after)
    return read is not None and not findings and read.data == _expected(document, ids)


def _expected(document: Document, ids: Ids) -> Any:
    data = deepcopy(document.data)
    for pointer, id_ in ids.items():
        around = data
        for step in pointer[:-1]:
            around = around[step]
        scene = around[pointer[-1]]
        fields = {"narration": scene} if isinstance(scene, str) else scene
        around[pointer[-1]] = {"id": id_.strip('"'), **fields}
    return data


def _edit(document: Document, places: Places, pointer: Pointer, id_: str) -> tuple[int, int, str]:
    """Return the stretch to replace, and its new text."""
    span = document.span(pointer)
    start = places.offset(span.line) + span.column - 1
    end = places.offset(span.end_line) + span.end_column - 1
    value = document.value(pointer)
    text = document.text[start:end]
    line_end = "\r\n" if "\r\n" in document.text else "\n"
    if isinstance(value, str):
        if _is_flow(document, places, pointer[:-1]):
            return start, end, f"{{id: {id_}, narration: {text}}}"
        return start, end, _as_mapping(text, span.column, id_, line_end)
    if text.startswith("{"):
        return start + 1, start + 1, f"id: {id_}, "
    indent = " " * (span.column - 1)
    return start, start, f"id: {id_}{line_end}{indent}"


def _as_mapping(text: str, column: int, id_: str, line_end: str) -> str:
    """Return a scene that was only a string as a mapping; its further lines move to the right."""
    first, *rest = text.split("\n")
    moved = (f"  {line}" if line.strip() else line for line in rest)
    indent = " " * (column - 1)
    return "\n".join((f"id: {id_}{line_end}{indent}narration: {first}", *moved))


def _is_flow(document: Document, places: Places, pointer: Pointer) -> bool:
    span = document.span(pointer)
    start = places.offset(span.line) + span.column - 1
    return document.text[start : start + 1] == "["


def _report(sources: Sources) -> Report:
    return Report.of(sources.findings, sources.texts_of(sources.findings))

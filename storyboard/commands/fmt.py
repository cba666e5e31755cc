"""Writes the ids that scenes go by into their files, as edits of the text: comments stay.

An id that was made from a scene's first words changes with them, and translations and plans are
keyed by it. Written down, it is the scene's own. What is written is what the compiler calls the
scene already, so nothing else changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from storyboard.commands.rewriting import Rewrite
from storyboard.expand.assembly import Assembled, assemble
from storyboard.expand.scene_ids import NamedScene
from storyboard.language.editing import apply_edits, is_json, prepend_key
from storyboard.language.project import Project
from storyboard.language.reading import ReadStoryboards, load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.source.diagnostic import Diagnostic, Report, diagnose, has_errors
from storyboard.source.document import Document
from storyboard.source.files import Files
from storyboard.source.reader import read_document
from storyboard.source.scalars import is_text_to_all
from storyboard.source.span import Pointer
from storyboard.source.text import with_mark_of

_PLAIN: Final = re.compile(r"[a-z][a-z0-9-]*")

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
    read = load_project(sources)
    assembled, found = _assemble(read.project, paths, sources)
    findings = (*read.findings, *found)
    wanted: dict[str, tuple[Document, dict[Pointer, str]]] = {}
    for named in (each.scenes for each in assembled):
        repeated = _repeated(named)
        for scene in named:
            place = scene.item.place
            if scene.item.id or (place.document.path, place.pointer) in repeated:
                continue
            document, ids = wanted.setdefault(place.document.path, (place.document, {}))
            ids.setdefault(place.pointer, _written_id(scene, document))
    if has_errors(findings):
        return (), Report.of(findings, sources.texts_of(findings))
    rewrites = []
    for path, (document, ids) in wanted.items():
        if paths is None or path in paths:
            rewrite = _rewrite(document, ids, sources)
            findings += (rewrite,) if isinstance(rewrite, Diagnostic) else ()
            rewrites += [rewrite] if isinstance(rewrite, Rewrite) else []
    return tuple(rewrites), Report.of(findings, sources.texts_of(findings))


def with_scene_ids(document: Document, ids: Ids) -> str:
    """Return the document's text with an id in each of the scenes, and no other change."""
    edits = (prepend_key(document, pointer, "id", id_) for pointer, id_ in ids.items())
    return apply_edits(document.text, edits)


def _assemble(
    project: Project, paths: Sequence[str] | None, sources: Sources
) -> tuple[list[Assembled], list[Diagnostic]]:
    """Return each storyboard with its scenes named as the compiler names them.

    A file of `paths` that is neither a storyboard of the project nor included by one is taken for a
    storyboard.
    """
    known = load_storyboards(project, None, sources)
    assembled = list(_assembled(known, project, sources))
    found = {file.path for file in known.files} | {p for each in assembled for p in each.files}
    rest = load_storyboards(project, [path for path in paths or () if path not in found], sources)
    assembled += _assembled(rest, project, sources)
    files = (*known.files, *rest.files)
    written = [finding for file in files for finding in file.findings]
    included = [finding for each in assembled for finding in each.spliced.findings]
    return assembled, [*known.findings, *written, *included]


def _assembled(boards: ReadStoryboards, project: Project, sources: Sources) -> Iterator[Assembled]:
    for file in boards.files:
        assembled = assemble(file, project, sources)
        if assembled is not None:
            yield assembled


def _repeated(named: Sequence[NamedScene]) -> set[tuple[str, Pointer]]:
    """Return scenes that one storyboard includes twice: an id of their own would clash."""
    seen: set[tuple[str, Pointer]] = set()
    twice: set[tuple[str, Pointer]] = set()
    for scene in named:
        key = (scene.item.place.document.path, scene.item.place.pointer)
        (twice if key in seen else seen).add(key)
    return twice


def _written_id(scene: NamedScene, document: Document) -> str:
    """Return the id as it is written: a loop's scenes are told apart by their number."""
    if scene.item.for_each:
        return f'"{scene.id}-{{{{ index }}}}"'
    is_plain = _PLAIN.fullmatch(scene.id) and is_text_to_all(scene.id)
    return scene.id if is_plain and not is_json(document) else f'"{scene.id}"'


def _rewrite(document: Document, ids: Ids, sources: Sources) -> Rewrite | Diagnostic:
    after = with_scene_ids(document, ids)
    if not _says_the_same(document, after, ids):
        return diagnose(
            "ids-not-written",
            "the ids cannot be written without changing something else",
            document.span(()),
            "write an id into each scene by hand",
        )
    before = sources.files.read(document.path)
    content = with_mark_of(before, after)
    return Rewrite(document.path, before, content, tuple(id_.strip('"') for id_ in ids.values()))


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

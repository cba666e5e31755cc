"""The translations of exported storyboards, as catalogs. Writes no file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.paths import catalog_path
from storyboard.catalogs.po_writer import write_catalog
from storyboard.catalogs.syncing import sync_catalog
from storyboard.catalogs.tokens import doubled
from storyboard.expand.assembly import assemble
from storyboard.expand.expansion import Setting
from storyboard.expand.extraction import extract_texts
from storyboard.export.forms import scene_ids
from storyboard.export.grouping import Group
from storyboard.export.taken import Taken
from storyboard.language.project import EnvironmentOverlay
from storyboard.language.reading import load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.source.files import Files

_NAME: Final = "name"


def catalog_files(
    files: Files, paths: Mapping[str, Group], overlay: EnvironmentOverlay
) -> Iterator[tuple[Group, str, str]]:
    """Yield each catalog that the storyboards of some paths ask for: whose, its path, its text."""
    if not paths:
        return
    sources = Sources(files)
    project = load_project(sources).project
    setting = Setting(project, overlay, {})
    for board in load_storyboards(project, list(paths), sources).files:
        assembled = assemble(board, project, sources)
        group = paths[board.path]
        if assembled is None:
            continue
        for tag, video in zip(group.locales[1:], group.videos[1:], strict=True):
            texts, _ = extract_texts(assembled, tag, setting)
            path = catalog_path(tag, group.id)
            catalog = sync_catalog(texts, None, path=path, language=tag)
            translated = _translated(catalog, group, video)
            yield group, path, write_catalog(translated)


def _translated(catalog: Catalog, group: Group, video: Taken) -> Catalog:
    ids = scene_ids(group.videos[0])
    said = {
        f"{id_}.narration": doubled(scene.narration or "")
        for id_, scene in zip(ids, video.scenes, strict=True)
    }
    said[_NAME] = doubled(video.name)
    if group.name_around is not None and _NAME in catalog.entries:
        said[_NAME] = catalog.entries[_NAME].source
    entries = {
        context: replace(entry, translation=said.get(context, ""))
        for context, entry in catalog.entries.items()
    }
    return replace(catalog, entries=MappingProxyType(entries))

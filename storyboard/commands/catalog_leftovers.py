"""Finds the translations that no text asks for where they are: their scenes may have moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.paths import shared_catalog_path
from storyboard.commands.locale_texts import LocalTexts
from storyboard.expand.catalog_files import CatalogFiles
from storyboard.texts import normal_text


def leftovers(
    texts: Sequence[LocalTexts], catalogs: CatalogFiles, spare: Sequence[Catalog]
) -> Mapping[tuple[str, str], Entry]:
    """Return them by context and normal source, of all catalogs of a locale; `spare` serve none."""
    left: dict[tuple[str, str], Entry] = {}
    for catalog, asked in _asked(texts, catalogs, spare):
        for entry in catalog.entries.values():
            words = normal_text(entry.source)
            if entry.translation and asked.get(entry.context) != words:
                left.setdefault((entry.context, words), entry)
    return left


def _asked(
    texts: Sequence[LocalTexts], catalogs: CatalogFiles, spare: Sequence[Catalog]
) -> Iterator[tuple[Catalog, Mapping[str, str]]]:
    """Yield each catalog with the sources that are asked of it, by context."""
    yield from ((catalog, {}) for catalog in spare)
    asked: dict[str, dict[str, str]] = {}
    for local in texts:
        for source, file in local.sources:
            shared = None if file is None else shared_catalog_path(local.tag, file)
            for path in filter(None, (local.path, shared)):
                asked.setdefault(path, {})[source.context] = normal_text(source.message.msgid)
    chosen = {path for local in texts if local.is_selected for path in local.files}
    # What is wrong in a catalog that was not asked for is not told: it is read apart.
    apart = CatalogFiles(catalogs.sources)
    for path, sources in asked.items():
        catalog = (catalogs if path in chosen else apart).catalog(path)
        if catalog is not None:
            yield catalog, sources

"""Catalogs that are there and serve no video, each with what was probably meant. Reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.paths import FOLDER, catalog_path, shared_catalog_path, split_path
from storyboard.counting import counted
from storyboard.locales import TagFault, fallback_chain, same_language, tag_of
from storyboard.nearest import did_you_mean
from storyboard.source.span import Span

UNREAD = "catalog-unread"
LANGUAGE = "catalog-language"


@dataclass(frozen=True, slots=True)
class Reader:
    """A storyboard as catalogs see it: its locales, the source first, and what it includes."""

    id: str
    locales: tuple[str, ...]
    included: tuple[str, ...] = ()

    @property
    def paths(self) -> Iterator[str]:
        """Yield the files where its translations may be."""
        for tag in self.locales[1:]:
            for near in fallback_chain(tag):
                yield catalog_path(near, self.id)
                yield from (shared_catalog_path(near, file) for file in self.included)


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd about a catalog, where, and what to do."""

    code: str
    message: str
    span: Span
    hint: str | None


def unread_paths(paths: Iterable[str], readers: Sequence[Reader]) -> tuple[str, ...]:
    """Return the catalogs that no video of these storyboards looks into."""
    read = {path for reader in readers for path in reader.paths}
    return tuple(path for path in paths if path not in read and split_path(path) is not None)


def unread_catalogs(paths: Iterable[str], readers: Sequence[Reader]) -> Iterator[Oddity]:
    """Yield the catalogs that no video looks into: once a folder that no locale reads."""
    folders: dict[str, list[str]] = {}
    for path in unread_paths(paths, readers):
        tag, _ = split_path(path) or ("", "")
        folders.setdefault(tag, []).append(path)
    used = _read_folders(readers)
    for tag, found in folders.items():
        if tag in used:
            yield from (_nameless(path, tag, readers) for path in found)
        else:
            yield _folder(tag, found, readers)


def unread_twins(
    new: Iterable[str], paths: Iterable[str], readers: Sequence[Reader]
) -> Iterator[tuple[str, Oddity, bool]]:
    """Yield each new catalog that lies in a folder which no locale reads, and what is odd there.

    It is certain where the folder is only misspelled: then the translations are there.
    """
    unread = [path for path in unread_paths(paths, readers) if split_path(path)]
    used = _read_folders(readers)
    for path in new:
        wanted = split_path(path)
        for other in unread:
            tag, name = split_path(other) or ("", "")
            if tag not in used and (_meant_folder(tag, used), name) == wanted:
                yield path, _folder(tag, [other], readers), tag_of(tag) != tag


def _read_folders(readers: Sequence[Reader]) -> frozenset[str]:
    tags = (tag for reader in readers for tag in reader.locales[1:])
    return frozenset(near for tag in tags for near in fallback_chain(tag))


def _meant_folder(tag: str, used: frozenset[str]) -> str | None:
    """Return the folder that a tag was probably meant for: of its locale, or of a parent of it."""
    meant = tag_of(tag)
    if isinstance(meant, TagFault):
        return None
    return next((near for near in fallback_chain(meant) if near in used), None)


def _folder(tag: str, paths: Sequence[str], readers: Sequence[Reader]) -> Oddity:
    files = counted(len(paths), "catalog")
    message = f"no locale reads {FOLDER}/{tag}/ ({files})"
    return Oddity(UNREAD, message, Span(paths[0], 1, 1, 1, 1), _folder_hint(tag, readers))


def _folder_hint(tag: str, readers: Sequence[Reader]) -> str | None:
    meant = tag_of(tag)
    if isinstance(meant, TagFault):
        return meant.hint
    near = _meant_folder(tag, _read_folders(readers))
    if meant != tag:
        right = near or meant
        return f"rename the folder to {FOLDER}/{right}/: folders are spelled as in `locales`"
    if near is not None:
        return f"rename the folder to {FOLDER}/{near}/, or add '{tag}' to `locales`"
    if any(reader.locales[:1] == (tag,) for reader in readers):
        return f"'{tag}' is the source's language: its texts are in the storyboards"
    return f"add '{tag}' to `locales`, or delete the folder"


def _nameless(path: str, tag: str, readers: Sequence[Reader]) -> Oddity:
    _, name = split_path(path) or ("", "")
    span = Span(path, 1, 1, 1, 1)
    reader = next((reader for reader in readers if reader.id == name), None)
    if reader is None:
        message = f"no storyboard has the id '{name}', and none includes a file of that name"
        return Oddity(UNREAD, message, span, _nameless_hint(tag, name, readers))
    if reader.locales[:1] == (tag,):
        message = f"'{tag}' is the language that '{name}' is written in: no video reads its catalog"
        return Oddity(UNREAD, message, span, "its texts are in the storyboard; delete the file")
    message = f"'{name}' is not made in '{tag}': no video reads its catalog"
    return Oddity(UNREAD, message, span, f"add '{tag}' to the storyboard's `locales`")


def _nameless_hint(tag: str, name: str, readers: Sequence[Reader]) -> str:
    folder, _, rest = name.partition("/")
    if folder == "LC_MESSAGES":
        return f"move it to {catalog_path(tag, rest)}"
    near = did_you_mean(name, [reader.id for reader in readers])
    moves = "`storyboard locale sync` moves the translations of a renamed storyboard"
    return f"{near} {moves}" if near else f"{moves}; delete the file if it is not needed"


def misplaced_catalogs(catalogs: Mapping[str, Catalog]) -> Iterator[Oddity]:
    """Yield the catalogs whose header names another language than their folder, or no locale."""
    for path, catalog in catalogs.items():
        tag, name = split_path(path) or ("", "")
        stated = catalog.language
        if stated is None or not tag or same_language(tag, stated):
            continue
        meant = tag_of(stated)
        of_none = "" if isinstance(meant, str) else "which is no locale, "
        message = (
            f"the header says that the language is '{stated}', {of_none}and the folder is '{tag}'"
        )
        other = f"move it to {FOLDER}/{meant}/{name}.po, or " if isinstance(meant, str) else ""
        span = catalog.header.span or Span(path, 1, 1, 1, 1)
        yield Oddity(LANGUAGE, message, span, f'{other}write "Language: {tag}\\n" in the header')

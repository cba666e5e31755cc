"""Catalogs that are there and serve no video, each with what was probably meant. Reads no file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from storyboard.catalogs.entry import Catalog
from storyboard.catalogs.paths import FOLDER, catalog_path, shared_catalog_path, split_path
from storyboard.counting import counted
from storyboard.locales import TagFault, fallback_chain, same_language, tag_of
from storyboard.nearest import did_you_mean
from storyboard.source.diagnostic import Note
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
        # The first is the source's own: its texts are in the storyboard.
        for tag in self.locales[1:]:
            for near in fallback_chain(tag):
                yield catalog_path(near, self.id)
                yield from (shared_catalog_path(near, file) for file in self.included)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a catalog's header says its language is; `span` is the header's place."""

    path: str
    language: str | None
    span: Span | None

    @classmethod
    def of(cls, catalog: Catalog) -> Heading:
        """Return a catalog's."""
        return cls(catalog.path, catalog.language, catalog.header.span)


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd about a catalog, where, and what to do."""

    code: str
    message: str
    span: Span
    hint: str | None
    notes: tuple[Note, ...] = ()


def unread_paths(paths: Iterable[str], readers: Sequence[Reader]) -> tuple[str, ...]:
    """Return the catalogs that no video of these storyboards looks into."""
    read = {path for reader in readers for path in reader.paths}
    return tuple(path for path in paths if path not in read and split_path(path) is not None)


def unread_catalogs(paths: Iterable[str], readers: Sequence[Reader]) -> Iterator[Oddity]:
    """Yield the catalogs that no video looks into: once a folder that no locale reads.

    Without a single storyboard there is none: that nothing reads them is no fault of their names.
    """
    if not readers:
        return
    there = dict.fromkeys(paths)
    folders: dict[str, list[str]] = {}
    for path in unread_paths(there, readers):
        tag, _ = split_path(path) or ("", "")
        folders.setdefault(tag, []).append(path)
    used = _read_folders(readers)
    for tag, found in folders.items():
        if tag in used:
            yield from (_nameless(path, tag, readers, there) for path in found)
        else:
            yield _folder(tag, found, readers, there)


def unread_twins(
    new: Iterable[str], paths: Iterable[str], readers: Sequence[Reader]
) -> Iterator[tuple[str, Oddity, bool]]:
    """Yield each new catalog that lies in a folder which no locale reads, and what is odd there.

    It is certain where the folder is only misspelled: then the translations are there.
    """
    there = dict.fromkeys(paths)
    unread = [path for path in unread_paths(there, readers) if split_path(path)]
    used = _read_folders(readers)
    for path in new:
        wanted = split_path(path)
        for other in unread:
            tag, name = split_path(other) or ("", "")
            if tag not in used and (_meant_folder(tag, used), name) == wanted:
                yield path, _folder(tag, [other], readers, there), tag_of(tag) != tag


def _read_folders(readers: Sequence[Reader]) -> frozenset[str]:
    tags = (tag for reader in readers for tag in reader.locales[1:])
    return frozenset(near for tag in tags for near in fallback_chain(tag))


def _meant_folder(tag: str, used: frozenset[str]) -> str | None:
    """Return the folder that a tag was probably meant for: of its locale, or of a parent of it."""
    meant = tag_of(tag)
    if isinstance(meant, TagFault):
        return None
    return next((near for near in fallback_chain(meant) if near in used), None)


def _folder(
    tag: str, paths: Sequence[str], readers: Sequence[Reader], there: Collection[str]
) -> Oddity:
    files = counted(len(paths), "catalog")
    message = f"no locale reads {FOLDER}/{tag}/ ({files})"
    return Oddity(UNREAD, message, Span(paths[0], 1, 1, 1, 1), _folder_hint(tag, readers, there))


def _folder_hint(tag: str, readers: Sequence[Reader], there: Collection[str]) -> str | None:
    meant = tag_of(tag)
    if isinstance(meant, TagFault):
        return meant.hint
    near = _meant_folder(tag, _read_folders(readers))
    if meant != tag:
        return f"{_merge(tag, near or meant, there)}; folders are spelled as in `locales`"
    if near is not None:
        return f"{_merge(tag, near, there)}, or add '{tag}' to `locales`"
    if any(reader.locales[:1] == (tag,) for reader in readers):
        return f"'{tag}' is the source's language: its texts are in the storyboards"
    return f"add '{tag}' to `locales`, or delete the folder"


def _merge(tag: str, other: str, there: Collection[str]) -> str:
    """Return how a folder becomes another one, and no catalog is lost."""
    own, target = f"{FOLDER}/{tag}/", f"{FOLDER}/{other}/"
    moved = sorted(target + path.removeprefix(own) for path in there if path.startswith(own))
    taken = [path for path in moved if path in there]
    if taken:
        return _in_the_way(taken[0])
    if any(path.startswith(target) for path in there):
        return f"move its files to {target}"
    return f"rename the folder to {target}"


def _in_the_way(path: str) -> str:
    return f"{path} is there already: bring over what it lacks and delete this one"


def _move(path: str, there: Collection[str]) -> str:
    return _in_the_way(path) if path in there else f"move it to {path}"


def _nameless(path: str, tag: str, readers: Sequence[Reader], there: Collection[str]) -> Oddity:
    _, name = split_path(path) or ("", "")
    span = Span(path, 1, 1, 1, 1)
    reader = next((reader for reader in readers if reader.id == name), None)
    if reader is None:
        message = f"no storyboard has the id '{name}', and none includes a file of that name"
        return Oddity(UNREAD, message, span, _nameless_hint(tag, name, readers, there))
    if reader.locales[:1] == (tag,):
        message = f"'{tag}' is the language that '{name}' is written in: no video reads its catalog"
        return Oddity(UNREAD, message, span, "its texts are in the storyboard; delete the file")
    message = f"'{name}' is not made in '{tag}': no video reads its catalog"
    return Oddity(UNREAD, message, span, f"add '{tag}' to the storyboard's `locales`")


def _nameless_hint(tag: str, name: str, readers: Sequence[Reader], there: Collection[str]) -> str:
    folder, _, rest = name.partition("/")
    # Where gettext itself has catalogs, and so Django and others.
    if folder == "LC_MESSAGES":
        return _move(catalog_path(tag, rest), there)
    near = did_you_mean(name, [reader.id for reader in readers])
    moves = "`storyboard locale sync` moves the translations of a renamed storyboard"
    return f"{near} {moves}" if near else f"{moves}; delete the file if it is not needed"


def misplaced_catalogs(
    catalogs: Iterable[Heading], paths: Callable[[], Iterable[str]]
) -> Iterator[Oddity]:
    """Yield the catalogs whose header names another language than their folder, or no locale.

    `paths` lists all that there are: it is asked only if one is odd.
    """
    for heading in catalogs:
        path, stated = heading.path, heading.language
        tag, name = split_path(path) or ("", "")
        if stated is None or not tag or same_language(tag, stated):
            continue
        meant = tag_of(stated)
        of_none = "" if isinstance(meant, str) else "which is no locale, "
        message = (
            f"the header says that the language is '{stated}', {of_none}and the folder is '{tag}'"
        )
        there = frozenset(paths())
        move = f"{_move(catalog_path(meant, name), there)}, or " if isinstance(meant, str) else ""
        span = heading.span or Span(path, 1, 1, 1, 1)
        yield Oddity(LANGUAGE, message, span, f'{move}write "Language: {tag}\\n" in the header')

"""Opens the rows of a workspace, in the database that they are in: its own file, or PostgreSQL.

A note in the folder of data tells where they are once they are in PostgreSQL: a command that is
not told the database would find an empty studio, and fill it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storyboard.counting import counted
from storyboard.distribution import install_command
from storyboard.errors import MissingExtraError, StudioError
from storyboard.shell import word
from storyboard.studio.records.identity import Identity
from storyboard.studio.records.place_note import read_note, write_note
from storyboard.studio.records.schema import DATA_PREFIX, DATABASE
from storyboard.studio.records.served_address import address_of
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store
from storyboard.studio.records.table_uses import Use, tables_of

_LOG: Final = logging.getLogger("storyboard.studio")
NOTE: Final = "database.txt"
_SCHEMA: Final = "storyboard_"
_MADE: Final = ("videos", "avatars", "entries")
"""What people make: rows of other tables may be there before a file's are moved."""


def open_store(workspace: Path, data: Path, identity: Identity, database: str) -> Store:
    """Open the rows of a workspace, in the database with this URL, or in its own file without one.

    The first time that there is a database, what the file has moves there. Raises `StudioError`,
    `UsageError` and `MissingExtraError`.
    """
    note = data / NOTE
    if database:
        return _in_postgres(workspace, note, identity, database)
    if note.exists():
        raise StudioError(
            f"the data of the workspace '{workspace}' is in PostgreSQL at '{read_note(note)}'",
            hint="set STORYBOARD_DATABASE to its address, or use another workspace",
        )
    return SqliteStore(data / DATABASE)


def shown_database(database: str) -> str:
    """Return how messages name a database; raises `UsageError`, `MissingExtraError`."""
    with _postgres_packages():
        from storyboard.studio.records.postgres_connection import place_of
    return place_of(database)


@contextmanager
def _postgres_packages() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as cause:
        raise MissingExtraError(
            f"a studio in PostgreSQL needs the package '{cause.name}'",
            hint=install_command("postgres"),
        ) from cause


def _in_postgres(workspace: Path, note: Path, identity: Identity, database: str) -> Store:
    with _postgres_packages():
        from storyboard.studio.records.postgres import NotThere, PostgresStore
        from storyboard.studio.records.postgres_connection import place_of
    place, file, is_first = place_of(database), note.with_name(DATABASE), not note.exists()
    if is_first and file.exists() and (url := address_of(workspace)):
        raise StudioError(
            f"a studio serves the workspace at {url} from its own file",
            hint="end it before its data moves to PostgreSQL",
        )
    try:
        store = PostgresStore(database, schema_of(identity), is_made=not is_first)
    except NotThere as cause:
        raise StudioError(
            f"{cause}: it was at '{read_note(note)}'",
            # The name of the folder is nobody's to know, and a log may be public.
            hint="correct the address, or restore the database; to begin with an empty one, which "
            "knows no video and needs an empty place of files: "
            f"rm {word(workspace)}/{DATA_PREFIX}*/{NOTE}",
        ) from cause
    try:
        if is_first:
            if file.exists():
                _move(file, store, schema_of(identity))
            write_note(note, place)
    except BaseException:
        store.close()
        raise
    return store


def schema_of(identity: Identity) -> str:
    """Return the name of a workspace's schema in a database: another workspace never has it."""
    return _SCHEMA + identity.name_for("database")[:16]


def _move(file: Path, store: Store, schema: str) -> None:
    """Copy all rows of a file, unless another server has done it; the file stays as it is.

    Raises `StudioError` where another process has begun without them: they would be forgotten.
    """
    with (
        closing(SqliteStore(file)) as kept,
        kept.read_at_once() as saved,
        store.write() as tx,
    ):
        moved = tables_of(Use.MOVED)
        if any(tx.rows(f"{table}.rows") for table in moved):
            is_made = (any(each.rows(f"{table}.rows") for table in _MADE) for each in (saved, tx))
            if [*is_made] == [True, False]:
                raise StudioError(
                    f"the videos in '{file}' did not move to PostgreSQL: another process had begun "
                    "the workspace's data there before",
                    hint=f'end it, empty that data: DROP SCHEMA "{schema}" CASCADE, and start this '
                    "server before any other process",
                )
            return
        for table in moved:
            for row in saved.rows(f"{table}.rows"):
                tx.run(f"{table}.bring_back", **dict(row))
        count = len(saved.rows("videos.rows"))
    verb = "is" if count == 1 else "are"
    _LOG.info("%s %s in the database now; '%s' stays as it is", counted(count, "video"), verb, file)

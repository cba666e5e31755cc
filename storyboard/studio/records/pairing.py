"""Which database and which place of files belong together: each has an id, and names the other's.

A row of the database and an object in the place tell it. Neither id is a secret. Knows no address.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Final, Protocol

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.records.store import Store

OBJECT: Final = "pairing.json"
"""What the object in a place is called; it is written once, and again only by who repairs it."""

LONGEST: Final = 1000
OWN_FOLDER: Final = ""
"""In the place of a place's id: each workspace has its files in its own folder."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The ids of a database and of its place of files; `None` before it is known where they are.

    A place also knows the `home` of the rows, if it is known: a dump that is restored elsewhere has
    the same ids, and may stand beside the rows that it was made of.
    """

    database: str
    files: str | None
    home: str = field(default="", compare=False)


class Mark(Protocol):
    """The object of one place."""

    def read(self) -> bytes | None:
        """Return its content, `None` where there is none."""
        ...

    def create(self, content: bytes) -> None:
        """Write it, unless there is one: who comes second changes nothing."""
        ...

    def rewrite(self, content: bytes) -> None:
        """Write it, whatever is there."""
        ...


def pairing_of(store: Store) -> Pairing:
    """Return what a database says, which gets an id if it has none."""
    with store.write() as tx:
        row = tx.row("pairing.find")
        if row is None:
            made = Pairing(secrets.token_hex(16), None)
            tx.run("pairing.add", database_id=made.database)
            return made
    return Pairing(row["database_id"], row["files_id"])


def record(store: Store, before: Pairing, files: str) -> bool:
    """Have a database say where its files are, unless it says something else than before."""
    with store.write() as tx:
        row = tx.row("pairing.find")
        if row is None or row["files_id"] not in (before.files, files):
            return False
        tx.run("pairing.record", files_id=files)
    return True


def read_mark(mark: Mark) -> Pairing | None:
    """Return what a place says, `None` where it says nothing; raises `ValueError`."""
    content = mark.read()
    if content is None:
        return None
    try:
        told = parse_json(content)
        return Pairing(str(told["database"]), str(told["files"]), str(told.get("home", "")))
    except (NotJson, KeyError, TypeError) as cause:
        raise ValueError(f"'{OBJECT}' cannot be read") from cause


def create_mark(mark: Mark, database: str, home: str) -> None:
    """Have a place say that it is this database's, unless it says something already."""
    mark.create(content_of(Pairing(database, secrets.token_hex(16), home)))


def content_of(pairing: Pairing) -> bytes:
    """Return what an object says."""
    told = {"database": pairing.database, "files": pairing.files}
    told |= {"home": pairing.home} if pairing.home else {}
    return f"{json.dumps(told)}\n".encode()

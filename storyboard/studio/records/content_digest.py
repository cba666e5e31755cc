"""Whether a workspace's records are still the same, for who opens no studio.

Only of records at rest: while something is being made, what is asked changes what is answered.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from storyboard.errors import StudioError
from storyboard.studio.records.data_folder import data_there
from storyboard.studio.records.identity import find_identity
from storyboard.studio.records.opening import NOTE
from storyboard.studio.records.schema import DATABASE
from storyboard.studio.records.sqlite_file import read_only
from storyboard.studio.records.table_uses import Use, tables_of


def records_digest(workspace: Path) -> tuple[int, str] | None:
    """Return the partner of a workspace, 0 before it is made, and a digest of its records.

    None where they are elsewhere, cannot be read, or where jobs are open.
    """
    try:
        identity, data = find_identity(workspace), data_there(workspace)
        told = blake2b(digest_size=20)
        if identity is None or data is None:
            return 0, told.hexdigest()
        if (data / NOTE).exists():
            return None
        if (data / DATABASE).exists():
            with read_only(data / DATABASE) as tx:
                if tx.rows("jobs.open"):
                    return None
                for table in tables_of(Use.ANSWERED):
                    for row in tx.rows(f"{table}.rows"):
                        told.update(f"{table} {dict(row)!r}\n".encode("utf-8", "surrogatepass"))
    except StudioError:
        return None
    return identity.partner_id, told.hexdigest()

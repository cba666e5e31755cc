"""A connection to PostgreSQL: opened, named, and what its failures mean. Knows no statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from storyboard.errors import StudioError, UsageError
from storyboard.studio.records.store import FullError, StoreAway, StoreError

Connection = psycopg.Connection[dict[str, Any]]

ENCODING: Final = "UTF8"
"""Of the database, and of what is sent to it: PostgreSQL's word."""

_SILENT_MS: Final = 10_000
"""After which a side that acknowledges nothing is given up, though a firewall, or a machine without
power, says nothing: what was sent and not acknowledged keeps TCP trying for a quarter of an hour,
and no probe of a quiet connection is sent meanwhile. A choice: a lease is as long."""

_SETTINGS: Final = {
    "search_path": "{schema}",
    # Whoever waited for the lock sees what the one before it wrote, whatever the usual one is.
    "default_transaction_isolation": "read committed",
    "lock_timeout": "15s",
    "statement_timeout": "60s",
    # Who is frozen, or cut off, must not keep the lock: all others wait for it, and not longer than
    # `lock_timeout`.
    "idle_in_transaction_session_timeout": "10s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": str(_SILENT_MS),
}
_OF_UPGRADES: Final = {"lock_timeout": "10min", "statement_timeout": "10min"}
"""A large table takes its time, and whoever comes second waits for whoever upgrades."""

_KEPT_ALIVE: Final[Mapping[str, Any]] = {
    "connect_timeout": 5,
    # Neither the environment nor the database says otherwise: names are of all languages.
    "client_encoding": ENCODING,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": _SILENT_MS,
    # Of several hosts the one that can be written, and none that follows another.
    "target_session_attrs": "read-write",
}
_FIXES: Final = (
    (
        ("too many connections", "too many clients", "remaining connection slots"),
        "raise max_connections of PostgreSQL, or the limit of the user or the database",
    ),
    (
        ("password authentication", "no password supplied", 'role "'),
        "check user and password in the address; '@', '/' and '%' in a password are written %40, "
        "%2F and %25",
    ),
    (('database "',), "create the database, or mend its name in the address"),
    (
        ("read-only",),
        "the database takes no writes, as one that follows another: name the one that does; with "
        "several hosts in the address, it is found by itself",
    ),
    (("resolve host", "translate host"), "check the host's name in the address"),
)
"""Words of PostgreSQL and libpq, which have no codes for who is not let in, and what mends it."""

_MADE_FOR_IT: Final = (
    f"CREATE DATABASE storyboard ENCODING '{ENCODING}' LC_COLLATE 'C' LC_CTYPE 'C' "
    "TEMPLATE template0"
)
"""The locale is named too: that of a server without UTF-8 would refuse the encoding."""

_NAMED: Final = "STORYBOARD_DATABASE, or --database where a command has it"
_PORTS: Final = frozenset("0123456789,")
_NOT_IN_NAMES: Final = frozenset("@/=")
_AWAY: Final = (
    psycopg.OperationalError,
    errors.IdleInTransactionSessionTimeout,
    errors.ReadOnlySqlTransaction,
)
"""What passes: a server that restarts, has no connection left, or follows another for a while."""

_BUGS: Final = (errors.IntegrityError, errors.SyntaxError, errors.UndefinedColumn)


def connect(url: str, schema: str) -> Connection:
    """Open a connection that sees one schema alone; raises `psycopg.Error`."""
    return _configured(
        psycopg.connect(url, autocommit=True, row_factory=dict_row, **_KEPT_ALIVE), schema
    )


def connect_to_upgrade(url: str, schema: str) -> psycopg.Connection[Any]:
    """Open a connection as SQLAlchemy wants it; raises `psycopg.Error`."""
    return _configured(psycopg.connect(url, **_KEPT_ALIVE), schema, _SETTINGS | _OF_UPGRADES)


def _configured(
    connection: psycopg.Connection[Any], schema: str, settings: Mapping[str, str] = _SETTINGS
) -> psycopg.Connection[Any]:
    try:
        for name, value in settings.items():
            told = (name, value.format(schema=schema))
            connection.execute("SELECT set_config(%s, %s, false)", told)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def check_encoding(connection: Connection, url: str) -> None:
    """Raise `StudioError` for a database that does not have the letters of all languages."""
    found = connection.execute("SHOW server_encoding").fetchone()
    named = str(found and found["server_encoding"])
    if named != ENCODING:
        raise StudioError(
            f"the PostgreSQL database at '{place_of(url)}' has the encoding {named}, and the "
            f"studio's data needs {ENCODING}",
            hint=f"make a database for it, and name that one: {_MADE_FOR_IT}",
        )


def home_of(connection: Connection) -> str:
    """Return the numbers of server and database, `""` where the server tells its own to nobody.

    A dump that is restored into another database has others; a standby that takes over has those of
    its primary.
    """
    try:
        found = connection.execute(
            "SELECT system_identifier || '/' || oid AS home FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    except errors.InsufficientPrivilege:
        return ""
    return "" if found is None else str(found["home"])


def place_of(url: str) -> str:
    """Return how messages name a database: no user, no password; raises `UsageError`."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError as cause:
        raise _no_address() from cause
    host, port = str(parts.get("host") or "localhost"), str(parts.get("port") or 5432)
    name = str(parts.get("dbname") or "")
    # A password with `@` or `/` that is not encoded reaches into what is shown, here and by libpq.
    # (A host may begin with `@`, which names a socket.)
    if "@" in host[1:] or not set(port) <= _PORTS or not _NOT_IN_NAMES.isdisjoint(name):
        raise _no_address()
    return f"{host}:{port}/{name}"


def _no_address() -> UsageError:
    return UsageError(
        "invalid address of a PostgreSQL database",
        # As one address, with the login in it, it would be shown with its login masked.
        hint="write postgresql://HOST:PORT/DATABASE with USER:PASSWORD@ before HOST; in the "
        "password, %40 for '@' and %2F for '/'",
    )


class Told:
    """Says what PostgreSQL failed with in our words; a statement that is wrong stays a bug."""

    def __init__(self, place: str) -> None:
        self._what = f"the studio's data in PostgreSQL at '{place}'"

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, cause: BaseException | None, trace: object) -> None:
        if isinstance(cause, psycopg.Error) and not isinstance(cause, _BUGS):
            raise self.failure(cause) from cause

    def failure(self, cause: psycopg.Error) -> StoreError:
        """Return what to tell of a failure."""
        said = str(cause).strip().partition("\n")[0].removeprefix("connection failed: ")
        if isinstance(cause, errors.DiskFull):
            return FullError(
                f"{self._what} cannot be written: no space left on device",
                hint="make room on the database's disk",
            )
        if isinstance(cause, errors.LockNotAvailable | errors.QueryCanceled):
            return StoreAway(
                f"{self._what} is in use by another process", hint="wait for it, and try again"
            )
        if isinstance(cause, errors.InsufficientPrivilege):
            return StoreError(
                f"{self._what} cannot be read or written: {said}",
                hint="let its user make a schema: GRANT CREATE ON DATABASE … TO …",
            )
        fixes = (fix for words, fix in _FIXES if any(each in said for each in words))
        failed = StoreAway if isinstance(cause, _AWAY) else StoreError
        return failed(
            f"{self._what} cannot be read or written: {said}",
            hint=next(fixes, f"check that the database runs, and its address: {_NAMED}"),
        )

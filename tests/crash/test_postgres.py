"""A studio's rows in PostgreSQL on its bad days: restarts, cut connections, frozen writers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from psycopg.conninfo import make_conninfo
from sqlalchemy import create_engine

from storyboard.errors import StudioError, UsageError
from storyboard.studio.records import postgres_connection, queue, videos
from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.records.postgres_connection import connect, connect_to_upgrade
from storyboard.studio.records.schema import MIGRATIONS
from storyboard.studio.records.session import Principal
from storyboard.studio.records.sql.tables import METADATA
from storyboard.studio.records.store import StoreError
from storyboard.studio.records.table_queue import TableQueue
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale
ANA = Principal(1, "ana")
LIMIT = 120.0


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def open_store(
    server: PostgresServer, request: pytest.FixtureRequest
) -> Iterator[Callable[[], PostgresStore]]:
    schema = f"test_{abs(hash(request.node.name))}"
    with ExitStack() as until_end:
        yield lambda: until_end.enter_context(closing(PostgresStore(server.url, schema)))


def put(store: PostgresStore, name: str = "v") -> str:
    with store.write() as tx:
        return videos.add(tx, ANA, name=name, avatar_id=None, scenes=[], now=1.0).id


def there(store: PostgresStore) -> set[str]:
    with store.read() as tx:
        return {*videos.latest(tx, 10_000)[1]}


def test_a_crash_under_load_loses_nothing_that_was_told(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    stores = [open_store(), open_store()]
    told: list[str] = []
    counted, over = threading.Condition(), threading.Event()

    def work(store: PostgresStore) -> None:
        while not over.is_set():
            try:
                made = put(store)
            except StoreError:
                continue
            with counted:
                told.append(made)
                counted.notify_all()

    def await_more(count: int) -> None:
        with counted:
            wanted = len(told) + count
            assert counted.wait_for(lambda: len(told) >= wanted, LIMIT)

    threads = [threading.Thread(target=work, args=(stores[n % 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    try:
        for end in (server.crash, server.stop):
            await_more(20)
            end()
            server.start()
        await_more(20)
    finally:
        over.set()
        for thread in threads:
            thread.join(LIMIT)
    assert {*told} <= there(stores[0])


def test_who_only_reads_goes_on_after_a_restart(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    store = open_store()
    kept = put(store)
    with store.read() as tx:
        server.crash()
        server.start()
        assert videos.latest(tx, 9) == (1, [kept])
    assert {put(store), kept} == there(store)


def test_a_cut_connection_takes_its_transaction_with_it(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    store = open_store()

    def cut() -> None:
        with store.write() as tx:
            videos.add(tx, ANA, name="lost", avatar_id=None, scenes=[], now=1.0)
            backend = tx.connection.info.backend_pid
            with psycopg.connect(server.url, autocommit=True) as admin:
                admin.execute("SELECT pg_terminate_backend(%s, 60000)", (backend,))
            videos.latest(tx, 9)

    with pytest.raises(StoreError, match="cannot be read or written"):
        cut()
    assert there(store) == set()
    assert there(open_store()) | {put(store)} == there(store)


def test_a_frozen_writer_loses_the_lock(
    monkeypatch: pytest.MonkeyPatch, open_store: Callable[[], PostgresStore]
) -> None:
    """A machine that sleeps, or is cut off, would keep all others from writing for ever."""
    frozen = open_store()
    monkeypatch.setitem(
        postgres_connection._SETTINGS, "idle_in_transaction_session_timeout", "500ms"
    )

    def thaw() -> None:
        with frozen.write() as tx:
            monkeypatch.undo()
            with suppress(StoreError):  # a test that is as slow is frozen already
                videos.add(tx, ANA, name="late", avatar_id=None, scenes=[], now=1.0)
            made.append(put(open_store(), "next"))
            videos.add(tx, ANA, name="too late", avatar_id=None, scenes=[], now=1.0)

    made: list[str] = []
    with pytest.raises(StoreError):
        thaw()
    assert there(open_store()) == {*made}


def test_who_waits_too_long_is_told(
    monkeypatch: pytest.MonkeyPatch, open_store: Callable[[], PostgresStore]
) -> None:
    monkeypatch.setitem(postgres_connection._SETTINGS, "lock_timeout", "100ms")
    one, other = open_store(), open_store()
    with one.write(), pytest.raises(StoreError, match="in use by another process"):
        put(other)
    assert put(other) in there(one)


def test_a_claim_is_one_processs(open_store: Callable[[], PostgresStore]) -> None:
    stores = [open_store() for _ in range(4)]
    with stores[0].write() as tx:
        for number in range(20):
            queue.enqueue(tx, queue.FILM, f"v{number}", "", 1.0)
    taken: list[str] = []

    def work(number: int) -> None:
        while (job := TableQueue(stores[number]).claim(f"w{number}", queue.FILM)) is not None:
            taken.append(job.video_id)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert sorted(taken) == sorted(f"v{number}" for number in range(20))


def test_servers_that_start_at_once_make_the_tables_once(
    open_store: Callable[[], PostgresStore],
) -> None:
    made: list[PostgresStore] = []
    threads = [threading.Thread(target=lambda: made.append(open_store())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    kept = put(made[0])
    assert [there(store) for store in made] == [{kept}] * 3


def test_workspaces_share_a_database_and_no_row(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    kept = put(open_store())
    with closing(PostgresStore(server.url, "test_of_another_workspace")) as other:
        assert kept not in there(other)


def test_a_newer_version_is_refused(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    store = open_store()
    with store.read() as tx:
        tx.connection.execute("UPDATE alembic_version SET version_num='999', serves_from=999")
    with pytest.raises(StudioError, match="newer version"):
        open_store()


@pytest.mark.parametrize("serves_from", [len(MIGRATIONS) + 1, None])
def test_tables_of_a_newer_version_serve_the_programs_that_they_name(
    open_store: Callable[[], PostgresStore], serves_from: int | None
) -> None:
    """A server of the older version may be started again while all are upgraded."""
    store = open_store()
    kept = put(store)
    newer = "UPDATE alembic_version SET version_num='999', serves_from=%s"
    with store.read() as tx:
        tx.connection.execute(newer, [len(MIGRATIONS)])
    again = open_store()
    assert there(again) == {kept}
    put(again)
    with store.read() as tx:
        [row] = tx.connection.execute("SELECT * FROM alembic_version")
        assert row == {"version_num": "999", "serves_from": len(MIGRATIONS)}
        tx.connection.execute(newer, [serves_from])
    with pytest.raises(StudioError, match="newer version"):
        open_store()


def test_tables_without_a_mark_get_one(open_store: Callable[[], PostgresStore]) -> None:
    """Earlier versions wrote none."""
    with open_store().write() as tx:
        for name in ("made_by", "used_at", "watched_from"):
            tx.connection.execute(f"ALTER TABLE app_tokens DROP COLUMN {name}".encode())
        tx.connection.execute(b"ALTER TABLE alembic_version DROP COLUMN serves_from")
        tx.connection.execute("UPDATE alembic_version SET version_num='18'")
    with open_store().read() as tx:
        [row] = tx.connection.execute("SELECT * FROM alembic_version")
    assert row == {"version_num": str(len(MIGRATIONS)), "serves_from": 18}


def test_jobs_of_an_earlier_version_learn_whose_they_are(
    open_store: Callable[[], PostgresStore],
) -> None:
    store = open_store()
    video = put(store)
    with store.write() as tx:
        queue.enqueue(tx, queue.FILM, video, "", 5.0)
        for name in ("partner_id", "user_id", "due", "trace", "rules", "needs", "unkept"):
            tx.connection.execute(f"ALTER TABLE jobs DROP COLUMN {name}".encode())
        tx.connection.execute(b"ALTER TABLE session_uses DROP COLUMN expiry")
        tx.connection.execute(b"ALTER TABLE upload_tokens DROP COLUMN parts")
        for name in ("made_by", "used_at", "watched_from"):
            tx.connection.execute(f"ALTER TABLE app_tokens DROP COLUMN {name}".encode())
        for later_table in (
            *("scene_claims", "live_workers", "pairing", "control", "faults", "coming_files"),
        ):
            tx.connection.execute(f"DROP TABLE {later_table}".encode())
        tx.connection.execute("UPDATE alembic_version SET version_num='9'")
    with open_store().read() as later:
        [row] = later.rows("jobs.rows")
    assert (row["partner_id"], row["user_id"], row["due"]) == (1, "ana", 5.0)


def test_the_tables_are_those_of_the_statements(
    server: PostgresServer, open_store: Callable[[], PostgresStore]
) -> None:
    schema = open_store()._schema
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect_to_upgrade(server.url, schema),
    )
    with closing(engine.raw_connection()), engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


REFUSALS = {
    "CREATE DATABASE no_writes; ALTER DATABASE no_writes SET default_transaction_read_only = on": (
        "dbname=no_writes", "takes no writes"
    ),
    "": ("dbname=nowhere", "create the database"),
    " ": ("user=nobody", "user and password"),
    "CREATE ROLE full LOGIN CONNECTION LIMIT 0": ("user=full", "max_connections"),
    "  ": ("host=nowhere.invalid", "host's name"),
}  # fmt: skip


@pytest.mark.parametrize("prepared", REFUSALS, ids=[told for told, _ in REFUSALS.values()])
def test_who_is_not_let_in_is_told_what_mends_it(server: PostgresServer, prepared: str) -> None:
    with closing(psycopg.connect(server.url, autocommit=True)) as connection:
        for statement in filter(str.strip, prepared.split(";")):
            connection.execute(statement)
    told, hint = REFUSALS[prepared]
    with pytest.raises(StoreError) as refused:
        PostgresStore(make_conninfo(server.url, **dict([told.split("=")])), "x")
    assert hint in (refused.value.hint or ""), refused.value


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_a_database_that_is_not_utf_8_is_refused_with_the_one_that_serves(
    server: PostgresServer, encoding: str
) -> None:
    name = f"db_{encoding.lower()}"
    with closing(psycopg.connect(server.url, autocommit=True)) as connection:
        made = f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE"
        connection.execute(f"{made} template0")
        with pytest.raises(StudioError, match=f"{name}' has the encoding {encoding}") as refused:
            PostgresStore(make_conninfo(server.url, dbname=name), "x")
        assert refused.value.hint is not None
        connection.execute("DROP DATABASE IF EXISTS storyboard")
        connection.execute(refused.value.hint.partition(": ")[2].encode())
    with closing(PostgresStore(make_conninfo(server.url, dbname="storyboard"), "x")) as store:
        put(store, "日本語 👍")


def test_a_name_is_kept_whatever_encoding_clients_of_the_database_get(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    told = make_conninfo(server.url, client_encoding="SQL_ASCII")
    with closing(PostgresStore(told, "encoded")) as store:
        made = put(store, "日本語 👍")
        with store.read() as tx:
            found = videos.find(tx, made)
    assert getattr(found, "name", None) == "日本語 👍"


def test_writers_see_each_others_rows_whatever_the_database_defaults_to(
    server: PostgresServer,
) -> None:
    """With `serializable` as its default, whoever had waited for the lock was refused."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE strict TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        connection.execute("ALTER DATABASE strict SET default_transaction_isolation='serializable'")
    url = make_conninfo(server.url, dbname="strict")
    with closing(PostgresStore(url, "strict")) as store, ThreadPoolExecutor(4) as threads:
        made = {*threads.map(lambda number: put(store, f"v{number}"), range(40))}
        with closing(PostgresStore(url, "strict")) as other:
            made |= {*threads.map(lambda number: put([store, other][number % 2]), range(40))}
        assert there(store) == made
        assert len(made) == 80


def test_what_cannot_be_reached_is_told_without_its_password(server: PostgresServer) -> None:
    url = "postgresql://ana:s3cret@127.0.0.1:1/studio"
    with pytest.raises(StudioError, match=r"127\.0\.0\.1:1/studio") as raised:
        PostgresStore(url, "x")
    assert "s3cret" not in f"{raised.value}{raised.value.hint}"
    with pytest.raises(UsageError) as refused:
        PostgresStore("postgresql://ana:s3cret@[", "x")
    assert "s3cret" not in f"{refused.value}"
    with closing(connect(server.url, "x")) as connection:
        found = connection.execute("SHOW search_path").fetchone()
        assert found == {"search_path": "x"}

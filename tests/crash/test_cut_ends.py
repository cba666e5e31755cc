"""The database cuts a connection in the write that ends a film or a composition, for real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.contract.test_compose import GUIDE, with_talk
from tests.crash.test_servers import assert_no_file_is_left
from tests.support.postgres_server import PostgresServer, postgres_server

pytestmark = pytest.mark.scale

_CUT_ONCE = """
CREATE SEQUENCE {schema}.cuts;
CREATE FUNCTION {schema}.cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('{schema}.cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cut BEFORE UPDATE ON {schema}.jobs FOR EACH ROW
  WHEN (NEW.state = 'ended') EXECUTE FUNCTION {schema}.cut();
"""
"""A sequence keeps its count whatever becomes of the transaction: only the first end is cut."""


@pytest.fixture(scope="module")
def database() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def one(tmp_path: Path, database: PostgresServer) -> Iterator[Caller]:
    with open_test_studio(tmp_path / "workspace", workers=1, database=database.url) as studio:
        yield caller(studio)


def cut_first_end(database: PostgresServer) -> None:
    with psycopg.connect(database.url, autocommit=True) as admin:
        found = admin.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'jobs'")
        for (schema,) in found.fetchall():
            made = admin.execute("SELECT to_regproc(%s)", (f"{schema}.cut",)).fetchone()
            if made == (None,):
                admin.execute(sql.SQL(_CUT_ONCE).format(schema=sql.Identifier(schema)))


def test_a_composition_whose_end_was_cut_is_kept_after_all(
    tmp_path: Path, database: PostgresServer, one: Caller
) -> None:
    with_talk(one, tmp_path)
    video = one.video()
    cut_first_end(database)
    one("video/compose", id=video, **GUIDE)
    assert len(one.wait(video, "composed")["scenes"]) > 1
    assert_no_file_is_left(one.studio)


def test_a_film_whose_end_was_cut_is_kept_after_all(database: PostgresServer, one: Caller) -> None:
    video = one.video()
    cut_first_end(database)
    one("video/generate", id=video)
    assert one.wait(video, "ready")["entryId"]
    assert_no_file_is_left(one.studio)

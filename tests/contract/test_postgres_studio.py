"""A studio whose rows are in PostgreSQL: the same API, and rows that moved there from a file."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from storyboard.errors import StudioError
from storyboard.local_studio.entries import entries_there
from storyboard.studio.jobs import snapshots
from storyboard.studio.local import open_studio
from storyboard.studio.records import videos
from storyboard.studio.records.opening import NOTE, schema_of
from storyboard.studio.records.served_address import announced
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, write_movie
from tests.contract.test_two_machines import who_it_is
from tests.support.postgres_server import postgres_server

pytestmark = pytest.mark.scale


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres_server() as server:
        yield server.url


def opened(folder: Path, database: str) -> Caller:
    maker = TinyFilmMaker()
    return caller(open_studio(folder, film_maker=maker, workers=1, database=database))


def names(user: Caller) -> list[str]:
    return [video["name"] for video in user("video/list")["objects"]]


def test_a_film_is_made_and_saved_and_brought_back(tmp_path: Path, database: str) -> None:
    user = opened(tmp_path / "w", database)
    with user.studio:
        clip = user.studio.add_media(write_movie(tmp_path / "clip.mp4", 2), "1_clip")
        video = user.video()
        user("video/generate", id=video)
        film = user.wait(video, "ready")["entryId"]
        user.control("PUT", "snapshots/one")
        user.control("POST", "reset")
        assert names(user) == []
        user.control("POST", "snapshots/one/load")
        assert user("video/get", id=video)["entryId"] == film
        assert {each["id"] for each in user.studio.list_media()} == {clip["id"], film}
        assert user.video() != video
    with user.studio.workspace.store.read() as tx:
        assert videos.latest(tx, 9)[0] == 2
    user.studio.close()


def test_a_file_moves_once_and_is_not_taken_up_again(
    tmp_path: Path, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    place = tmp_path / "w"
    before = opened(place, "")
    before.video(name="first")
    before.studio.close()
    user = opened(place, database)
    assert names(user) == ["first"]
    user.video(name="second")
    user.studio.close()
    with pytest.raises(StudioError, match="is in PostgreSQL at '/") as refused:
        opened(place, "")
    assert "STORYBOARD_DATABASE" in (refused.value.hint or "")
    assert entries_there(place) is None
    again = opened(place, database)
    assert sorted(names(again)) == ["first", "second"]
    again.studio.close()
    told = [each.message for each in caplog.records if "in the database now" in each.message]
    assert [line.partition(";")[0] for line in told] == ["1 video is in the database now"]


def test_a_file_is_not_forgotten_where_another_machine_began_without_it(
    tmp_path: Path, database: str
) -> None:
    place, other = tmp_path / "w", tmp_path / "other"
    before = opened(place, "")
    before.video(name="first")
    before.studio.close()
    who_it_is(place, other)
    opened(other, database).studio.close()
    with pytest.raises(StudioError, match="did not move to PostgreSQL") as refused:
        opened(place, database)
    schema = schema_of(before.studio.workspace.identity)
    told = f'DROP SCHEMA "{schema}" CASCADE'
    assert told in (refused.value.hint or "")
    with psycopg.connect(database, autocommit=True) as operator:
        operator.execute(told.encode())
    after = opened(place, database)
    assert names(after) == ["first"]
    after.studio.close()


def test_workspaces_do_not_meet(tmp_path: Path, database: str) -> None:
    users = [opened(tmp_path / name, database) for name in ("one", "two")]
    users[0].video(name="mine")
    assert [names(user) for user in users] == [["mine"], []]
    saved = snapshots.save(users[0].studio.workspace, "kept")
    saved.rename(tmp_path / "two" / "snapshots" / "kept")
    users[1].control("POST", "snapshots/kept/load")
    assert names(users[1]) == ["mine"]
    for user in users:
        user.studio.close()


def test_a_file_that_is_served_does_not_move(tmp_path: Path, database: str) -> None:
    """Its server would go on writing to the file, where no other one looks."""
    place = tmp_path / "w"
    opened(place, "").studio.close()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with announced(place, url), pytest.raises(StudioError, match="serves the workspace"):
            opened(place, database)
    opened(place, database).studio.close()


def test_another_database_is_not_filled_by_mistake(tmp_path: Path, database: str) -> None:
    place = tmp_path / "w"
    user = opened(place, database)
    user.studio.close()
    other = database.replace("/postgres?", "/template1?")
    for _ in range(2):
        with pytest.raises(StudioError, match="has no data of this workspace") as refused:
            opened(place, other)
        hint = refused.value.hint or ""
        assert user.studio.workspace.data.name not in f"{refused.value}{hint}", "logs are public"
    opened(place, database).studio.close()
    subprocess.run(hint[hint.index("rm ") :], shell=True, check=True)
    assert not (user.studio.workspace.data / NOTE).exists()
    opened(place, other).studio.close()


def test_a_text_with_a_null_is_refused_in_words(tmp_path: Path, database: str) -> None:
    """SQLite keeps such a text, and PostgreSQL none."""
    user = opened(tmp_path / "w", database)
    body = {"name": "a\0b", "avatarId": user.avatar(), "scenes": []}
    assert user.raw("video/add", body).status_code < 500
    told = user.service("media.add", ks=user.ks, **{"entry:name": "a\0b"})
    assert told["code"] != "INTERNAL_SERVER_ERROR", told
    assert user.video()
    user.studio.close()

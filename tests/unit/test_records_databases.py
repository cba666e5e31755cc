"""The promises of the studio's rows, which every database keeps: SQLite's file, and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.environment_variables import VARIABLES
from storyboard.errors import UsageError
from storyboard.local_studio.opening import DATABASE
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.records import (
    avatars,
    captions,
    entries,
    queue,
    seeding,
    session_rows,
    upload_tokens,
    videos,
)
from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.quota import Quota
from storyboard.studio.records.session import Principal, Session
from storyboard.studio.records.session_rows import Maker
from storyboard.studio.records.sql.compiled import STATEMENTS
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store, StoreError, Transaction
from storyboard.studio.records.table_queue import TableQueue
from storyboard.wire import VideoStatus
from tests.support.databases import DATABASES, opened

ANA, BO = Principal(1, "ana"), Principal(1, "bo")
GREEN = {"type": "color", "color": "#ceeedb"}
WRITTEN_BEFORE = Path(__file__).parents[1] / "support" / "studio_version_8.sql"
SCHEMAS = Path(__file__).parents[2] / "schemas"
SRT = "1\n00:00:00,000 --> 00:00:01,000\nhello\n"


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as until_end:
        yield opened(request.param, tmp_path, until_end)


def entry(entry_id: str, at: float = 1.0, **values: object) -> Entry:
    made = Entry(entry_id, ANA, "e", "video", "ab/c.mp4", "", 10, 1.5, 25, 64, 36, None, at, at)
    return replace(made, **values)


def a_video(tx: Transaction, at: float = 1.0, owner: Principal = ANA, **scene: str) -> str:
    return videos.add(tx, owner, name="v", avatar_id=None, scenes=[scene], now=at).id


def test_every_statement_is_understood(store: Store) -> None:
    numbers = ("limit", "offset", "partner_id", "size", "seq", "rowid", "drawn")
    with store.write() as tx:
        for name, statement in STATEMENTS.items():
            given = {
                key: 1 if key in numbers or str(bound.type) not in ("TEXT", "BOOLEAN") else "1"
                for key, bound in statement.compile().binds.items()
            }
            flags = {key: True for key in given if key.startswith(("sets_", "any_"))}
            lists = dict.fromkeys(("ids", "tags"), "[]")
            assert isinstance(tx.run(name, **(given | flags | lists)), int), name


def test_a_video_keeps_what_it_was_given(store: Store) -> None:
    with store.write() as tx:
        first = a_video(tx, 1.25)
        videos.change(tx, first, 9.5, status=VideoStatus.READY, was_composed=True, reason="r",
                      compose_params={"duration": 30})  # fmt: skip
        videos.change(tx, first, 3.0, reason=None, name="ä — 日本")
    with store.read() as tx:
        found = videos.find(tx, first, ANA)
        assert found is not None
        assert videos.find(tx, first, BO) is None
    assert (found.created_at, found.updated_at) == (1.25, 9.5)
    assert (found.status, found.was_composed, found.reason) == (VideoStatus.READY, True, None)
    assert (found.name, found.compose_params, found.scenes) == ("ä — 日本", {"duration": 30}, [{}])


def test_lists_are_in_order_and_of_one_user(store: Store) -> None:
    with store.write() as tx:
        made = [a_video(tx, at) for at in (5.0, 5.0, 1.0)]
        a_video(tx, 9.0, BO)
        videos.change(tx, made[2], 7.0, name="new")

        def ids(order_by: str, offset: int = 0, limit: int = 9) -> list[str]:
            count, found = videos.ids(tx, ANA, order_by=order_by, offset=offset, limit=limit)
            assert count == 3
            return found

        assert ids("createdAt") == [made[2], made[0], made[1]]
        assert ids("-createdAt") == [made[1], made[0], made[2]]
        assert ids("-updatedAt", limit=2) == [made[2], made[1]]
        assert ids("updatedAt", offset=1) == [made[1], made[2]]
        assert videos.latest(tx, 2)[0] == 4
        videos.delete(tx, made[1])
        assert a_video(tx, 5.0) not in made
        assert len(ids("createdAt")) == 3


def test_an_avatar_is_made_once(store: Store) -> None:
    with store.write() as tx:
        first = avatars.upsert(tx, ANA, "jane", GREEN, 1.0)
        assert avatars.upsert(tx, ANA, "jane", GREEN, 2.0) == first
        assert avatars.upsert(tx, BO, "jane", GREEN, 2.0) != first
        written = {**GREEN, "color": "#CEEEDB"}
        assert avatars.in_any_case(tx, ANA, "jane", written) == first
        assert avatars.in_any_case(tx, ANA, "adam", written) is None
        image = {"type": "entry", "entryId": "1_room"}
        avatars.upsert(tx, ANA, "jane", image, 3.0)
        assert avatars.stand_before(tx, "1_room")
        assert not avatars.stand_before(tx, "1_roo")
        count, shown = avatars.latest(tx, 2)
        assert (count, shown[0][0].background, shown[1][1]) == (3, image, BO)


def test_videos_are_read_until_they_are_large_enough(store: Store) -> None:
    with store.write() as tx:
        made = [a_video(tx, narration="x" * 1000) for _ in range(20)]
        videos.delete(tx, made[3])
        wanted = [*reversed(made)]
        found, left = videos.find_first(tx, wanted, 1 << 20)
        assert [video.id for video in found] == [each for each in wanted if each != made[3]]
        assert left == ()
        found, left = videos.find_first(tx, wanted, 14_000)
        assert [video.id for video in found] + [*left] == wanted
        assert 9 < len(found) < 14
        assert videos.find_first(tx, [], 1) == ([], ())


def test_avatars_are_chosen_by_id_and_tag(store: Store) -> None:
    with store.write() as tx:
        made = [
            avatars.add(tx, ANA, "jane", GREEN, 1.0, name=name, tags=name.split())
            for name in ("red green", "", "red")
        ]
        avatars.add(tx, BO, "jane", GREEN, 1.0, tags=["red"])
        both, none, red = (each.id for each in made)

        def chosen(**given: list[str]) -> list[str]:
            count, found = avatars.page(tx, ANA, offset=0, limit=9, **given)
            assert count == len(found)
            return [each.id for each in found]

        assert chosen() == [red, none, both]
        assert chosen(tags=["green", "blue"]) == [both]
        assert chosen(ids=[none, both, "x"]) == [none, both]
        assert chosen(ids=[none, both], tags=["red"]) == [both]
        assert chosen(ids=[]) == chosen(tags=[]) == []
        count, [second] = avatars.page(tx, ANA, offset=1, limit=1)
        assert (count, second.id, made[0].tags) == (3, none, ("red", "green"))
        avatars.change(tx, red, 5.0, name="rosy", background={"type": "none"})
        changed = avatars.find(tx, ANA, red)
        assert changed is not None
        assert (changed.name, changed.updated_at) == ("rosy", 5.0)
        assert changed.background == {"type": "none"}
        avatars.delete(tx, both)
        assert chosen(tags=["red"]) == [red]
        video = a_video(tx)
        assert videos.first_in(tx, ANA, VideoStatus.DRAFT) == video
        assert videos.first_in(tx, BO, VideoStatus.DRAFT) is None


def test_an_entry_takes_new_content_and_keeps_its_day(store: Store) -> None:
    with store.write() as tx:
        entries.put(tx, entry("1_a", 1.0))
        entries.put(tx, entry("1_b", 2.0, owner=BO, size=1 << 40, video_id="v"))
        entries.put(tx, entry("1_a", 5.0, name="new", blob="", owner=BO))
        entries.rename(tx, "1_b", "film", 6.0)
        kept = entries.find(tx, "1_a")
        assert kept is not None
        assert (kept.created_at, kept.updated_at, kept.name, kept.owner) == (1.0, 5.0, "new", ANA)
        assert [each.id for each in entries.find_all(tx)] == ["1_b", "1_a"]
        assert [each.id for each in entries.find_all(tx, user_id="bo")] == ["1_b"]
        assert entries.find_all(tx, id="1_b", user_id="ana") == []
        assert entries.find_ids(tx) == {"1_b"}
        assert entries.latest_uploads(tx, 5) == (0, [])
        assert entries.is_kept(tx, "ab/c.mp4")
        assert not entries.is_kept(tx, "ab/d.mp4")


def test_captions_are_listed_as_they_came(store: Store) -> None:
    with store.write() as tx:
        entries.put(tx, entry("1_a", video_id="v"))
        made = [
            captions.add(tx, "1_a", language="en", label=label, content=SRT, is_default=True, now=1)
            for label in ("one", captions.CHAPTERS, "two")
        ]
        captions.set_as_default(tx, made[2])
        captions.set_content(tx, made[0].id, SRT + "ö")
        listed = captions.of_entry(tx, "1_a")
        assert [(each.label, each.is_default) for each in listed] == [
            ("one", False), (captions.CHAPTERS, False), ("two", True),
        ]  # fmt: skip
        assert listed[0].size == len((SRT + "ö").encode())
        assert captions.content_of(tx, made[0].id) == SRT + "ö"
        assert len(captions.subtitles_of(tx, "1_a")) == 2
        captions.delete(tx, made[0].id)
        entries.delete(tx, "1_a")
        assert captions.of_entry(tx, "1_a") == []


def test_sessions_end_and_are_counted(store: Store) -> None:
    token = session_rows.new_app_token(1, user_id="ana")
    session = Session(1, "ana", 0, 100, {"sessionid": token.id}, "h1")
    with store.write() as tx:
        session_rows.add_app_token(tx, token, Maker.API, now=1.0, real=1.0)
        other = session_rows.new_app_token(1, user_id="bo")
        session_rows.add_app_token(tx, other, Maker.API, now=1.0, real=1.0)
        session_rows.update_app_token(tx, replace(token, expiry=7))
        assert session_rows.find_app_token(tx, token.id) == replace(token, expiry=7)
        assert [each.id for each in session_rows.app_tokens(tx)] == [other.id, token.id]
        for at in (5.0, 9.0, 7.0):
            session_rows.note_use(tx, token.id, at)
        kept = {each.token.id: each for each in session_rows.kept_app_tokens(tx)}
        assert (kept[token.id].used_at, kept[token.id].unused_since) == (9.0, 9.0)
        assert (kept[other.id].used_at, kept[other.id].unused_since) == (0.0, 1.0)
        assert [session_rows.count_use(tx, session) for _ in range(3)] == [1, 2, 3]
        assert not session_rows.look(tx, session)["is_revoked"]
        assert session_rows.delete_app_token(tx, token.id, 50)
        assert not session_rows.delete_app_token(tx, token.id, 60)
        session_rows.revoke(tx, session, 70)
        assert session_rows.look(tx, session)["is_revoked"]
        assert not session_rows.look(tx, Session(1, "ana", 0, 100, {}, "h2"))["is_revoked"]


def test_what_is_kept_of_a_session_goes_after_it(store: Store) -> None:
    """A row of each stayed for ever."""
    day = 86_400
    short, group = Session(1, "a", 0, 10, {}, "h1"), Session(1, "a", 0, 10, {"sessionid": "g"}, "")
    of_group = Session(1, "a", 0, 3 * day, {"sessionid": "g"}, "h2")
    with store.write() as tx:
        for session in (short, of_group):
            session_rows.count_use(tx, session)
        session_rows.revoke(tx, short, 4 * day)
        session_rows.revoke(tx, group, 4 * day)
        for clocks in ((10.0 + day, 9.0 * day), (9.0 * day, 1.0)):  # one may have been set
            session_rows.forget_expired(tx, *clocks)
            assert session_rows.look(tx, short)["is_revoked"]
        session_rows.forget_expired(tx, 2.0 * day, 9.0 * day)
        assert [row["hash"] for row in tx.rows("session_uses.rows")] == ["h2"]
        assert len(tx.rows("revoked_sessions.rows")) == 1
        assert session_rows.look(tx, of_group)["is_revoked"]
        assert session_rows.count_use(tx, of_group) == 2


def test_uploads_and_quotas(store: Store, tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "w", tmp_path / "w" / "data")
    quota = Quota(of_a_user=100, in_all=150, open_uploads=1, objects=1)
    with store.write() as tx:
        old = upload_tokens.add(tx, ANA, "", None, 0.0)
        token = upload_tokens.find(tx, old, ANA)
        assert token is not None
        assert upload_tokens.find(tx, old, BO) is None
        upload_tokens.rename(tx, token, "clip.mp4")
        part = blobs.draft(".part")
        part.write_bytes(b"x" * 30)
        upload_tokens.receive(tx, blobs, token, part, at=0, last=True, now=5.0)
        entries.put(tx, entry("1_a", size=50))
        assert quota.room(tx, ANA) == 20
        assert quota.room_for_file(tx, ANA) == 50
        assert quota.room(tx, BO) == 70
        with pytest.raises(Refusal):
            quota.check_open(tx, ANA)
        quota.check_count(tx, "entries", ANA)
        entries.put(tx, entry("1_b", size=0))
        with pytest.raises(Refusal):
            quota.check_count(tx, "entries", ANA)
        upload_tokens.close(tx, token, 6.0)
        assert quota.room(tx, ANA) == 50
        assert [each.file_name for each in upload_tokens.of_owner(tx, ANA)] == ["clip.mp4"]
    upload_tokens.sweep(store, blobs, 8 * 86_400.0)
    with store.read() as tx:
        assert upload_tokens.ids(tx) == frozenset()


def test_a_seed_gives_the_same_ids_again(store: Store) -> None:
    def drawn() -> list[float]:
        with store.write() as tx:
            seeding.plant(tx, "s")
            return [seeding.chance(tx).random() for _ in range(3)]

    assert drawn() == drawn()
    assert len({*drawn()}) == 3


def test_a_job_has_one_holder(store: Store) -> None:
    elsewhere = "0123456789ab.17.1.0"
    with store.write() as tx:
        made = [a_video(tx, owner=owner, entry="1_x") for owner in (ANA, ANA, BO)]
        for number, video in enumerate(made):
            queue.enqueue(tx, queue.FILM, video, f"1_{number}", 1.0, name="n")
    turns = queue.Turns()

    def at(now: float) -> queue.Queue:
        return TableQueue(store, lambda _: now)

    first = at(1).claim(elsewhere, queue.FILM, turns)
    second = at(1).claim(elsewhere, queue.FILM, turns)
    assert first is not None
    assert second is not None
    assert (first.video_id, second.video_id, first.name) == (made[0], made[2], "n")
    assert at(9).beat(first, "frames", 3, 4, [(1, 2)])
    again = at(12).claim(elsewhere, queue.FILM, turns)
    assert again is not None
    assert (again.video_id, again.attempt) == (made[2], 2)
    at(12).release(first)
    with store.write() as tx:
        assert queue.works_on(tx, "1_x")
        assert not queue.works_on(tx, "1_y")
        assert not queue.finish(tx, second, "ready", 20)
        assert not queue.finish(tx, first, "ready", 20)
        assert queue.finish(tx, again, "ready", 20)
        assert [job.video_id for job in queue.states(tx, open_only=True)] == made[:2]
        assert [job.outcome for job in queue.states(tx, open_only=False)] == [None, None, "ready"]
        queue.cancel(tx, made[0], 30)
        last = queue.last_of(tx, made[0])
        assert last is not None
        assert (last.state, last.scenes) == ("cancelled", ((1, 2),))


def in_threads(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_writers_come_one_after_the_other(
    store: Store, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Two processes share the rows: what one has read stays true until it has written."""
    with ExitStack() as until_end:
        other = opened(request.node.callspec.params["store"], tmp_path, until_end)
        with store.write() as tx:
            video = a_video(tx)
            videos.change(tx, video, 1.0, name="0")

        def count_up(number: int) -> None:
            for _ in range(10):
                with (store, other)[number % 2].write() as tx:
                    found = videos.find(tx, video)
                    assert found is not None
                    videos.change(tx, video, 1.0, name=str(int(found.name) + 1))
                    queue.enqueue(tx, queue.FILM, f"{number}-{found.name}", "", 1.0)

        in_threads(4, count_up)
        with other.read() as tx:
            found = videos.find(tx, video)
            assert found is not None
            assert found.name == "40"
            assert len(queue.states(tx, open_only=True)) == 40


def test_what_fails_leaves_nothing_and_is_not_seen(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            a_video(tx)
            with store.read() as meanwhile:
                assert videos.latest(meanwhile, 9) == (0, [])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.write() as tx:
        assert videos.latest(tx, 9) == (0, [])
        queue.enqueue(tx, queue.FILM, "a", "", 1.0)
    with pytest.raises(Exception, match=r"(?i)unique") as raised, store.write() as tx:
        queue.enqueue(tx, queue.FILM, "a", "", 1.0)
    assert not isinstance(raised.value, StoreError)
    with store.write() as tx:
        assert len(queue.states(tx, open_only=True)) == 1


def test_a_copy_is_of_one_moment(store: Store) -> None:
    with store.write() as tx:
        kept = a_video(tx)
    with store.read_at_once() as still, store.read() as moving:
        assert videos.latest(still, 9) == (1, [kept])
        with store.write() as tx:
            videos.delete(tx, kept)
        assert videos.latest(still, 9) == (1, [kept])
        assert videos.latest(moving, 9) == (0, [])


def test_a_file_of_an_earlier_release_is_gone_on_with(tmp_path: Path) -> None:
    """As the last release without these statements wrote it: rows, indexes and version."""
    with closing(sqlite3.connect(tmp_path / "studio.sqlite3")) as file:
        file.executescript(WRITTEN_BEFORE.read_text(encoding="utf-8"))
    with closing(SqliteStore(tmp_path / "studio.sqlite3")) as store:
        owner = Principal(998543570, "local")
        with store.write() as tx:
            count, [last, first] = videos.ids(tx, owner, order_by="-createdAt", offset=0, limit=9)
            filmed = videos.find(tx, last, owner)
            assert filmed is not None
            assert (count, filmed.name, filmed.status.value) == (
                2,
                "Überblick — 日本",
                "generating",
            )
            assert filmed.avatar_id is not None
            assert avatars.find(tx, owner, filmed.avatar_id) is not None
            assert [each.has_content for each in entries.find_all(tx)] == [False]
            assert [each.session_user_id for each in session_rows.app_tokens(tx)] == ["ana"]
            assert [each.file_name for each in upload_tokens.of_owner(tx, owner)] == ["clip.mp4"]
            videos.change(tx, first, 1790000009.0, name="renamed")
            assert videos.latest(tx, 1) == (2, [first])
        job = TableQueue(store).claim("x", queue.FILM)
        assert job is not None
        assert (job.video_id, job.seq) == (last, 1)


def test_no_project_file_names_a_database() -> None:
    """A stranger's pull request could send rows, and the login of the database, to any host."""
    [variable] = [each for each in VARIABLES if each.name == DATABASE]
    assert (variable.key, variable.secret) == ("", True)
    for name in ("project", "storyboard"):
        schema = (SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8")
        assert "database" not in schema.lower()


@pytest.mark.parametrize(
    "login", ["s3cret/x@", "x@s3cret@", "1/s3cret@", "1@/s3cret@", "s3cret/@", "s3cret/"]
)
def test_no_part_of_a_password_is_taken_for_what_messages_show(login: str) -> None:
    """A random password has `/` or `@` now and then, and who pastes it does not encode them."""
    from storyboard.studio.records.postgres_connection import place_of

    with pytest.raises(UsageError, match="invalid address") as refused:
        place_of(f"postgresql://ana:{login}db:5432/rows")
    assert "s3cret" not in f"{refused.value}{refused.value.hint}"
    assert "%2F" in (refused.value.hint or "")


def test_messages_name_a_database_by_its_place() -> None:
    from storyboard.studio.records.postgres_connection import place_of

    for url, place in (
        ("postgresql://ana:s3cret%2F%40@db:5433/rows", "db:5433/rows"),
        ("postgresql://ana@/rows?host=/run/pg", "/run/pg:5432/rows"),
        ("postgresql://a:1,b:2/rows", "a,b:1,2/rows"),
        ("host=@socket dbname=rows", "@socket:5432/rows"),
    ):
        assert place_of(url) == place

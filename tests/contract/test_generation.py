"""Generation: what makes it fail, what is told of that, and the way back."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from storyboard.hints import hint_for
from storyboard.studio.film.request import Cancelled, Cue, Film, FilmError
from storyboard.studio.jobs import filming
from storyboard.studio.records import sqlite_file
from storyboard.studio.records.queue import MAX_ATTEMPTS, MAX_UNKEPT
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import StoreError
from storyboard.studio.records.table_queue import TableQueue
from storyboard.studio.stage.rooms.backdrop import BackdropKind
from tests.contract.studio_rig import (
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    open_test_studio,
    write_movie,
)
from tests.support.databases import ALONE_IN_SQLITE
from tests.support.passing_time import eventually

LONG = "A narration that takes a good while to speak, four seconds or so in all."


def broll(entry_id: str = "1_clip0000", start: float = 0, text: str = LONG) -> dict[str, Any]:
    return {
        "layoutType": "broll",
        "narration": {"text": text},
        "broll": {"entryId": entry_id, "startTime": start},
    }


def give(user: Caller, path: Path, entry_id: str, seconds: float = 6, fps: int = 25) -> None:
    content = write_movie(path / f"{entry_id}.mp4", seconds, fps).read_bytes()
    reply = user.control("POST", f"media?entryId={entry_id}&name=clip", content=content)
    assert reply["id"] == entry_id, reply


HOURS = {"text": "word " * 900, "say": [{"word": "word", "said": "w " * 90}]}
"""A text that may be sent, and is spoken for hours."""


@pytest.mark.parametrize(
    ("scenes", "reason"),
    [
        ([], "no-scenes"),
        ([{"narration": {"text": "Too short."}}], "speech-too-short: scene 0"),
        ([HELLO, {"layoutType": "full-screen"}], "narration-empty: scene 1"),
        ([HELLO, {"narration": {"text": " \n"}}], "narration-empty: scene 1"),
        ([HELLO, {"narration": HOURS}], "narration-too-long: scene 1"),
        ([broll("1_missing0")], "broll-missing: scene 0: there is no entry '1_missing0'"),
        ([{"layoutType": "broll", "narration": {"text": LONG}}], "broll-missing: scene 0"),
        ([broll(start=6)], "in-point-past-end: scene 0"),
        ([broll(start=3)], "clip-too-short: scene 0: the narration lasts 4.8 s, and '1_clip0000'"),
        ([broll("1_fps24000")], "clip-frame-rate: scene 0"),
        ([broll(f"1_source{n}") for n in range(6)], "TOO_MANY_SOURCES"),
    ],
)
def test_a_cause_is_told_to_whose_video_it_is_and_in_the_log(
    user: Caller,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    scenes: list[dict[str, Any]],
    reason: str,
) -> None:
    give(user, tmp_path, "1_clip0000")
    give(user, tmp_path, "1_fps24000", fps=24)
    added = user("video/add", name="x", avatarId=user.avatar(), scenes=scenes)
    user("video/generate", id=added["id"])
    failed = user.wait(added["id"], "generate-error")
    assert set(failed) - set(added) == {"reason"}
    assert failed["entryId"] is None
    told = user.control("GET", f"videos/{added['id']}")
    assert told["reason"].startswith(reason)
    assert told["job"]["state"] == "ended"
    logged = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert logged == [f"generation of video {added['id']} failed: {told['reason']}"]
    for reply in (failed, user("video/get", id=added["id"]), user("video/list")["objects"][0]):
        assert reply["reason"] == told["reason"]
    again = user("video/resetStatus", id=added["id"])
    assert again["status"] == "draft"
    assert "reason" not in again


def test_a_fixed_video_is_generated_after_a_reset(user: Caller) -> None:
    video_id = user.video({"narration": {"text": "No."}})
    user("video/generate", id=video_id)
    user.wait(video_id, "generate-error")
    user("video/resetStatus", id=video_id)
    user("video/update", id=video_id, scenes=[HELLO])
    user("video/generate", id=video_id)
    assert user.wait(video_id, "ready")["entryId"]
    assert user.control("GET", f"videos/{video_id}")["reason"] is None


def test_a_failed_second_film_leaves_the_first(user: Caller) -> None:
    video_id = user.video()
    user("video/generate", id=video_id)
    first = user.wait(video_id, "ready")["entryId"]
    user("video/update", id=video_id, scenes=[{"narration": {"text": "No."}}])
    user("video/generate", id=video_id)
    user.wait(video_id, "generate-error")
    assert user.service("media.get", entryId=first, ks=user.ks)["id"] == first


@pytest.mark.parametrize(
    ("switch", "scene"),
    [
        ("broll_overrun=hold-last-frame", broll(start=3)),
        ("broll_overrun=loop", broll(start=3)),
        ("broll_frame_rates=any", broll("1_f")),
    ],
)
def test_leniency_is_a_switch(tmp_path: Path, switch: str, scene: dict[str, Any]) -> None:
    name, value = switch.split("=")
    with open_test_studio(tmp_path / "w", contract={name: value}) as studio:
        user = caller(studio)
        give(user, tmp_path, "1_clip0000")
        give(user, tmp_path, "1_f0000", fps=24)
        scene["broll"]["entryId"] = scene["broll"]["entryId"].replace("1_f", "1_f0000")
        video_id = user.video(scene)
        user("video/generate", id=video_id)
        user.wait(video_id, "ready")


def test_too_many_sources_can_be_refused_at_once(tmp_path: Path) -> None:
    studio = open_test_studio(tmp_path, contract={"too_many_sources": "refuse"})
    user = caller(studio)
    video_id = user.video(*[broll(f"1_source{n}") for n in range(6)])
    assert user("video/generate", id=video_id)["code"] == "TOO_MANY_SOURCES"
    assert user("video/get", id=video_id)["status"] == "draft"
    studio.close()


def test_the_film_is_what_the_scenes_say(tmp_path: Path) -> None:
    maker = TinyFilmMaker()
    with open_test_studio(tmp_path / "w", maker) as studio:
        user = caller(studio)
        give(user, tmp_path, "1_clip0000")
        adam = user.avatar("adam", type="library", id="office-1")
        speech = {"text": "Hi, I am Adam, and I speak here.", "avatarId": adam}
        unused = {**HELLO, "broll": {"entryId": "1_clip0000", "startTime": 1}}
        video_id = user.video(unused, {"narration": speech}, broll(start=0.5))
        user("video/generate", id=video_id)
        user.wait(video_id, "ready")
    first, second, third = maker.made[0].scenes
    assert (first.presenter, first.clip) == ("jane", None)
    assert second.presenter == "adam"
    assert (second.backdrop.kind, second.backdrop.value) == (BackdropKind.LIBRARY, "office-1")
    assert third.clip is not None
    assert third.clip.start == 0.5
    assert third.clip.path.is_file()


def test_while_it_is_filmed(tmp_path: Path) -> None:
    gate = threading.Event()
    with open_test_studio(tmp_path, TinyFilmMaker(gate)) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        assert user("video/generate", id=video_id)["code"] == "VIDEO_IS_BEING_GENERATED"
        assert user("video/update", id=video_id, scenes=[])["code"] == "VIDEO_IS_PROCESSING"
        assert user("video/update", id=video_id, name="renamed")["name"] == "renamed"

        def films() -> Any:
            return user.control("GET", "progress")["objects"]

        eventually(lambda: films()[0]["progress"] > 0)
        (film,) = films()
        assert film["id"] == video_id
        assert film["progress"] == pytest.approx(0.5, abs=0.05)
        (scene,) = film["scenes"]
        assert scene["done"] == scene["total"] // 2 > 0
        gate.set()
        entry_id = user.wait(video_id, "ready")["entryId"]
        assert user.service("media.get", entryId=entry_id, ks=user.ks)["name"] == "renamed"
        assert user.control("GET", "progress")["objects"] == []


class CancelledFilmMaker(TinyFilmMaker):
    """Counts the films that it began, and those that it was told to give up."""

    begun = cancelled = 0

    def __call__(self, *args: Any, **options: Any) -> Film:
        self.begun += 1
        try:
            return super().__call__(*args, **options)
        except Cancelled:
            self.cancelled += 1
            raise


def test_deleting_a_video_cancels_its_film(tmp_path: Path) -> None:
    gate = threading.Event()
    maker = CancelledFilmMaker(gate)
    with open_test_studio(tmp_path, maker) as studio:
        user = caller(studio)
        doomed, other = user.video(), user.video(name="other")
        user("video/generate", id=doomed)
        eventually(lambda: maker.begun)
        user("video/delete", id=doomed)
        user("video/generate", id=other)
        eventually(lambda: maker.cancelled)
        gate.set()
        user.wait(other, "ready")
        names = {entry["name"] for entry in user.control("GET", "media")["objects"]}
    assert names == {"other"}
    assert len(maker.made) == 1


def test_closing_gives_the_film_back_to_the_queue(tmp_path: Path) -> None:
    maker = CancelledFilmMaker(threading.Event())
    with open_test_studio(tmp_path, maker) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        eventually(lambda: maker.begun)
    assert maker.cancelled == 1
    with open_test_studio(tmp_path) as studio:
        user = caller(studio)
        user.wait(video_id, "ready")
        assert user.control("GET", f"videos/{video_id}")["job"]["attempt"] == 1
        assert len(user.control("GET", "media")["objects"]) == 1


class BrokenFilmMaker(TinyFilmMaker):
    def __call__(self, *args: Any, **options: Any) -> Any:
        raise ZeroDivisionError("a bug of the film maker")


def test_a_bug_ends_in_an_error_and_never_in_generating(tmp_path: Path) -> None:
    with open_test_studio(tmp_path, BrokenFilmMaker()) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        failed = user.wait(video_id, "generate-error")
        reason = user.control("GET", f"videos/{video_id}")["reason"]
    assert reason == "internal: ZeroDivisionError: a bug of the film maker"
    assert failed["reason"] == "internal: the studio failed: its log says how"


class LaterFailingMaker(TinyFilmMaker):
    """Films once, and fails from then on."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        if self.made:
            raise FilmError("internal", "nothing works any more")
        return super().__call__(*args, **options)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (None, ["none", "film", "none", "none", "none", "none"]),
        ("ready", ["none", "film", "none", "none", "none", "none"]),
        ("kept", ["none", "film", "film", "film", "film", "film"]),
        ("early", ["film", "film", "film", "coming", "film", "film"]),
    ],
)
def test_when_the_entry_is_shown(tmp_path: Path, rule: str | None, shown: list[str]) -> None:
    """Guide §6: only while the video is ready; later revisions keep it, and know it before."""
    gate = threading.Event()
    contract = {} if rule is None else {"entry_id_while_generating": rule}
    with open_test_studio(tmp_path, LaterFailingMaker(gate), contract=contract) as studio:
        user = caller(studio)
        video_id = user.video()
        seen = [user("video/generate", id=video_id)["entryId"]]
        gate.set()
        film = user.wait(video_id, "ready")["entryId"]
        gate.clear()
        seen += [film, user("video/update", id=video_id, scenes=[HELLO] * 2)["entryId"]]
        seen.append(user("video/generate", id=video_id)["entryId"])
        gate.set()
        seen.append(user.wait(video_id, "generate-error")["entryId"])
        seen.append(user("video/resetStatus", id=video_id)["entryId"])
        names = {None: "none", film: "film"}
        assert [names.get(entry, "coming") for entry in seen] == shown
        listed = user("video/list")["objects"][0]
        assert listed["entryId"] == seen[-1]


def test_a_second_film_has_an_entry_of_its_own(tmp_path: Path) -> None:
    with open_test_studio(tmp_path) as studio:
        user = caller(studio)
        video_id = user.video()
        user("video/generate", id=video_id)
        old = user.wait(video_id, "ready")["entryId"]
        user("video/update", id=video_id, scenes=[HELLO] * 2)
        user("video/generate", id=video_id)
        assert user.wait(video_id, "ready")["entryId"] not in (None, old)


@pytest.mark.parametrize(
    ("rate", "status"),
    [
        (Fraction(25), "ready"),
        (Fraction(30), "ready"),
        (Fraction(24), "generate-error"),
        (Fraction(30_000, 1001), "generate-error"),
        (Fraction(50), "generate-error"),
    ],
)
def test_b_roll_has_one_of_two_rates(
    user: Caller, tmp_path: Path, rate: Fraction, status: str
) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 4, fps=rate)
    user.control("POST", "media?entryId=1_clip0000", content=movie.read_bytes())
    scene = {**HELLO, "layoutType": "broll", "broll": {"entryId": "1_clip0000", "startTime": 0}}
    video_id = user.video(scene)
    user("video/generate", id=video_id)
    user.wait(video_id, status)
    reason = user.control("GET", f"videos/{video_id}")["reason"]
    assert (reason is None) == (status == "ready")
    assert reason is None or reason.startswith("clip-frame-rate: scene 0")


@ALONE_IN_SQLITE
def test_a_film_that_the_database_never_takes_fails_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was made again for ever: what is too large today is so tomorrow."""
    monkeypatch.setattr(sqlite_file, "_LONGEST_ROW", 40_000)
    monkeypatch.setattr(SqliteStore, "look_seconds", 0.01)
    made = TinyFilmMaker()

    def make(*asked: Any) -> Film:
        return replace(made(*asked), captions=(Cue(0.0, 1.0, "word " * 10_000),))

    with open_test_studio(tmp_path / "w", make) as studio:
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        failed = user.wait(video, "generate-error")
        told = user.control("GET", f"videos/{video}")
    assert failed["reason"] == "not-kept: the studio failed: its log says how"
    assert len(made.made) == MAX_UNKEPT
    assert "takes no row of that size (20 times)" in told["reason"]
    assert told["reason"].startswith("not-kept: the studio's data in '")
    assert hint_for("not-kept")


@pytest.mark.parametrize("end", ["released", "failed"])
def test_an_end_that_could_not_be_kept_is_no_death(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    """No renderer died: the database was away at the film's end, and when the job went back."""
    rounds, away = [MAX_ATTEMPTS + 1], [False]
    publish, release, fail = filming._publish, TableQueue.release, filming.fail

    def published(*given: Any) -> bool:
        if rounds[0]:
            rounds[0] -= 1
            away[0] = True
            raise StoreError("it is away") if end == "released" else OSError(errno.EIO, "broken")
        return publish(*given)

    def kept(call: Callable[..., Any]) -> Callable[..., Any]:
        def once(*given: Any) -> Any:
            if away[0]:
                away[0] = False
                raise StoreError("it is away")
            return call(*given)

        return once

    monkeypatch.setattr(filming, "_publish", published)
    monkeypatch.setattr(TableQueue, "release", kept(release) if end == "released" else release)
    monkeypatch.setattr(filming, "fail", kept(fail))
    with open_test_studio(tmp_path / "w", workers=1) as studio:
        user = caller(studio)
        video = user.video(HELLO)
        user("video/generate", id=video)
        user.wait(video, "ready")
        with studio.workspace.store.read() as tx:
            job = tx.row("jobs.last_of_video", video_id=video)
    assert job is not None
    assert (job["attempt"], job["unkept"], rounds) == (1, MAX_ATTEMPTS + 1, [0])

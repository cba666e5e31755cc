"""What comes over the network fills no disk: quotas, false sizes, uploads that are left."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.api import bodies
from storyboard.studio.api.bodies import MAX_MEDIA_BYTES
from storyboard.studio.api.caption_services import MAX_ASSETS
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.behavior.rights import API, CATALOG, GROWING, SERVICES
from storyboard.studio.jobs import uploads
from storyboard.studio.jobs.uploads import recognize
from storyboard.studio.local import Studio
from storyboard.studio.records import upload_files
from storyboard.studio.records.quota import Incoming, Quota
from storyboard.studio.records.session import Principal
from storyboard.studio.records.upload_files import UploadFiles
from storyboard.wire import NEXT
from tests.contract.studio_rig import (
    BACKGROUND,
    CAST,
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    open_test_studio,
    write_movie,
    write_picture,
)
from tests.contract.test_privacy import SOURCES
from tests.contract.test_uploads import ask, filled, new_entry, send, uploaded
from tests.support.passing_time import eventually

SMALL = Quota(of_a_user=30_000, in_all=50_000, left_free=0, open_uploads=5)
DAY = 86_400


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path / "w", quota=SMALL)
    yield studio
    studio.close()


@pytest.fixture
def user(studio: Studio) -> Caller:
    return caller(studio)


def begun(user: Caller, **fields: Any) -> Any:
    return ask(user, "uploadToken.add", **{f"uploadToken:{k}": v for k, v in fields.items()})


def files(user: Caller) -> list[Path]:
    path = user.studio.workspace.path
    return [
        file for part in ("tmp", "uploads") for file in (path / part).rglob("*") if file.is_file()
    ]


def test_a_user_sends_no_more_than_a_quota(studio: Studio, user: Caller) -> None:
    first = begun(user)["id"]
    assert send(user, first, b"x" * 20_000)["status"] == 2
    second = begun(user)["id"]
    told = send(user, second, b"x" * 20_000)
    assert told["code"] == "QUOTA_EXCEEDED"
    assert "10,000 are left" in told["message"]
    assert "--workspace" in told["message"]
    assert begun(user, fileSize=10_001)["code"] == "QUOTA_EXCEEDED"
    assert send(user, second, b"x" * 10_000)["status"] == 2
    assert ask(user, "uploadToken.delete", uploadTokenId=first) is None
    assert begun(user, fileSize=10_001)["status"] == 0


def test_all_users_send_no_more_than_the_studio_takes(studio: Studio, user: Caller) -> None:
    other = caller(studio, "other@example.com")
    assert send(user, begun(user)["id"], b"x" * 30_000)["status"] == 2
    assert send(other, begun(other)["id"], b"x" * 30_000)["code"] == "QUOTA_EXCEEDED"
    assert send(other, begun(other)["id"], b"x" * 20_000)["status"] == 2


def test_a_file_in_parts_counts_as_a_whole(user: Caller) -> None:
    token = begun(user)["id"]
    for number in range(3):
        part = send(user, token, b"x" * 10_000, resume="1", finalChunk="0")
        assert part["uploadedFileSize"] == (number + 1) * 10_000
    assert send(user, token, b"x", resume="1", finalChunk="0")["code"] == "QUOTA_EXCEEDED"


def test_what_comes_in_counts_before_it_is_there(
    studio: Studio, user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half-sent files counted nowhere: a user could have any number of them on the disk."""
    monkeypatch.setattr(bodies, "_WRITTEN_AT_ONCE", 1000)
    token, written, note = begun(user)["id"], list[int](), studio.workspace.incoming.note

    def noted(draft: Path, owner: Principal, size: int, room: int) -> None:
        written.append(size)
        note(draft, owner, size, room)

    monkeypatch.setattr(studio.workspace.incoming, "note", noted)

    async def form() -> AsyncIterator[bytes]:
        for name, text in (("ks", user.ks), ("uploadTokenId", token), ("fileData", "")):
            file = '; filename="a"' if name == "fileData" else ""
            yield f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
            yield f"{text}\r\n".encode() if text else b""
        for _ in range(100):
            yield b"x" * 10_000

    path = "/api_v3/service/uploadToken/action/upload"
    parts = {"content-type": "multipart/form-data; boundary=x"}
    told = user.send("POST", path, content=form(), headers=parts).json()
    assert told["code"] == "QUOTA_EXCEEDED"
    assert 20_000 < max(written) < 60_000
    assert files(user) == []
    incoming, owner = Incoming(), Principal(1, "a")
    for name in "ab":
        incoming.note(Path(name), owner, 500, 1000)
        incoming.note(Path(name), Principal(1, "b"), 0, 1000)
        incoming.note(Path(name), owner, 500, 1000)
    with pytest.raises(Refusal, match="1,001 bytes at once"):
        incoming.note(Path("a"), owner, 501, 1000)
    incoming.forget(Path("a"))
    incoming.note(Path("b"), owner, 1000, 1000)


def test_a_file_may_be_sent_again_in_place_of_itself(user: Caller) -> None:
    token = begun(user)["id"]
    for _ in range(3):
        assert send(user, token, b"x" * 20_000, finalChunk="0")["uploadedFileSize"] == 20_000


def test_what_became_an_entry_still_counts(user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    assert 2000 < len(movie) < 20_000
    made = filled(user, new_entry(user), uploaded(user, movie))
    assert begun(user, fileSize=SMALL.of_a_user - len(movie) + 1)["code"] == "QUOTA_EXCEEDED"
    assert ask(user, "media.delete", entryId=made["id"]) is None
    assert begun(user, fileSize=SMALL.of_a_user)["status"] == 0


def kept(studio: Studio) -> list[Path]:
    return [path for path in (studio.workspace.data / "blobs").rglob("*") if path.is_file()]


def test_what_is_deleted_leaves_the_disk_at_once(
    studio: Studio, user: Caller, tmp_path: Path
) -> None:
    """It counted no longer and stayed: sent and deleted again and again, it filled the disk."""
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    first, second = (filled(user, new_entry(user), uploaded(user, movie)) for _ in range(2))
    assert len(kept(studio)) == 1
    ask(user, "media.delete", entryId=first["id"])
    assert len(kept(studio)) == 1
    ask(user, "media.delete", entryId=second["id"])
    assert kept(studio) == []
    for seconds in (1, 2):
        content = write_movie(tmp_path / "clip.mp4", seconds).read_bytes()
        user.control("POST", "media?entryId=1_same", content=content)
        assert [path.read_bytes() for path in kept(studio)] == [content]


@pytest.mark.parametrize("way", ["broll", "background"])
def test_what_a_film_in_work_shows_is_deleted_with_its_end(tmp_path: Path, way: str) -> None:
    gate = threading.Event()
    clip, picture = write_movie(tmp_path / "clip.mp4", 9), write_picture(tmp_path / "room.png")
    maker = TinyFilmMaker(gate)
    with open_test_studio(tmp_path / "w", maker) as studio:
        user = caller(studio)
        path = clip if way == "broll" else picture
        entry = studio.add_media(path)["id"]
        scene: dict[str, Any] = {**HELLO}
        if way == "broll":
            scene |= {"layoutType": "broll", "broll": {"entryId": entry, "startTime": 0}}
            avatar = user.avatar()
        else:
            avatar = user.avatar(type="entry", entryId=entry)
        video = user("video/add", name="x", avatarId=avatar, scenes=[scene])["id"]
        user("video/generate", id=video)
        assert maker.filming.wait(60)
        user.service("media.delete", ks=studio.admin_session(), entryId=entry)
        assert [each.read_bytes() for each in kept(studio)] == [path.read_bytes()]
        gate.set()
        user.wait(video, "ready")
        eventually(lambda: len(kept(studio)) == 1)
        assert [each.suffix for each in kept(studio)] == [".mp4"]
        assert kept(studio)[0].read_bytes() != path.read_bytes()


def test_a_user_has_a_few_uploads_open(user: Caller) -> None:
    tokens = [begun(user)["id"] for _ in range(SMALL.open_uploads)]
    told = begun(user)
    assert told["code"] == "QUOTA_EXCEEDED"
    assert f"{SMALL.open_uploads} uploads are open" in told["message"]
    ask(user, "uploadToken.delete", uploadTokenId=tokens[0])
    assert begun(user)["status"] == 0


def test_a_disk_is_left_some_room(tmp_path: Path) -> None:
    studio = open_test_studio(tmp_path / "w", quota=Quota(left_free=1 << 60))
    user = caller(studio)
    token = begun(user)["id"]
    told = send(user, token, b"x" * 100)
    assert told["code"] == "QUOTA_EXCEEDED"
    assert "the disk is almost full" in told["message"]
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    assert user.control("POST", "media", content=movie)["code"] == "QUOTA_EXCEEDED"
    assert files(user) == []
    studio.close()


def test_a_full_disk_takes_no_rows_and_lets_users_delete(tmp_path: Path) -> None:
    """Texts filled the disk up to the last byte: nobody could do anything any more."""
    with open_test_studio(tmp_path / "w") as studio:
        user = caller(studio)
        video, avatar = user.video(), user.avatar()
        entry = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
        asset = user.service("caption_captionAsset.add", ks=user.ks, entryId=entry)["id"]
    with open_test_studio(tmp_path / "w", quota=Quota(left_free=1 << 60)) as studio:
        user = Caller(studio, user.ks)
        text = "00:00 --> 00:01\nHello."
        bodies: dict[str, dict[str, Any]] = {
            "video/add": {"name": "x", "avatarId": avatar, "scenes": []},
            "video/update": {"id": video, "name": "x"},
            "video/compose": {"id": video, **SOURCES},
            "avatar/upsert": {"templateId": "adam", "background": BACKGROUND},
            "media/add": {"entry:name": "x"},
            "caption_captionasset/add": {"entryId": entry},
            "caption_captionasset/setcontent": {"id": asset, "contentResource:content": text},
        }
        rows = {row for row in GROWING if not row.startswith(CATALOG)}
        assert {row.removeprefix(API).removeprefix(SERVICES) for row in rows} == {*bodies}
        for row in rows:
            name = row.removeprefix(API).removeprefix(SERVICES)
            if row.startswith(API):
                told = user(name, **bodies[name])
            else:
                told = user.service(name.replace("/", "."), ks=user.ks, **bodies[name])
            assert told["code"] == "QUOTA_EXCEEDED", name
        told = user.control("POST", f"media/{entry}/captions", content=text.encode())
        assert told["code"] == "QUOTA_EXCEEDED"
        assert user("video/list")["totalCount"] == 1
        user.service("caption_captionAsset.delete", captionAssetId=asset, ks=user.ks)
        user.service("media.delete", entryId=entry, ks=user.ks)
        user("video/delete", id=video)
        assert user("video/list")["totalCount"] == 0


def test_a_full_disk_takes_no_avatars_into_the_catalog(tmp_path: Path) -> None:
    contract = Contract(profile=NEXT)
    with open_test_studio(tmp_path / "w", contract=contract) as studio:
        user = caller(studio)
        avatar = user.avatar()
    full = Quota(left_free=1 << 60)
    with open_test_studio(tmp_path / "w", contract=contract, quota=full) as studio:
        user = Caller(studio, user.ks)
        rows = {row.removeprefix(CATALOG) for row in GROWING if row.startswith(CATALOG)}
        assert rows == {"avatar/create", "avatar/clone", "avatar/update"}
        ground = {"type": "color", "value": "#FFFFFF"}
        made = {"templateId": CAST["adam"], "background": ground}
        for name in rows:
            told = user.catalog(name, **(made if name == "avatar/create" else {"id": avatar}))
            assert told["code"] == "QUOTA_EXCEEDED", name
        assert user.catalog("avatar/delete", id=avatar) is None


@pytest.mark.parametrize(("announced", "sent"), [(10, 11), (10, 9), (0, 1), (1, 20_000)])
def test_a_size_that_is_a_lie_is_refused(user: Caller, announced: int, sent: int) -> None:
    token = begun(user, fileSize=announced)["id"]
    told = send(user, token, b"x" * sent)
    assert told["code"] == "VALIDATION_ERROR"
    assert f"{sent:,} bytes, and {announced:,} were announced" in told["message"]
    assert send(user, token, b"x" * announced, finalChunk="1")["status"] == 2


def test_a_size_beyond_all_is_refused_at_once(user: Caller) -> None:
    assert begun(user, fileSize=MAX_MEDIA_BYTES + 1)["code"] == "VALIDATION_ERROR"


def test_two_who_send_at_once_leave_a_whole_file(user: Caller) -> None:
    token = begun(user)["id"]
    contents = [letter * 9000 for letter in (b"a", b"b", b"c")]
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(partial(send, user, token), contents))
    codes = sorted(str(reply.get("code")) for reply in replies)
    assert codes == ["None", *["UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD"] * 2]
    (kept,) = files(user)
    assert len(set(kept.read_bytes())) == 1
    assert kept.stat().st_size == 9000


def test_two_who_make_it_an_entry_at_once_get_an_answer(user: Caller, tmp_path: Path) -> None:
    movie = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    for _ in range(3):
        entries = [new_entry(user) for _ in range(4)]
        fill = partial(filled, user, token=uploaded(user, movie))
        with ThreadPoolExecutor(4) as pool:
            codes = {reply.get("code") for reply in pool.map(fill, entries)}
        assert codes <= {None, "UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY"}
        assert None in codes
        assert files(user) == []
        for entry in entries:
            ask(user, "media.delete", entryId=entry)


def test_what_is_refused_as_an_entry_was_copied_nowhere(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty calls for one upload of 600 MB took 23 GB of the disk, and all threads for a minute."""
    token, entry = uploaded(user, b"no medium" * 1000), new_entry(user)
    found = files(user)
    seen: list[list[Path]] = []

    def looked(path: Path, name: str) -> Any:
        seen.append(files(user))
        return recognize(path, name)

    monkeypatch.setattr(uploads, "recognize", looked)
    for _ in range(3):
        assert filled(user, entry, token)["code"] == "MEDIA_NOT_SUPPORTED"
    assert seen == [found] * 3
    assert files(user) == found


def test_a_large_part_is_moved_and_not_copied(
    user: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part was copied while no other call could write."""
    monkeypatch.setattr(upload_files, "_COPIED", 1000)
    movie = write_movie(tmp_path / "clip.mp4", 2).read_bytes()
    token = begun(user, fileSize=len(movie))["id"]
    assert send(user, token, movie[:1200], finalChunk="0")["uploadedFileSize"] == 1200
    for start, end in ((1200, 2500), (2500, 2600), (1300, 2600), (1200, 1300), (1300, 2600)):
        part = send(user, token, movie[start:end], resume="1", resumeAt=start, finalChunk="0")
        assert part["uploadedFileSize"] == end
    assert len(files(user)) == 2
    early = send(user, token, b"x", resume="1", resumeAt=2601)
    assert early["code"] == "UPLOAD_TOKEN_CANNOT_RESUME"
    last = send(user, token, movie[2600:], resume="1")
    assert (last["status"], last["uploadedFileSize"]) == (2, len(movie))
    made = filled(user, new_entry(user), token)
    assert user.send("GET", made["downloadUrl"].removeprefix(user.base)).content == movie
    assert files(user) == []


def test_parts_are_put_together_again_after_a_crash(tmp_path: Path) -> None:
    kept = UploadFiles(tmp_path / "uploads")
    parts = [bytes([65 + number]) * (1 << 20) + b"!" for number in range(3)]
    at, noted = 0, ""
    for content in parts:
        part = tmp_path / "part"
        part.write_bytes(content)
        at, noted = kept.receive("t", part, at, noted)
    with kept.path("t").open("ab") as half:
        half.write(parts[1][:1000])
    kept.join("t", noted)
    assert kept.path("t").read_bytes() == b"".join(parts)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == ["t"]


def test_uploads_that_nobody_goes_on_with_are_swept(tmp_path: Path) -> None:
    clock = Clock()
    with open_test_studio(tmp_path / "w", clock=clock) as studio:
        user = caller(studio)
        old = begun(user)["id"]
        send(user, old, b"x", finalChunk="0")
        clock.now += 6 * DAY
        user = caller(studio)
        new = begun(user)["id"]
        send(user, new, b"y", finalChunk="0")
        stray = studio.workspace.path / "uploads" / "nobodys"
        stray.write_bytes(b"z")
        os.utime(stray, (time.time() - DAY,) * 2)
        clock.now += 2 * DAY
    with open_test_studio(tmp_path / "w", clock=clock) as studio:
        user = caller(studio)
        assert [token["id"] for token in ask(user, "uploadToken.list")["objects"]] == [new]
        assert [file.name for file in files(user)] == [new]
        clock.now += 6 * DAY
        user = caller(studio)
        begun(user)
        assert files(user) == []


def test_a_user_has_so_many_objects(tmp_path: Path) -> None:
    studio = open_test_studio(tmp_path / "w", quota=Quota(objects=3))
    user, other = caller(studio), caller(studio, "other@example.com")
    for _ in range(3):
        user.video()
        new_entry(user)
    body = {"name": "x", "avatarId": user.avatar()}
    assert user("video/add", **body)["code"] == "QUOTA_EXCEEDED"
    assert "3 videos" in user("video/add", **body)["message"]
    assert ask(user, "media.add")["code"] == "QUOTA_EXCEEDED"
    for color in ("#000001", "#000002"):
        user.avatar(type="color", color=color)
    refused = user(
        "avatar/upsert", templateId="jane", background={"type": "color", "color": "#0000FF"}
    )
    assert refused["code"] == "QUOTA_EXCEEDED"
    assert user.avatar() == body["avatarId"]
    assert other.video()
    studio.close()


def test_a_user_has_so_many_captions(tmp_path: Path) -> None:
    """Twenty thousand entries with two hundred captions each were four terabytes."""
    with open_test_studio(tmp_path / "w", quota=Quota(objects=3)) as studio:
        user, other = caller(studio), caller(studio, "other@example.com")
        made = [new_entry(user) for _ in range(2)]
        for number in range(3):
            asset = ask(user, "caption_captionAsset.add", entryId=made[number % 2])["id"]
        told = ask(user, "caption_captionAsset.add", entryId=made[0])
        assert (told["code"], "3 captions" in told["message"]) == ("QUOTA_EXCEEDED", True)
        assert ask(other, "caption_captionAsset.add", entryId=new_entry(other))["id"]
        ask(user, "caption_captionAsset.delete", captionAssetId=asset)
        assert ask(user, "caption_captionAsset.add", entryId=made[0])["id"]


def test_a_video_that_is_deleted_leaves_no_job(studio: Studio, user: Caller) -> None:
    """Made, filmed and deleted again and again, videos left rows that every look went through."""
    for _ in range(3):
        video = user.video()
        user("video/generate", id=video)
        user("video/delete", id=video)
    with studio.workspace.store.read() as tx:
        assert tx.rows("jobs.rows") == []


def test_an_entry_has_so_many_captions(studio: Studio, user: Caller) -> None:
    entry = new_entry(user)
    for _ in range(MAX_ASSETS):
        assert ask(user, "caption_captionAsset.add", entryId=entry)["id"]
    told = ask(user, "caption_captionAsset.add", entryId=entry)
    assert told["code"] == "QUOTA_EXCEEDED"


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "C:\\x", "‮gpj.exe", "x" * 9000])
def test_a_name_is_text_and_never_a_path(user: Caller, name: str) -> None:
    token = begun(user, fileName=name)
    assert len(token["fileName"]) <= 200
    assert send(user, token["id"], b"x", name="../../y")["status"] == 2
    (kept,) = files(user)
    assert kept.parent.name == "uploads"


def test_a_name_that_cannot_be_kept_is_refused(user: Caller) -> None:
    assert begun(user, fileName="a\0b")["code"] == "VALIDATION_ERROR"

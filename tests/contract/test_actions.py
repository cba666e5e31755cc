"""Every action of the guide, as a client sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.local import open_studio
from storyboard.wire import TEMPLATE_IDS
from tests.contract.studio_rig import (
    BACKGROUND,
    HELLO,
    Caller,
    TinyFilmMaker,
    caller,
    draw,
    open_test_studio,
    write_movie,
)

ISO_8601 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def test_templates_are_the_guides(user: Caller) -> None:
    reply = user("avatarTemplate/list")
    assert [t["id"] for t in reply["objects"]] == list(TEMPLATE_IDS)
    assert reply["objects"][13] == {"id": "jane", "name": "Jane"}
    assert reply["totalCount"] == 36


@pytest.mark.parametrize(
    "background",
    [
        BACKGROUND,
        {"type": "library", "id": "office-1"},
        {"type": "entry", "entryId": "0_bg7x9k2m"},
    ],
    ids=lambda b: b["type"],
)
def test_an_avatar_is_made_once(user: Caller, background: dict[str, str]) -> None:
    first = user("avatar/upsert", templateId="adam", background=background)
    assert first["templateId"] == "adam"
    assert first["background"] == background
    assert ISO_8601.fullmatch(first["createdAt"])
    assert user("avatar/upsert", templateId="adam", background=background) == first
    assert user("avatar/get", id=first["id"]) == first
    other = user("avatar/upsert", templateId="jane", background=background)
    assert other["id"] != first["id"]


def test_an_avatar_is_previewed(user: Caller) -> None:
    reply = user.raw("avatar/preview", {"id": user.avatar()})
    assert reply.headers["content-type"] == "image/png"
    assert reply.content == b"\x89PNGjane color #CEEEDB"


def test_a_video_lives(user: Caller) -> None:
    added = user("video/add", name="Q1", avatarId=user.avatar())
    assert added["status"] == "draft"
    assert added["scenes"] == []
    assert added["entryId"] is None
    assert added["composeParams"] is None
    assert added["userId"] == "creator@example.com"
    assert added["partnerId"] == user.studio.partner_id
    assert ISO_8601.fullmatch(added["updatedAt"])
    scenes = [{"narration": {"text": "One."}}, HELLO]
    updated = user("video/update", id=added["id"], name="Q2", scenes=scenes)
    assert (updated["name"], updated["scenes"]) == ("Q2", scenes)
    assert user("video/get", id=added["id"]) == updated
    assert user.raw("video/delete", {"id": added["id"]}).content == b"null"
    assert user("video/get", id=added["id"])["code"] == "VIDEO_NOT_FOUND"
    assert user("video/delete", id=added["id"])["code"] == "VIDEO_NOT_FOUND"


def test_videos_are_listed_in_order_and_pages(user: Caller) -> None:
    ids = [user.video(name=f"video {number}") for number in range(5)]
    user("video/update", id=ids[1], name="touched")

    def listed(order: str | None = None, **pager: int) -> list[str]:
        body = {"filter": {"orderBy": order}} if order else {}
        reply = user("video/list", **body, pager=pager)
        assert reply["totalCount"] == 5
        return [video["id"] for video in reply["objects"]]

    assert listed() == ids[::-1]
    assert listed("createdAt") == ids
    assert listed("-updatedAt")[0] == ids[1]
    assert listed("updatedAt")[-1] == ids[1]
    assert listed("createdAt", offset=1, limit=2) == ids[1:3]
    assert listed("createdAt", offset=9) == []


@pytest.mark.parametrize(
    ("contract", "pager", "shown"),
    [
        ({}, {}, 12),
        ({"default_page": "10"}, {}, 10),
        ({"default_page": "10"}, {"limit": 11}, 11),
        ({"largest_page": "10"}, {"limit": 1000}, 10),
        ({"largest_page": "10"}, {"limit": 1000, "offset": 10}, 2),
        ({"largest_page": "10"}, {"offset": 12}, 0),
    ],
)
def test_a_page_has_its_limits(
    tmp_path: Path, contract: dict[str, str], pager: dict[str, int], shown: int
) -> None:
    studio = open_test_studio(tmp_path, contract=contract)
    user = caller(studio)
    ids = [user.video(name=f"video {number}") for number in range(12)]
    reply = user("video/list", filter={"orderBy": "createdAt"}, pager=pager)
    first = pager.get("offset", 0)
    assert [video["id"] for video in reply["objects"]] == ids[first : first + shown]
    assert reply["totalCount"] == 12
    studio.close()


def test_a_film_is_made_and_downloaded(user: Caller) -> None:
    video_id = user.video()
    assert user("video/generate", id=video_id)["status"] == "generating"
    video = user.wait(video_id, "ready")
    assert re.fullmatch(r"1_[0-9a-z]{8}", video["entryId"])
    entry = user.service("media.get", entryId=video["entryId"], ks=user.ks)
    assert entry["objectType"] == "KalturaMediaEntry"
    assert (entry["mediaType"], entry["status"]) == (1, 2)
    assert entry["msDuration"] == pytest.approx(1000 * 33 / 15, abs=40)
    flavors = user.service("flavorAsset.list", **{"filter[entryIdEqual]": entry["id"]}, ks=user.ks)
    assert flavors["objects"][0]["frameRate"] == 25
    whole = user.send("GET", entry["downloadUrl"])
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.content[4:8] == b"ftyp"
    assert "attachment" in whole.headers["content-disposition"]
    part = user.send("GET", entry["downloadUrl"], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["content-range"] == f"bytes 4-7/{len(whole.content)}"
    beyond = user.send("GET", entry["downloadUrl"], headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_a_new_generation_is_a_new_entry_and_the_old_one_stays(user: Caller) -> None:
    video_id = user.video()
    user("video/generate", id=video_id)
    first = user.wait(video_id, "ready")["entryId"]
    edited = user("video/update", id=video_id, scenes=[HELLO, HELLO])
    assert (edited["status"], edited["entryId"]) == ("draft", None)
    user("video/generate", id=video_id)
    second = user.wait(video_id, "ready")["entryId"]
    assert second != first
    user("video/delete", id=video_id)
    found = user.service("baseEntry.list", **{"filter[idIn]": f"{first},{second}"}, ks=user.ks)
    assert {entry["id"] for entry in found["objects"]} == {first, second}


@pytest.mark.parametrize("action", ["video/previewAudio", "video/previewAudioStream"])
def test_a_scene_is_heard(user: Caller, action: str) -> None:
    adam = user.avatar("adam")
    video_id = user.video(HELLO, {"narration": {"text": "Hi, I am Adam.", "avatarId": adam}})
    reply = user.raw(action, {"id": video_id, "sceneId": 1})
    assert reply.headers["content-type"] == "audio/mpeg"
    assert reply.content == b"ID3adam: Hi, I am Adam. (2)"


def test_words_are_said_as_the_client_tells(user: Caller) -> None:
    """The studio's own: a client of Kaltura's API that does not know it loses nothing."""
    say = [{"word": "SQL", "said": "sequel"}]
    told = {"narration": {"text": "We use SQL, and MySQL too.", "say": say}}
    video_id = user.video(told)
    assert user("video/get", id=video_id)["scenes"][0]["narration"] == told["narration"]
    heard = user.raw("video/previewAudio", {"id": video_id, "sceneId": 0})
    assert heard.content == b"ID3jane: We use sequel, and MySQL too. (1)"
    long = {"text": "word " * 900, "say": [{"word": "word", "said": "w " * 90}]}
    hours = user.raw("video/previewAudio", {"id": user.video({"narration": long}), "sceneId": 0})
    assert "at most 5,000" in hours.json()["message"]
    for wrong in ([{"word": "SQL"}], [{"word": "", "said": "x"}], "SQL", say * 501):
        scene = {"narration": {"text": "We use SQL.", "say": wrong}}
        refused = user.raw("video/update", {"id": video_id, "scenes": [scene]}).json()
        assert refused["code"] == "VALIDATION_ERROR", refused


def test_the_locale_of_a_narration_is_kept(user: Caller) -> None:
    """The studio's own, as how words are said is."""
    told = {"narration": {"text": "El boleto cuesta $300.", "locale": "es-MX"}}
    video_id = user.video(told)
    assert user("video/get", id=video_id)["scenes"][0]["narration"] == told["narration"]
    for wrong in ("", "es MX", "mexican", 5, "es-" + "MX-" * 20):
        scene = {"narration": {"text": "Hola.", "locale": wrong}}
        refused = user.raw("video/update", {"id": video_id, "scenes": [scene]}).json()
        assert refused["code"] == "VALIDATION_ERROR", refused


@pytest.mark.parametrize("action", ["video/previewAudio", "video/previewAudioStream"])
def test_a_language_without_a_voice_is_an_answer(tmp_path: Path, action: str) -> None:
    def speak(
        narration: str, presenter: str, narrations: Sequence[str], *, locale: str | None = None
    ) -> Iterator[bytes]:
        raise FilmError("no-voice", "nobody here speaks Klingon")
        yield b""

    makers = Makers(TinyFilmMaker(), speak, draw)
    studio = open_studio(tmp_path, makers=makers)
    user = caller(studio)
    response = user.raw(action, {"id": user.video(), "sceneId": 0})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json()["code"] == "VOICE_NOT_AVAILABLE"
    assert "Klingon" in response.json()["message"]
    studio.close()


def test_no_upload_takes_the_place_of_a_film(user: Caller, tmp_path: Path) -> None:
    video_id = user.video()
    user("video/generate", id=video_id)
    entry_id = user.wait(video_id, "ready")["entryId"]
    content = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    reply = user.control("POST", f"media?entryId={entry_id}", content=content)
    assert reply["code"] == "ENTRY_ALREADY_EXISTS"
    assert user.service("media.get", entryId=entry_id, ks=user.ks)["name"] == "Overview"


def test_a_wav_of_words_is_no_medium(user: Caller) -> None:
    reply = user.control("POST", "media?name=x.mp4", content=b"#EXTM3U\nfile:///etc/passwd\n")
    assert reply["code"] == "MEDIA_NOT_SUPPORTED"
    assert user.control("GET", "media")["objects"] == []


@pytest.mark.parametrize("entry_id", ["1_de", "0_abcd1234", "12_Metrics", "dash-board"])
def test_media_go_in_under_whatever_id_a_storyboard_may_write(
    user: Caller, tmp_path: Path, entry_id: str
) -> None:
    content = write_movie(tmp_path / "clip.mp4", 1, fps=25).read_bytes()
    made = user.control("POST", f"media?entryId={entry_id}&name=clip.mp4", content=content)
    assert made["id"] == entry_id


def test_media_go_in_under_a_name_of_ours(user: Caller, tmp_path: Path) -> None:
    content = write_movie(tmp_path / "clip.mp4", 2, fps=30).read_bytes()
    made = user.control("POST", "media?entryId=1_xyz789&name=clip.mp4", content=content)
    assert (made["id"], made["name"], made["fps"], made["kind"]) == (
        "1_xyz789",
        "clip.mp4",
        30,
        "video",
    )
    assert made["seconds"] == pytest.approx(2, abs=0.05)
    assert [entry["id"] for entry in user.control("GET", "media")["objects"]] == ["1_xyz789"]
    scene = {
        "layoutType": "broll",
        "narration": {"text": "Numbers went up, all of them."},
        "broll": {"entryId": "1_xyz789", "startTime": 0.04},
    }
    video_id = user.video(scene)
    user("video/generate", id=video_id)
    assert user.wait(video_id, "ready")["scenes"] == [scene]


def test_the_account_is_configured(user: Caller) -> None:
    reply = user("partner/checkConfiguration")
    assert all(check["valid"] for check in reply["results"])
    assert "source-only-conversion-profile" in {check["name"] for check in reply["results"]}

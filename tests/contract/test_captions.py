"""Captions of entries: by the control plane, by the v3 services, and what is none."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from storyboard.studio.api import caption_services
from storyboard.studio.api.caption_services import attach
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.local import Studio
from storyboard.studio.records import captions
from storyboard.studio.records.session import ADMIN
from tests.contract.studio_rig import Caller, caller, write_movie

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nNúmbers went up.\n"
SRT = "1\n00:00:00,000 --> 00:00:01,000\nNumbers went up.\n"


@pytest.fixture
def entry(user: Caller, tmp_path: Path) -> str:
    content = write_movie(tmp_path / "clip.mp4", 1).read_bytes()
    user.control("POST", "media?entryId=1_clip0000&name=clip", content=content)
    return "1_clip0000"


def listed(user: Caller, entry: str) -> list[dict[str, object]]:
    form = {"filter[entryIdEqual]": entry, "ks": user.ks}
    reply = user.service("caption_captionAsset.list", **form)
    assert reply["totalCount"] == len(reply["objects"])
    return list(reply["objects"])


def served(user: Caller, asset: object) -> str:
    path = "/api_v3/service/caption_captionAsset/action/serve"
    form = {"captionAssetId": asset, "ks": user.ks}
    return user.send("POST", path, data=form).content.decode()


@pytest.mark.parametrize(("text", "suffix", "number"), [(VTT, "vtt", "3"), (SRT, "srt", "1")])
def test_captions_go_in_and_come_out(
    user: Caller, entry: str, text: str, suffix: str, number: str
) -> None:
    path = f"media/{entry}/captions?language=French"
    made = user.control("POST", path, content=text.encode())
    assert (made["fileExt"], made["format"], made["language"]) == (suffix, number, "French")
    assert listed(user, entry) == [made]
    assert served(user, made["id"]) == text


def test_captions_of_several_entries_are_listed_at_once(user: Caller, entry: str) -> None:
    other = user.service("media.add", ks=user.ks, **{"entry:name": "other"})["id"]
    for each in (entry, other):
        user.control("POST", f"media/{each}/captions", content=SRT.encode())
    form = {"filter[entryIdIn]": f"{entry}, {other},1_nothing0", "ks": user.ks}
    reply = user.service("caption_captionAsset.list", **form)
    assert [asset["entryId"] for asset in reply["objects"]] == [entry, other]
    both = user.service("caption_captionAsset.list", **form, **{"filter[entryIdEqual]": other})
    assert [asset["entryId"] for asset in both["objects"]] == [other]
    many = ",".join(f"1_{number:08}" for number in range(501))
    form = {"filter[entryIdIn]": many, "ks": user.ks}
    assert user.service("caption_captionAsset.list", **form)["code"] == "VALIDATION_ERROR"


def test_a_list_of_captions_reads_no_text(studio: Studio, user: Caller, entry: str) -> None:
    """Lists of many long captions at once took all memory."""
    long = SRT + "ü" * 400_000
    for label in map(str, range(20)):
        attach(studio.workspace, entry, language="English", label=label, content=long)
    tracemalloc.start()
    try:
        shown = listed(user, entry)
        looked = user.control("GET", "overview")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert {asset["size"] for asset in shown} == {len(long.encode())}
    assert looked["mediaCount"] == 1
    assert peak < 4 << 20


@pytest.mark.parametrize("name", ["language", "label"])
def test_a_caption_is_called_by_a_short_name(user: Caller, name: str) -> None:
    own = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
    form = {"entryId": own, "ks": user.ks}
    told = user.service("caption_captionAsset.add", **form, **{f"captionAsset:{name}": "x" * 201})
    assert (told["code"], name in told["message"]) == ("VALIDATION_ERROR", True)
    made = user.service("caption_captionAsset.add", **form, **{f"captionAsset:{name}": "x" * 200})
    assert len(made[name]) == 200


def test_the_services_way(studio: Studio, entry: str) -> None:
    user = caller(studio, kind=ADMIN)
    form = {"entryId": entry, "captionAsset[language]": "German", "ks": user.ks}
    made = user.service("caption_captionAsset.add", **form)
    assert made["status"] == 0
    content = {"id": made["id"], "contentResource[content]": SRT, "ks": user.ks}
    assert user.service("caption_captionAsset.setContent", **content)["status"] == 2
    assert served(user, made["id"]) == SRT
    user.service("caption_captionAsset.delete", captionAssetId=made["id"], ks=user.ks)
    assert listed(user, entry) == []


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff --> \xfe", b"x" * (1 << 20) + b"-->"])
def test_what_is_no_captions_is_refused(user: Caller, entry: str, content: bytes) -> None:
    headers = {"Authorization": f"Bearer {user.studio.admin_session()}"}
    path = f"/__studio/media/{entry}/captions"
    response = user.send("POST", path, content=content, headers=headers)
    assert response.status_code == 413 or response.json()["code"] == "MEDIA_NOT_SUPPORTED"
    assert listed(user, entry) == []


SUNG = "WEBVTT\n\n00:01.000 --> 00:03.000\nÜber uns — 漢字.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_editors_mark_is_read_and_not_kept(user: Caller, entry: str, encoding: str) -> None:
    made = user.control("POST", f"media/{entry}/captions", content=SUNG.encode(encoding))
    assert served(user, made["id"]) == SUNG
    assert made["fileExt"] == "vtt"


@pytest.mark.parametrize("content", [SUNG.replace("—", "-").replace("漢字", "é").encode("latin-1"),
                                     SUNG.encode("utf-16-le")])  # fmt: skip
def test_another_encoding_is_told_how_to_be_saved(user: Caller, entry: str, content: bytes) -> None:
    reply = user.control("POST", f"media/{entry}/captions", content=content)
    assert reply["code"] == "MEDIA_NOT_SUPPORTED"
    assert "UTF-8" in reply["message"]


def test_captions_need_an_entry(user: Caller) -> None:
    reply = user.control("POST", "media/1_none0000/captions", content=VTT.encode())
    assert reply["code"] == "ENTRY_ID_NOT_FOUND"


def test_default_captions_are_said_to_be_so_in_json_too(studio: Studio, entry: str) -> None:
    admin = caller(studio, kind=ADMIN)
    path = "/api_v3/service/caption_captionAsset/action/add?format=1"
    for given, shown in ((True, True), (False, False), ("1", True), ("true", True), (0, False)):
        body = {"ks": admin.ks, "entryId": entry, "captionAsset": {"isDefault": given}}
        assert admin.send("POST", path, json=body).json()["isDefault"] is shown


def action(user: Caller, name: str, **form: object) -> object:
    return user.service(f"caption_captionAsset.{name}", ks=user.ks, **form)


def test_an_asset_is_looked_up_alone(user: Caller, entry: str) -> None:
    made = user.control("POST", f"media/{entry}/captions", content=SRT.encode())
    assert action(user, "get", captionAssetId=made["id"]) == made
    told = user.service("caption_captionAsset.get", ks=user.ks, captionAssetId="1_none0000")
    assert told["code"] == "CAPTION_ASSET_ID_NOT_FOUND"


def test_captions_are_told_as_json_to_any_format(user: Caller, entry: str) -> None:
    """What a transcript beside a player reads: times in milliseconds, texts as they are written."""
    text = (
        VTT[:8]
        + "00:01.000 --> 00:02.500\n<i>Numbers</i>\nwent up.\n\n00:03.000 --> 00:04.000\nAnd"
    )
    made = user.control("POST", f"media/{entry}/captions", content=text.encode())
    path = "/api_v3/service/caption_captionAsset/action/serveAsJson"
    for form in ({"format": "1"}, {"format": "2"}, {}):
        given = {"captionAssetId": made["id"], "ks": user.ks, **form}
        response = user.send("POST", path, data=given)
        assert response.headers["content-type"].startswith("application/json")
        assert response.json()["objects"] == [
            {"startTime": 1000, "endTime": 2500, "content": [{"text": "<i>Numbers</i>\nwent up."}]},
            {"startTime": 3000, "endTime": 4000, "content": [{"text": "And"}]},
        ]


def test_one_asset_of_an_entry_is_the_default(studio: Studio, entry: str) -> None:
    admin = caller(studio, kind=ADMIN)
    for language in ("English", "French", "German"):
        attach(studio.workspace, entry, language=language, content=SRT)
    first, second, _ = (str(asset["id"]) for asset in listed(admin, entry))
    for wanted in (first, second):
        assert action(admin, "setAsDefault", captionAssetId=wanted) is None
        shown = {asset["id"]: asset["isDefault"] for asset in listed(admin, entry)}
        assert [asset_id for asset_id, is_default in shown.items() if is_default] == [wanted]
    stranger = caller(studio, "other@example.com")
    told = stranger.service(
        "caption_captionAsset.setAsDefault", ks=stranger.ks, captionAssetId=first
    )
    assert told["code"] == "INVALID_KS"


def address(user: Caller, asset: object) -> str:
    url = action(user, "getUrl", id=asset)
    assert isinstance(url, str), url
    assert url.startswith(f"{user.studio.public_url}/api_v3/service/"), url
    return url.removeprefix(user.studio.public_url)


def test_an_address_serves_its_asset_and_nothing_else(studio: Studio, user: Caller) -> None:
    """It goes into the page of a player: it must neither be the user's session nor become one."""
    own = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
    first = attach(studio.workspace, own, language="English", content=VTT).id
    second = attach(studio.workspace, own, language="French", content=SRT).id
    path = address(user, first)
    assert user.ks not in path
    served = Caller(studio, "").send("GET", path)
    assert served.content.decode() == VTT
    assert served.headers["content-type"] == "text/vtt; charset=utf-8"
    ks = path.rpartition("/ks/")[2]
    thief = Caller(studio, ks)
    for other in (path.replace(first, second), f"{path}/captionAssetId/{second}"):
        told = thief.send("GET", other)
        assert (told.content, told.headers["x-kaltura"]) == (b"", "error- SERVICE_FORBIDDEN")
    told = thief.send("GET", f"{path}?captionAssetId={second}")
    assert (told.content, told.headers["x-kaltura"]) == (b"", "error- SERVICE_FORBIDDEN")
    for name, form in (
        ("session.get", {}),
        ("media.get", {"entryId": own}),
        ("caption_captionAsset.getUrl", {"id": first}),
        ("caption_captionAsset.get", {"captionAssetId": first}),
        ("appToken.startSession", {"id": "x"}),
    ):
        assert thief.service(name, ks=ks, **form)["code"] == "SERVICE_FORBIDDEN", name
    assert thief("video/list")["code"] == "SERVICE_FORBIDDEN"


def test_an_address_expires_and_ends_with_its_app_token(tmp_path: Path) -> None:
    from tests.contract.studio_rig import open_test_studio
    from tests.contract.test_sessions import exchange, new_token

    now = [1_800_000_000.0]
    with open_test_studio(tmp_path / "w", clock=lambda: now[0]) as studio:
        token = new_token(studio, hashType="SHA256", sessionUserId="robot", sessionDuration=10**6)
        robot = Caller(studio, exchange(studio, token)["ks"])
        own = robot.service("media.add", ks=robot.ks, **{"entry:name": "mine"})["id"]
        asset = attach(studio.workspace, own, language="English", content=VTT).id
        first = address(robot, asset)
        now[0] += 86_399
        assert robot.send("GET", first).content
        now[0] += 2
        assert robot.send("GET", first).headers["x-kaltura"] == "error- INVALID_KS"
        second = address(robot, asset)
        boss = caller(studio, kind=ADMIN)
        boss.service("appToken.delete", ks=boss.ks, id=token["id"])
        assert robot.send("GET", second).headers["x-kaltura"] == "error- INVALID_KS"


def test_an_empty_asset_has_no_address(studio: Studio, user: Caller) -> None:
    own = user.service("media.add", ks=user.ks, **{"entry:name": "mine"})["id"]
    made = user.service("caption_captionAsset.add", ks=user.ks, entryId=own)
    told = user.service("caption_captionAsset.getUrl", ks=user.ks, id=made["id"])
    assert told["code"] == "CAPTION_ASSET_IS_NOT_READY"


def test_chapters_are_no_captions(user: Caller) -> None:
    """Players list captions and offer them all; chapters are cue points there, as at Kaltura."""
    video = user.video()
    user("video/generate", id=video)
    film = user.wait(video, "ready")["entryId"]
    assert {asset["label"] for asset in listed(user, film)} == {"English", "WebVTT"}
    form = {"filter:entryIdEqual": film, "filter:cuePointTypeEqual": "thumbCuePoint.Thumb"}
    points = user.service("cuePoint_cuePoint.list", ks=user.ks, **form, **{"filter:subTypeIn": "2"})
    assert points["objectType"] == "KalturaCuePointListResponse"
    (point,) = points["objects"]
    assert (point["objectType"], point["subType"], point["startTime"]) == (
        "KalturaThumbCuePoint",
        2,
        0,
    )
    assert (point["title"], point["entryId"]) == ("Welcome to the training overview", film)
    ads = user.service(
        "cuePoint_cuePoint.list", ks=user.ks, **form | {"filter:cuePointTypeEqual": "adCuePoint.Ad"}
    )
    assert ads["totalCount"] == 0
    told = user.service("cuePoint_cuePoint.list", ks=user.ks, **form, **{"filter:textLike": "x"})
    assert told["code"] == "NOT_EMULATED"


def test_one_of_the_most_that_an_entry_has_can_be_replaced(
    studio: Studio, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caption_services, "MAX_ASSETS", 3)

    def give(label: str) -> None:
        caption_services.attach(
            studio.workspace, entry, language="English", label=label, replaces=True
        )

    for label in ("a", "b", "c", "b"):
        give(label)
    with pytest.raises(Refusal, match="has 3 captions"):
        give("d")
    with studio.workspace.store.read() as tx:
        assert [each.label for each in captions.of_entry(tx, entry)] == ["a", "c", "b"]

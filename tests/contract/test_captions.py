"""Captions of entries: by the control plane, by the v3 services, and what is none."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from storyboard.studio.api.caption_services import attach
from storyboard.studio.local import Studio
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

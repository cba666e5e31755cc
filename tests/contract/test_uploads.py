"""Files by `uploadToken/*` and `media/*`, as Kaltura's clients send them; and what a film says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.api.bodies import MAX_JSON_BYTES
from storyboard.studio.local import Studio
from tests.contract.studio_rig import HELLO, Caller, caller, write_movie, write_picture


@pytest.fixture
def movie(tmp_path: Path) -> bytes:
    return write_movie(tmp_path / "clip.mp4", 2).read_bytes()


def ask(user: Caller, name: str, **form: Any) -> Any:
    return user.service(name, ks=user.ks, **form)


def send(user: Caller, token: str, content: bytes, name: str = "clip.mp4", **form: Any) -> Any:
    path = "/api_v3/service/uploadToken/action/upload"
    data = {"format": "1", "ks": user.ks, "uploadTokenId": token, **form}
    return user.send("POST", path, data=data, files={"fileData": (name, content)}).json()


def uploaded(user: Caller, content: bytes) -> str:
    token = ask(user, "uploadToken.add", **{"uploadToken:fileName": "clip.mp4"})
    assert token["status"] == 0
    assert send(user, token["id"], content)["status"] == 2
    return str(token["id"])


def filled(user: Caller, entry: str, token: str) -> Any:
    resource = {
        "resource:objectType": "KalturaUploadedFileTokenResource",
        "resource:token": token,
    }
    return ask(user, "media.addContent", entryId=entry, **resource)


def new_entry(user: Caller, **fields: Any) -> str:
    given = {f"entry:{name}": value for name, value in fields.items()}
    made = ask(user, "media.add", **given)
    assert (made["status"], made["duration"]) == (7, 0)
    return str(made["id"])


def test_a_file_becomes_an_entry(user: Caller, movie: bytes) -> None:
    entry, token = new_entry(user, name="B-roll", mediaType=1), uploaded(user, movie)
    made = filled(user, entry, token)
    assert (made["id"], made["name"], made["status"]) == (entry, "B-roll", 2)
    assert (made["msDuration"], made["width"]) == (2000, 64)
    path = made["downloadUrl"].removeprefix(user.base)
    assert user.send("GET", path).content == movie
    assert ask(user, "uploadToken.get", uploadTokenId=token)["status"] == 3
    assert not list((user.studio.workspace.path / "uploads").iterdir())
    again = filled(user, entry, uploaded(user, movie))
    assert again["code"] == "ENTRY_ALREADY_WITH_CONTENT"


def test_a_file_comes_in_parts(user: Caller, movie: bytes) -> None:
    token = ask(user, "uploadToken.add", **{"uploadToken:fileSize": len(movie)})["id"]
    third = len(movie) // 3
    first = send(user, token, movie[:third], finalChunk="0")
    assert (first["status"], first["uploadedFileSize"]) == (1, third)
    half = send(user, token, movie[third : 2 * third], resume="1", finalChunk="0", resumeAt=third)
    assert half["uploadedFileSize"] == 2 * third
    early = send(user, token, b"x", resume="1", resumeAt=len(movie))
    assert early["code"] == "UPLOAD_TOKEN_CANNOT_RESUME"
    again = send(user, token, movie[third : 2 * third], resume="1", finalChunk="0", resumeAt=third)
    assert again["uploadedFileSize"] == 2 * third
    last = send(user, token, movie[2 * third :], resume="1", finalChunk="1", resumeAt=-1)
    assert (last["status"], last["uploadedFileSize"]) == (2, len(movie))
    late = send(user, token, b"x")
    assert late["code"] == "UPLOAD_TOKEN_INVALID_STATUS_FOR_UPLOAD"
    assert filled(user, new_entry(user), token)["msDuration"] == 2000


def test_an_entry_without_content_is_no_b_roll(user: Caller) -> None:
    entry = new_entry(user, mediaType=1)
    scene = {**HELLO, "layoutType": "broll", "broll": {"entryId": entry, "startTime": 0}}
    video_id = user.video(scene)
    user("video/generate", id=video_id)
    user.wait(video_id, "generate-error")
    reason = user.control("GET", f"videos/{video_id}")["reason"]
    assert reason == f"broll-missing: scene 0: the entry '{entry}' has no content"
    assert user.control("GET", "media")["objects"] == []
    got = ask(user, "media.get", entryId=entry)
    for url in (got["downloadUrl"], got["thumbnailUrl"]):
        assert user.send("GET", url.removeprefix(user.base)).status_code == 404


def test_only_a_finished_upload_of_ones_own_can_be_used(studio: Studio, user: Caller) -> None:
    entry, token = new_entry(user), ask(user, "uploadToken.add")["id"]
    assert filled(user, entry, token)["code"] == "UPLOAD_TOKEN_INVALID_STATUS_FOR_ADD_ENTRY"
    other = caller(studio, "other@example.com")
    assert filled(other, entry, token)["code"] == "INVALID_KS"
    assert filled(other, new_entry(other), token)["code"] == "UPLOAD_TOKEN_NOT_FOUND"
    assert send(other, token, b"x")["code"] == "UPLOAD_TOKEN_NOT_FOUND"
    assert ask(user, "uploadToken.delete", uploadTokenId=token) is None
    assert send(user, token, b"x")["code"] == "UPLOAD_TOKEN_NOT_FOUND"


def test_a_user_lists_uploads_of_ones_own(studio: Studio, user: Caller, movie: bytes) -> None:
    first, second = ask(user, "uploadToken.add")["id"], uploaded(user, movie)
    ask(caller(studio, "other@example.com"), "uploadToken.add")

    def listed(**form: str) -> list[str]:
        reply = ask(user, "uploadToken.list", **form)
        assert reply["objectType"] == "KalturaUploadTokenListResponse"
        return [token["id"] for token in reply["objects"]]

    assert listed() == [second, first]
    assert listed(**{"filter[statusIn]": "2"}) == [second]
    assert listed(**{"filter[idIn]": f"{first},x"}) == [first]
    assert listed(**{"pager[pageSize]": "1", "pager[pageIndex]": "2"}) == [first]
    assert ask(user, "uploadToken.list", **{"filter[x]": "1"})["code"] == "NOT_EMULATED"


def test_what_is_no_medium_stays_outside(user: Caller) -> None:
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
    made = filled(user, new_entry(user), uploaded(user, playlist))
    assert made["code"] == "MEDIA_NOT_SUPPORTED"


@pytest.mark.parametrize(
    "resource", ["KalturaUrlResource", "KalturaRemoteStorageResource", "KalturaServerFileResource"]
)
def test_nothing_is_fetched_from_an_address(user: Caller, resource: str) -> None:
    given = {"resource:objectType": resource, "resource:url": "http://169.254.169.254/"}
    reply = ask(user, "media.addContent", entryId=new_entry(user), **given)
    assert reply["code"] == "NOT_EMULATED"


def test_entries_are_renamed_and_go(user: Caller, movie: bytes) -> None:
    entry = new_entry(user, name="Old")
    renamed = ask(user, "media.update", entryId=entry, **{"mediaEntry:name": "New"})
    assert (renamed["name"], renamed["id"]) == ("New", entry)
    assert ask(user, "media.list")["totalCount"] == 0
    assert ask(user, "media.list", **{"filter:statusIn": "2,7"})["totalCount"] == 1
    assert ask(user, "media.delete", entryId=entry) is None
    assert ask(user, "baseEntry.get", entryId=entry)["code"] == "ENTRY_ID_NOT_FOUND"


def test_a_picture_becomes_a_background(user: Caller, tmp_path: Path) -> None:
    picture = write_picture(tmp_path / "wall.png").read_bytes()
    entry = new_entry(user, mediaType=2)
    assert filled(user, entry, uploaded(user, picture))["mediaType"] == 2
    avatar = user.avatar(type="entry", entryId=entry)
    assert user.raw("avatar/preview", {"id": avatar}).content.startswith(b"\x89PNG")


def test_a_client_may_send_its_parameters_as_one_json(user: Caller, movie: bytes) -> None:
    token = ask(user, "uploadToken.add")["id"]
    path = "/api_v3/service/uploadtoken/action/upload"
    told = json.dumps({"ks": user.ks, "format": 1, "uploadTokenId": token})
    files = [("json", (None, told)), ("fileData", ("clip.mp4", movie))]
    assert user.send("POST", path, files=files).json()["status"] == 2
    entry = json.dumps({"ks": user.ks, "format": 1, "entry": {"name": "B-roll", "mediaType": 1}})
    made = user.send("POST", "/api_v3/service/media/action/add", files=[("json", (None, entry))])
    assert made.json()["name"] == "B-roll"
    for text in ("[1]", "{", "[" * 60_000):
        reply = user.send("POST", path, params={"format": "1"}, files=[("json", (None, text))])
        assert reply.json()["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("before", "query", "status"),
    [(True, False, 200), (False, True, 200), (False, False, 413)],
)
def test_a_large_file_is_taken_from_whom_is_known(
    user: Caller, before: bool, query: bool, status: int
) -> None:
    """Nothing of a stranger's file is kept beyond what any body may have."""
    content = b"x" * (MAX_JSON_BYTES + 1)
    token = ask(user, "uploadToken.add")["id"]
    path = "/api_v3/service/uploadToken/action/upload"
    texts = [("format", (None, "1")), ("uploadTokenId", (None, token))]
    ks, file = ("ks", (None, user.ks)), ("fileData", ("a.mp4", content))
    forged = ("ks", (None, user.ks[:-8] + "AAAAAAAA"))
    parts = [*texts, ks, file] if before else [*texts, file, ks]
    params = {"ks": user.ks} if query else {}
    assert user.send("POST", path, params=params, files=parts).status_code == status
    stranger = user.send("POST", path, files=[*texts, forged, file])
    assert stranger.status_code == 413
    assert ask(user, "uploadToken.get", uploadTokenId=token)["uploadedFileSize"] == (
        len(content) if status == 200 else 0
    )


BOUNDARY = "b0undary"
FIELD = '--{0}\r\nContent-Disposition: form-data; name="format"\r\n\r\n1\r\n'
FILE = '--{0}\r\nContent-Disposition: form-data; name="fileData"; filename="../../x"\r\n\r\n{1}\r\n'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"nothing of a form", 400),
        (f"--{BOUNDARY}".encode(), 400),
        (f"--{BOUNDARY}\r\n\r\nno name\r\n--{BOUNDARY}--".encode(), 400),
        (FIELD.format(BOUNDARY).encode(), 400),
        ((FIELD * 101 + "--{0}--").format(BOUNDARY).encode(), 413),
        ((FILE * 2 + "--{0}--").format(BOUNDARY, "x").encode(), 400),
        ((FIELD + "--{0}--").format(BOUNDARY).replace("1", "1" * 70_000).encode(), 413),
        (FIELD.format(BOUNDARY).encode().replace(b"format", b"f" * 9000), 413),
        ((FIELD + "--{0}--").format(BOUNDARY).encode().replace(b"\r\n1", b"\r\n\xff"), 400),
        ((FIELD + "--{0}--").format(BOUNDARY).encode(), 200),
        ((FIELD + FILE + "--{0}--").format(BOUNDARY, "").encode(), 200),
        (b"\r\n" * 4000 + (FIELD + "--{0}--").format(BOUNDARY).encode(), 200),
        ((FIELD + "--{0}--\r\n").format(BOUNDARY).encode() + b"epilogue" * 1000, 200),
        (FIELD.format(BOUNDARY).replace("1", f"\r\n--{BOUNDARY[:-1]}").encode(), 400),
        (f"--{BOUNDARY}\r\n".encode() + b"a: b\r\n" * 500, 400),
        ((FIELD + "--{0}--").format(BOUNDARY).replace("\r\n", "\n").encode(), 400),
        ((FIELD + "--{0}--").format(BOUNDARY).replace("name=", "name*=utf-8''").encode(), 400),
        (b"".join(f"--{BOUNDARY}{end}".encode() for end in ("x", "\r", "-")), 400),
    ],
)
def test_a_broken_form_is_an_answer(
    user: Caller, body: bytes, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    async def slowly():  # type: ignore[no-untyped-def]
        for at in range(0, len(body), 7 if len(body) < 2000 else 7000):
            yield body[at : at + (7 if len(body) < 2000 else 7000)]

    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    path = "/api_v3/service/uploadToken/action/upload"
    response = user.send("POST", path, content=slowly(), headers=headers)
    assert response.status_code == status, response.text
    assert capfd.readouterr().err == "", "what is answered is not logged besides"
    drafts = user.studio.workspace.path / "tmp"
    assert not [file for file in drafts.rglob("*") if file.is_file()]


@pytest.mark.parametrize("boundary", ["", '""', "x" * 500])
def test_a_form_without_a_good_boundary_is_an_answer(user: Caller, boundary: str) -> None:
    body = f"--{boundary}\r\n\r\n\r\n--{boundary}--".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    path = "/api_v3/service/uploadToken/action/upload"
    assert user.send("POST", path, content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 4096])
def test_a_file_arrives_whole_however_the_network_cuts_it(user: Caller, size: int) -> None:
    """With pieces of its own boundary in it, over the edges of blocks."""
    content = (f"\r\n--{BOUNDARY[:-1]}\r\n--\r\r\n" * 20).encode() + bytes(range(256))
    token = ask(user, "uploadToken.add")["id"]
    fields = {"format": "1", "ks": user.ks, "uploadTokenId": token}
    disposition = "Content-Disposition: form-data; name="
    texts = "".join(
        f'--{BOUNDARY}\r\n{disposition}"{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()
    )
    file = f'--{BOUNDARY}\r\n{disposition}"fileData"; filename="grün \\" .mp4"\r\n\r\n'
    body = f"{texts}{file}".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()

    async def pieces():  # type: ignore[no-untyped-def]
        for at in range(0, len(body), size):
            yield body[at : at + size]

    headers = {"Content-Type": f'multipart/form-data; boundary="{BOUNDARY}"'}
    path = "/api_v3/service/uploadToken/action/upload"
    sent = user.send("POST", path, content=pieces(), headers=headers).json()
    assert (sent["status"], sent["uploadedFileSize"]) == (2, len(content))
    assert sent["fileName"] == 'grün " .mp4'
    (kept,) = (user.studio.workspace.path / "uploads").iterdir()
    assert kept.read_bytes() == content


def test_a_film_tells_what_it_says(user: Caller) -> None:
    second = "And here comes the second scene, which says so much that no chapter can be called so."
    video_id = user.video(HELLO, {"narration": {"text": second}})
    user("video/generate", id=video_id)
    entry = user.wait(video_id, "ready")["entryId"]
    form = {"filter[entryIdEqual]": entry}
    assets = ask(user, "caption_captionAsset.list", **form)["objects"]
    assert [(a["fileExt"], a["language"], a["isDefault"]) for a in assets] == [
        ("srt", "English", True),
        ("vtt", "English", False),
    ]
    assert {asset["languageCode"] for asset in assets} == {"en"}
    other = ask(user, "caption_captionAsset.list", **form, **{"filter[languageEqual]": "x"})
    assert other["code"] == "NOT_EMULATED"
    assert [asset["label"] for asset in assets] == ["English", "WebVTT"]
    path = "/api_v3/service/caption_captionAsset/action/serve"
    texts = [
        user.send("GET", path, params={"captionAssetId": asset["id"], "ks": user.ks}).text
        for asset in assets
    ]
    assert texts[0].startswith("1\n00:00:00,000 --> 00:00:02,")
    assert HELLO["narration"]["text"] in texts[1]
    chapters = ask(user, "cuePoint_cuePoint.list", **form)["objects"]
    assert len(chapters) == 2
    assert chapters[1]["title"] == "And here comes the second scene, which…"

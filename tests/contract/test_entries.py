"""Looking entries up as Kaltura's clients do: what a filter leaves, in which order, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from storyboard.studio.api import entry_services
from storyboard.studio.api.payloads import entry_payload
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.session import ADMIN
from tests.contract.studio_rig import (
    Caller,
    caller,
    open_test_studio,
    write_movie,
    write_picture,
)

CLIP, WALL, NOTES, OTHERS = "1_clip0000", "1_wall0000", "1_notes000", "1_others00"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caller, Caller, str]]:
    """A user with a clip, a wall, notes and an entry without content; another with a clip."""
    folder = tmp_path_factory.mktemp("entries")
    now = [1_800_000_000.0]

    def clock() -> float:
        now[0] += 10
        return now[0]

    studio = open_test_studio(folder / "w", clock=clock)
    user, other = caller(studio), caller(studio, "other@example.com")
    movie = write_movie(folder / "a.mp4", 2).read_bytes()
    me, somebody = "creator@example.com", "other@example.com"
    files = [
        (me, CLIP, "Clip", movie),
        (me, WALL, "the wall", write_picture(folder / "b.png").read_bytes()),
        (me, NOTES, "notes.md", b"# Notes\n\nSome words of a document.\n"),
        (somebody, OTHERS, "Another clip", movie),
    ]
    for owner, entry_id, name, content in files:
        headers = {"Authorization": f"Bearer {caller(studio, owner, ADMIN).ks}"}
        path = f"/__studio/media?entryId={entry_id}&name={name}"
        assert user.send("POST", path, content=content, headers=headers).json()["id"] == entry_id
    empty = user.service("media.add", ks=user.ks, **{"entry:name": "empty"})
    yield user, other, str(empty["id"])
    studio.close()


def found(user: Caller, service: str = "baseEntry", **form: Any) -> list[str]:
    reply = user.service(f"{service}.list", ks=user.ks, **form)
    assert "objects" in reply, reply
    kind = "KalturaMediaListResponse" if service == "media" else "KalturaBaseEntryListResponse"
    assert reply["objectType"] == kind
    return [entry["id"] for entry in reply["objects"]]


def test_a_user_sees_what_is_ready_and_the_users_own(users: tuple[Caller, Caller, str]) -> None:
    user, other, _ = users
    assert found(user) == [NOTES, WALL, CLIP]
    assert found(user, "media") == [WALL, CLIP]
    assert found(other) == [OTHERS]
    everything = [OTHERS, NOTES, WALL, CLIP]
    assert found(caller(user.studio, "boss", ADMIN)) == everything
    assert found(user, **{"filter[idIn]": ",".join(everything)}) == everything
    granted = user.service(
        "session.start",
        secret=user.studio.admin_secret,
        partnerId=user.studio.partner_id,
        userId="anybody",
        privileges="list:*",
    )
    assert found(Caller(user.studio, granted)) == everything


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"idEqual": OTHERS}, [OTHERS]),
        ({"idEqual": "1_missing0"}, []),
        ({"idIn": f"{CLIP}, {WALL},1_missing0"}, [WALL, CLIP]),
        ({"mediaTypeEqual": "1"}, [CLIP]),
        ({"mediaTypeIn": "1,2"}, [WALL, CLIP]),
        ({"typeEqual": "10"}, [NOTES]),
        ({"nameLike": "CLI"}, [CLIP]),
        ({"nameLike": "zzz"}, []),
        ({"nameEqual": "the wall"}, [WALL]),
        ({"statusEqual": "4"}, []),
        ({"statusIn": "2"}, [NOTES, WALL, CLIP]),
        ({"userIdEqual": "other@example.com", "idIn": f"{CLIP},{OTHERS}"}, [OTHERS]),
        ({"createdAtGreaterThanOrEqual": "1"}, [NOTES, WALL, CLIP]),
        ({"createdAtLessThanOrEqual": "1"}, []),
        ({"orderBy": "+createdAt"}, [CLIP, WALL, NOTES]),
        ({"orderBy": "-name"}, [WALL, NOTES, CLIP]),
        ({"orderBy": "+name", "objectType": "KalturaMediaEntryFilter"}, [CLIP, NOTES, WALL]),
        ({"orderBy": "-duration"}, [CLIP, NOTES, WALL]),
    ],
    ids=str,
)
@pytest.mark.parametrize("written", ["filter[{}]", "filter:{}"])
def test_a_filter_leaves_what_it_says(
    users: tuple[Caller, Caller, str], wanted: dict[str, str], ids: list[str], written: str
) -> None:
    form = {written.format(name): value for name, value in wanted.items()}
    assert found(users[0], **form) == ids


def test_an_entry_without_content_has_to_be_asked_for(users: tuple[Caller, Caller, str]) -> None:
    user, _, empty = users
    assert found(user, **{"filter[idIn]": empty}) == []
    assert found(user, **{"filter[idEqual]": empty}) == [empty]
    assert found(user, **{"filter[idIn]": f"{empty},{CLIP}", "filter[statusIn]": "2,7"}) == [
        empty,
        CLIP,
    ]


@pytest.mark.parametrize(
    ("form", "code", "name"),
    [
        ({"filter[tagsLike]": "x"}, "NOT_EMULATED", "tagsLike"),
        ({"filter[orderBy]": "+plays"}, "NOT_EMULATED", "+plays"),
        ({"filter[orderBy]": "name"}, "NOT_EMULATED", "name"),
        ({"filter[createdAtLessThanOrEqual]": "now"}, "VALIDATION_ERROR", "createdAt"),
        ({"filter[advancedSearch][field]": "x"}, "VALIDATION_ERROR", "filter"),
    ],
    ids=str,
)
def test_a_question_is_never_taken_for_another(
    users: tuple[Caller, Caller, str], form: dict[str, str], code: str, name: str
) -> None:
    user, _, _ = users
    for service in ("media", "baseEntry"):
        reply = user.service(f"{service}.list", ks=user.ks, **form)
        assert reply["code"] == code
        assert name in reply["message"]


def test_lists_come_in_pages(users: tuple[Caller, Caller, str]) -> None:
    user, _, _ = users
    assert found(user, **{"pager[pageSize]": "2"}) == [NOTES, WALL]
    assert found(user, **{"pager[pageSize]": "2", "pager[pageIndex]": "2"}) == [CLIP]
    assert found(user, **{"pager[pageIndex]": "9"}) == []


def test_a_document_is_no_medium(users: tuple[Caller, Caller, str]) -> None:
    user, _, _ = users
    assert user.service("media.get", ks=user.ks, entryId=NOTES)["code"] == "ENTRY_ID_NOT_FOUND"
    document = user.service("baseEntry.get", ks=user.ks, entryId=NOTES)
    assert document["objectType"] == "KalturaDocumentEntry"
    assert user.service("media.get", ks=user.ks, entryId=WALL)["mediaType"] == 2


def test_entries_of_some_ids_are_looked_up(user: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for all entries of all users to be looked through."""
    made = [user.service("media.add", ks=user.ks, entry={"name": f"{n}"})["id"] for n in range(9)]
    shown: list[str] = []

    def noted(entry: Entry, public_url: str) -> dict[str, Any]:
        shown.append(entry.id)
        return entry_payload(entry, public_url)

    monkeypatch.setattr(entry_services, "entry_payload", noted)
    user.service("baseEntry.list", ks=user.ks, **{"filter[idIn]": f"{made[2]},{made[5]},1_none"})
    assert sorted(shown) == sorted((made[2], made[5]))

"""`elasticsearch_esearch/searchEntry`: what a picker of media finds, and at what cost."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from storyboard.studio.api import search_captions, search_reading, search_services
from storyboard.studio.api.caption_services import attach
from storyboard.studio.api.payloads import entry_payload
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.session import ADMIN
from tests.contract.studio_rig import Caller, caller, open_test_studio, write_movie, write_picture

PATH = "/api_v3/service/elasticsearch_esearch/action/searchEntry"
CLIP, WALL, NOTES, TALK, OTHERS = (
    "1_clip0000",
    "1_wall0000",
    "1_notes000",
    "1_talk0000",
    "1_others00",
)
EXACT, PARTIAL, STARTS, EXISTS, RANGE = 1, 2, 3, 4, 5
AND, OR, NOT = 1, 2, 3
TOLD = (
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Numbers went <i>up</i> &amp; away.\n\n"
    "00:03.000 --> 00:04.500\nThe plan for\nnext spring.\n"
)
Node = dict[str, Any]


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    """A user with a clip, a picture, notes and a talk with captions; another user has a clip."""
    folder = tmp_path_factory.mktemp("search")
    now = [1_800_000_000.0]

    def clock() -> float:
        now[0] += 10
        return now[0]

    with open_test_studio(folder / "w", clock=clock) as studio:
        me = caller(studio)
        movie = write_movie(folder / "a.mp4", 2).read_bytes()
        long = write_movie(folder / "b.mp4", 4).read_bytes()
        for owner, entry_id, name, content in (
            ("creator@example.com", CLIP, "Pasta recipe", movie),
            ("creator@example.com", WALL, "the wall", write_picture(folder / "b.png").read_bytes()),
            ("creator@example.com", NOTES, "notes.md", b"# Notes\n\nSome words of a document.\n"),
            ("creator@example.com", TALK, "Überblick: a talk", long),
            ("other@example.com", OTHERS, "Pasta of others", movie),
        ):
            admin = {"Authorization": f"Bearer {caller(studio, owner, ADMIN).ks}"}
            path = f"/__studio/media?entryId={entry_id}&name={name}"
            assert me.send("POST", path, content=content, headers=admin).json()["id"] == entry_id
        attach(studio.workspace, TALK, language="English", label="English", content=TOLD)
        yield me


def item(field: str, kind: int, term: Any = None, **more: Any) -> Node:
    told = {"fieldName": field, "itemType": kind, **more}
    return {
        "objectType": "KalturaESearchEntryItem",
        **told,
        **({} if term is None else {"searchTerm": term}),
    }


def said(kind: int, term: Any = None, field: str = "content", **more: Any) -> Node:
    return item(field, kind, term, **more) | {"objectType": "KalturaESearchCaptionItem"}


def timed(field: str, **bounds: int) -> Node:
    return said(RANGE, field=field, range=bounds)


def anywhere(kind: int, term: str, **more: Any) -> Node:
    return {"objectType": "KalturaESearchUnifiedItem", "itemType": kind, "searchTerm": term, **more}


def all_of(*items: Node, operator: int = AND) -> Node:
    return {
        "objectType": "KalturaESearchEntryOperator",
        "operator": operator,
        "searchItems": [*items],
    }


def any_of(*items: Node) -> Node:
    return all_of(*items, operator=OR)


def none_of(*items: Node) -> Node:
    return all_of(*items, operator=NOT)


def asked(user: Caller, *items: Node, pager: Node | None = None, **params: Any) -> Any:
    operator = items[0] if len(items) == 1 and "searchItems" in items[0] else all_of(*items)
    body: Node = {
        "ks": user.ks,
        "format": 1,
        "searchParams": {"searchOperator": operator, **params},
    }
    return user.send("POST", PATH, json=body | ({} if pager is None else {"pager": pager})).json()


def found(user: Caller, *items: Node, **params: Any) -> list[str]:
    reply = asked(user, *items, **params)
    assert reply.get("objectType") == "KalturaESearchEntryResponse", reply
    assert {result["objectType"] for result in reply["objects"]} <= {"KalturaESearchEntryResult"}
    return [result["object"]["id"] for result in reply["objects"]]


@pytest.mark.parametrize(
    ("node", "ids"),
    [
        (item("name", EXACT, "pasta"), [CLIP]),
        (item("name", EXACT, "PASTA recipe"), [CLIP]),
        (item("name", EXACT, "past"), []),
        (item("name", PARTIAL, "cip past"), [CLIP]),
        (item("name", PARTIAL, "überblick"), [TALK]),
        (item("name", STARTS, "the W"), [WALL]),
        (item("name", STARTS, "wall"), []),
        (item("id", EXACT, WALL), [WALL]),
        (item("media_type", EXACT, 1), [TALK, CLIP]),
        (item("media_type", EXACT, "2"), [WALL]),
        (item("entry_type", EXACT, 10), [NOTES]),
        (item("status", EXACT, 2), [TALK, NOTES, WALL, CLIP]),
        (item("user_id", EXACT, "creator@example.com"), [TALK, NOTES, WALL, CLIP]),
        (item("user_id", STARTS, "other"), []),
        (item("description", EXISTS), []),
        (none_of(item("tags", EXISTS)), [TALK, NOTES, WALL, CLIP]),
        (item("length_in_msecs", RANGE, range={"greaterThan": 2000}), [TALK]),
        (item("length_in_msecs", RANGE, range={"greaterThanOrEqual": 2000, "lessThan": 4}), []),
        (item("duration", RANGE, range={"lessThanOrEqual": 2, "greaterThan": 0}), [CLIP]),
        (item("created_at", RANGE, range={"greaterThanOrEqual": 1}), [TALK, NOTES, WALL, CLIP]),
        (any_of(item("name", PARTIAL, "pasta"), item("media_type", EXACT, 2)), [WALL, CLIP]),
        (none_of(item("media_type", EXACT, 1), item("name", PARTIAL, "notes")), [WALL]),
        (all_of(none_of(said(EXISTS)), any_of(item("media_type", EXACT, 1))), [CLIP]),
        (said(EXISTS), [TALK]),
        (said(EXACT, "went up & away"), [TALK]),
        (said(EXACT, "the plan for next spring"), [TALK]),
        (said(PARTIAL, "sprin the"), [TALK]),
        (said(PARTIAL, "numbers spring"), []),
        (said(STARTS, "the PLAN"), [TALK]),
        (all_of(said(PARTIAL, "plan"), timed("start_time", lessThan=2000)), []),
        (all_of(said(PARTIAL, "plan"), timed("end_time", lessThan=5000)), [TALK]),
        (all_of(said(PARTIAL, "plan"), all_of(said(PARTIAL, "numbers"))), [TALK]),
        (said(EXACT, "English", "language"), [TALK]),
        (anywhere(PARTIAL, "recip"), [CLIP]),
        (anywhere(PARTIAL, "spring"), [TALK]),
        (anywhere(EXACT, WALL), [WALL]),
        (anywhere(STARTS, "notes"), [NOTES]),
        (anywhere(PARTIAL, "zzz"), []),
    ],
    ids=str,
)  # fmt: skip
def test_a_search_finds_what_it_says(user: Caller, node: Node, ids: list[str]) -> None:
    assert found(user, node) == ids


def flat(value: Any, above: str, brackets: bool) -> dict[str, str]:
    if not isinstance(value, dict | list):
        return {above: str(value)}
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    form: dict[str, str] = {}
    for name, inner in pairs:
        form |= flat(inner, f"{above}[{name}]" if brackets else f"{above}:{name}", brackets)
    return form


@pytest.mark.parametrize("brackets", [True, False])
def test_a_form_says_the_same_as_json(user: Caller, brackets: bool) -> None:
    """A form has no lists: clients number the members, and mark an empty one by `-`."""
    node = any_of(*(item("name", PARTIAL, f"none {n}") for n in range(11)), said(EXISTS))
    form = flat({"searchOperator": node}, "searchParams", brackets)
    reply = user.service("elasticsearch_esearch.searchEntry", ks=user.ks, **form)
    assert [result["object"]["id"] for result in reply["objects"]] == [TALK]
    empty = {
        "searchParams:searchOperator:operator": "1",
        "searchParams:searchOperator:searchItems:-": "",
    }
    reply = user.service("elasticsearch_esearch.searchEntry", ks=user.ks, **empty)
    assert reply["code"] == "EMPTY SEARCH ITEMS ARE NOT ALLOWED"


def ordered_by(*items: Node) -> Node:
    return {"orderBy": {"orderItems": [*items]}}


EVERYTHING = item("name", PARTIAL, "a")


def test_entries_of_some_ids_are_looked_up(user: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for all entries of all users to be looked through."""
    shown: list[str] = []

    def noted(entry: Entry, public_url: str) -> Node:
        shown.append(entry.id)
        return entry_payload(entry, public_url)

    monkeypatch.setattr(search_services, "entry_payload", noted)
    assert found(user, item("name", EXACT, "pasta"), objectIds=f"{CLIP},{OTHERS}") == [OTHERS, CLIP]
    assert shown == [OTHERS, CLIP]


def test_a_user_finds_what_the_users_lists_have(user: Caller) -> None:
    """The rights are those of `baseEntry/list`."""
    pasta = item("name", EXACT, "pasta")
    assert found(user, pasta) == [CLIP]
    assert found(user, pasta, objectIds=f"{CLIP},{OTHERS}") == [OTHERS, CLIP]
    assert found(user, pasta, objectId=OTHERS) == [OTHERS]
    assert found(caller(user.studio, "boss", ADMIN), pasta) == [OTHERS, CLIP]
    empty = user.service("media.add", ks=user.ks, **{"entry:name": "pasta to come"})["id"]
    try:
        assert found(user, pasta) == [CLIP]
        assert found(user, pasta, objectStatuses="2,7") == [empty, CLIP]
    finally:
        user.service("media.delete", ks=user.ks, entryId=empty)


def test_results_come_in_an_order_and_in_pages(user: Caller) -> None:
    def ordered(*orders: tuple[str, str], **pager: int) -> list[str]:
        items = [{"sortField": field, "sortOrder": order} for field, order in orders]
        return found(user, EVERYTHING, **ordered_by(*items), pager=pager or None)

    assert ordered() == [TALK, WALL, CLIP]
    assert ordered(("created_at", "asc")) == [CLIP, WALL, TALK]
    assert ordered(("name", "asc")) == [CLIP, WALL, TALK]
    assert ordered(("name", "desc"), ("created_at", "desc"), pageSize=2, pageIndex=1) == [
        TALK,
        WALL,
    ]
    assert ordered(("name", "desc"), pageSize=2, pageIndex=2) == [CLIP]
    reply = asked(user, EVERYTHING, pager={"pageSize": 1})
    assert (len(reply["objects"]), reply["totalCount"]) == (1, 3)
    far = asked(user, EVERYTHING, pager={"pageSize": 500, "pageIndex": 21})
    assert far["code"] == "CRITERIA_EXCEEDED_MAX_MATCHES_ALLOWED"


def test_what_was_found_is_shown_on_request(user: Caller) -> None:
    """Lines of captions with their times; marks around the words where it is asked for."""
    asset = user.service("caption_captionAsset.list", ks=user.ks, **{"filter:entryIdEqual": TALK})[
        "objects"
    ][0]
    (result,) = asked(user, said(PARTIAL, "numbers up", addHighlight=True))["objects"]
    (lines,) = result["itemsData"]
    assert (lines["objectType"], lines["itemsType"]) == ("KalturaESearchItemDataResult", "caption")
    assert lines["totalCount"] == 1
    assert lines["items"] == [
        {
            "objectType": "KalturaESearchCaptionItemData",
            "line": "Numbers went up & away.",
            "startsAt": 1000,
            "endsAt": 2000,
            "language": "English",
            "captionAssetId": asset["id"],
            "label": "English",
            "highlight": [{
                "objectType": "KalturaESearchHighlight",
                "fieldName": "content",
                "hits": [{"objectType": "KalturaString",
                          "value": "<em>Numbers</em> went <em>up</em> & away."}],
            }],
        }
    ]  # fmt: skip
    (result,) = asked(user, anywhere(EXACT, "pasta", addHighlight=True))["objects"]
    assert [(mark["fieldName"], mark["hits"][0]["value"]) for mark in result["highlight"]] == [
        ("name", "<em>Pasta</em> recipe")
    ]
    (result,) = asked(user, anywhere(EXACT, "pasta"))["objects"]
    assert not {"highlight", "itemsData"} & result.keys()


def test_the_lines_that_are_shown_are_those_that_were_found(user: Caller) -> None:
    """Items of one operator speak of the same line; each operator, and each word, of its own."""

    def shown(*items: Node) -> list[str]:
        (result,) = asked(user, *items)["objects"]
        return [line["line"] for line in result["itemsData"][0]["items"]]

    plan, numbers = "The plan for next spring.", "Numbers went up & away."
    assert shown(said(PARTIAL, "plan"), timed("end_time", lessThan=5000)) == [plan]
    assert shown(any_of(said(PARTIAL, "plan"), said(PARTIAL, "numbers"))) == [numbers, plan]
    assert shown(said(PARTIAL, "plan"), all_of(said(PARTIAL, "numbers"))) == [numbers, plan]
    assert shown(said(PARTIAL, "plan"), none_of(said(PARTIAL, "zzz"))) == [plan]
    assert shown(anywhere(PARTIAL, "spring"), timed("start_time", lessThan=2000)) == [numbers, plan]


def test_an_entrys_captions_are_read_once_for_all_items(
    user: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_captions, "MAX_READ", 2 * len(TOLD))
    words = [anywhere(PARTIAL, word) for word in ("numbers", "plan", "next", "spring")]
    assert found(user, all_of(*words)) == [TALK]
    monkeypatch.setattr(search_captions, "MAX_KEPT", 10)
    assert asked(user, all_of(*words))["code"] == "SEARCH_TOO_GENERAL"


@pytest.mark.parametrize(
    ("node", "code", "word"),
    [
        (item("plays", RANGE, range={"lessThan": 1}), "NOT_EMULATED", "plays"),
        (item("name", 7, "x"), "VALIDATION_ERROR", "itemType"),
        (item("name", RANGE, range={"lessThan": 1}), "SEARCH_TYPE_NOT_ALLOWED_ON_FIELD", "name"),
        (item("created_at", EXACT, "1"), "SEARCH_TYPE_NOT_ALLOWED_ON_FIELD", "created_at"),
        (item("created_at", RANGE), "VALIDATION_ERROR", "range"),
        (item("created_at", RANGE, range={"lessThan": "soon"}), "VALIDATION_ERROR", "lessThan"),
        (item("created_at", RANGE, range={"below": 1}), "NOT_EMULATED", "below"),
        (item("name", EXACT, ""), "EMPTY SEARCH TERM IS NOT ALLOWED", "name"),
        (item("name", EXACT, " "), "EMPTY SEARCH TERM IS NOT ALLOWED", "name"),
        (item("name", EXACT, "x" * 501), "VALIDATION_ERROR", "searchTerm"),
        (item("name", PARTIAL, "x y " * 51), "VALIDATION_ERROR", "searchTerm"),
        (item("name", EXACT, ["x"]), "VALIDATION_ERROR", "searchTerm"),
        (item("name", EXACT, "x", boost=2), "NOT_EMULATED", "boost"),
        (said(EXACT, "x", "accuracy"), "NOT_EMULATED", "accuracy"),
        (anywhere(EXISTS, "x"), "SEARCH TYPE IS NOT ALLOWED ON UNIFIED SEARCH", "4"),
        ({"objectType": "KalturaESearchMetadataItem"}, "NOT_EMULATED", "MetadataItem"),
        ({"fieldName": "name"}, "VALIDATION_ERROR", "objectType"),
        (all_of(item("name", EXACT, "x"), operator=4), "VALIDATION_ERROR", "operator"),
        (all_of(), "EMPTY SEARCH ITEMS ARE NOT ALLOWED", ""),
        (all_of(all_of()), "EMPTY SEARCH ITEMS ARE NOT ALLOWED", ""),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_a_question_is_never_taken_for_another(
    user: Caller, node: Node, code: str, word: str
) -> None:
    reply = asked(user, node)
    assert (reply.get("code"), word in reply["message"]) == (code, True), reply


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"aggregations": {}}, "NOT_EMULATED"),
        (ordered_by({"sortField": "plays", "sortOrder": "asc"}), "NOT_EMULATED"),
        (ordered_by({"sortField": "name", "sortOrder": "up"}), "VALIDATION_ERROR"),
        (ordered_by(*[{"sortField": "name"}] * 9), "VALIDATION_ERROR"),
        ({"objectStatuses": ["2"]}, "VALIDATION_ERROR"),
        ({"searchOperator": None}, "EMPTY SEARCH OPERATOR IS NOT ALLOWED"),
        ({"ignoreSynonym": True, "objectType": "KalturaESearchEntryParams"}, None),
    ],
    ids=str,
)  # fmt: skip
def test_of_the_whole_too(user: Caller, params: Node, code: str | None) -> None:
    assert asked(user, EVERYTHING, **params).get("code") == code
    reply = user.send("POST", PATH, json={"ks": user.ks, "format": 1}).json()
    assert reply["code"] == "EMPTY SEARCH OPERATOR IS NOT ALLOWED"


def test_the_work_of_a_search_is_bounded(user: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = EVERYTHING
    for _ in range(search_reading.MAX_DEPTH + 1):
        deep = any_of(deep)
    assert "deep" in asked(user, deep)["message"]
    many = any_of(*[EVERYTHING] * (search_reading.MAX_ITEMS + 1))
    assert str(search_reading.MAX_ITEMS) in asked(user, many)["message"]
    monkeypatch.setattr(search_captions, "MAX_READ", 10)
    assert asked(user, said(PARTIAL, "plan"))["code"] == "SEARCH_TOO_GENERAL"
    assert found(user, item("media_type", EXACT, 2), said(PARTIAL, "plan")) == []
    monkeypatch.setattr(search_captions, "MAX_READ", 1 << 20)
    monkeypatch.setattr(search_captions, "MAX_PARSED", 10)
    assert found(user, said(PARTIAL, "zzz")) == []
    assert asked(user, said(PARTIAL, "plan"))["code"] == "SEARCH_TOO_GENERAL"


@pytest.fixture
def fragments(user: Caller) -> Iterator[None]:
    """Captions of blank lines: every third character is a block to be compared by itself."""
    content = TOLD + "\n\na\n\nb" * 2_000
    asset = attach(user.studio.workspace, CLIP, language="English", label="-", content=content)
    yield
    user.service("caption_captionAsset.delete", ks=user.ks, captionAssetId=asset.id)


@pytest.mark.parametrize(
    ("limit", "node"),
    [
        ("MAX_COMPARED", anywhere(EXACT, "a b")),
        ("MAX_COMPARED", any_of(*[anywhere(PARTIAL, "a plan zzz")] * 90)),
        ("MAX_PARSED", said(EXISTS)),
    ],
    ids=["no-block", "many-items", "every-block"],
)
def test_fragments_of_captions_count_for_what_they_cost(
    user: Caller, fragments: None, monkeypatch: pytest.MonkeyPatch, limit: str, node: Node
) -> None:
    monkeypatch.setattr(search_captions, limit, 64 << 10)
    assert asked(user, node)["code"] == "SEARCH_TOO_GENERAL"


def test_a_search_of_long_captions_takes_little_memory(user: Caller) -> None:
    """Two hundred captions of a megabyte each may belong to one entry."""
    long = TOLD + "ü" * 400_000
    made = [
        attach(user.studio.workspace, CLIP, language="English", label=label, content=long).id
        for label in map(str, range(20))
    ]
    tracemalloc.start()
    try:
        assert found(user, said(PARTIAL, "zzz")) == []
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        for asset in made:
            user.service("caption_captionAsset.delete", ks=user.ks, captionAssetId=asset)
    assert peak < 10 << 20


def test_lines_of_one_entry_are_counted_up_to_a_limit(user: Caller) -> None:
    cues = "".join(f"00:00:00.{n:03} --> 00:00:01.000\nword number {n}\n\n" for n in range(300))
    asset = attach(user.studio.workspace, CLIP, language="French", content="WEBVTT\n\n" + cues)
    try:
        (result,) = asked(user, said(EXACT, "word"))["objects"]
    finally:
        user.service("caption_captionAsset.delete", ks=user.ks, captionAssetId=asset.id)
    (lines,) = result["itemsData"]
    assert lines["totalCount"] == search_captions.MAX_LINES
    assert [line["startsAt"] for line in lines["items"]] == [*range(search_captions.SHOWN_LINES)]

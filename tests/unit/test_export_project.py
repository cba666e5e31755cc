"""What storyboards, files, avatars and entries of an exported project are called, and where."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from storyboard.export.project import Exported, ExportOptions, export_project
from storyboard.export.taken import Left, Taken, take_video
from storyboard.kaltura.objects import RemoteVideo
from storyboard.video import Address, Avatar, Background, BackgroundKind

AVATARS = {
    "jane": Avatar("jane", Background(BackgroundKind.COLOR, "#CEEEDB")),
    "adam": Avatar("adam", Background(BackgroundKind.LIBRARY, "office-1")),
    "maya": Avatar("maya", Background(BackgroundKind.ENTRY, "1_room")),
}
HELLO = {"narration": {"text": "Hello and welcome to the tour of our office."}}


def clip(entry: str) -> dict[str, Any]:
    return HELLO | {"layoutType": "broll", "broll": {"entryId": entry, "startTime": 0}}


def remote(**fields: Any) -> RemoteVideo:
    made = {"id": "v1", "name": "Talk", "avatarId": "jane", "createdAt": "", "updatedAt": ""}
    return RemoteVideo.parse(made | {"status": "composed", "scenes": [HELLO]} | fields)


def export(*videos: tuple[str, str, list[dict[str, Any]]] | str, **options: Any) -> Exported:
    taken = []
    for number, video in zip(count(1), videos, strict=False):
        name, avatar, scenes = (video, "jane", [HELLO]) if isinstance(video, str) else video
        made = {"id": f"v{number}", "createdAt": f"{number:03}", "updatedAt": "", "status": "draft"}
        told = take_video(
            RemoteVideo.parse(made | {"name": name, "avatarId": avatar, "scenes": scenes}), AVATARS
        )
        assert isinstance(told, Taken), told
        taken.append(told)
    return export_project(taken, AVATARS, ExportOptions("kaltura", **options))


def addresses(exported: Exported) -> list[str]:
    assert not exported.left
    return [str(each.address) for each in exported.written]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Tour", "tour", "TOUR!", "Tour 2"], ["tour", "tour-2", "tour-3", "tour-2-2"]),
        (["con", "NUL", "lpt1"], ["con-video", "nul-video", "lpt1-video"]),
        (["../../etc/passwd", ".git", "a\\b:c*d"], ["etc-passwd", "git", "a-b-c-d"]),
        (["日本語", "…"], ["video-v1", "video-v2"]),
        (["Größe & Über", "{{ 7 * 7 }}"], ["grosse-uber", "video-v2"]),
        (["Tour (en)", "Tour (de)", "Tour (de)"], ["tour-en", "tour-de", "tour-de-2"]),
        (["Tour [en]", "Tour [pt-BR]"], ["tour@en", "tour@pt-BR"]),
        (["Tour - en", "Tour - de"], ["tour@en", "tour@de"]),
        (["Plan - sat", "Plan - kea"], ["plan-sat", "plan-kea"]),
        (["Report (IT)", "Report (HR)"], ["report-it", "report-hr"]),
        (["Tour (en]", "Tour (de]"], ["tour-en", "tour-de"]),
        (["x" * 500], ["x" * 60]),
    ],
)
def test_names_become_ids(names: list[str], expected: list[str]) -> None:
    assert addresses(export(*names)) == expected


def test_a_state_keeps_its_addresses() -> None:
    known = {
        "v1": Address("mine"),
        "v2": Address("con"),
        "v3": Address("x.storyboard"),
        "v4": Address("both", "de"),
        "v5": Address("both", "en"),
        "v6": Address("alone", "fr"),
    }
    exported = export(
        *("A", "B", "C", "Drei", "Three", "F", "Mine"), known=known, locales=("en", "de")
    )
    expected = ["mine", "b", "x.storyboard", "both@en", "both@de", "alone@fr", "mine-2"]
    assert addresses(exported) == expected
    apart = export("Tour (en)", "Tour (de)", known={"v1": Address("mine")})
    assert addresses(apart) == ["mine", "tour-de"]
    assert exported.files["storyboards/x.storyboard.yaml"].startswith("id: x.storyboard\n")
    assert 'msgstr "Drei"' in exported.files["locales/de/both.po"]


def test_what_several_storyboards_name_is_in_the_project_file() -> None:
    exported = export(
        ("A", "adam", [clip("1_all"), clip("1_a"), clip("1_b")]),
        ("B", "adam", [clip("1_all"), clip("1_c")]),
        ("C", "maya", [HELLO]),
        told={"1_all": "All hands.mp4", "1_room": "../{{ room }}"},
    )
    assert (
        exported.files["storyboard.yaml"]
        == """\
avatars:
  adam-office-1: {templateId: adam, background: {type: library, id: office-1}}
entries:
  all-hands: {entryId: 1_all}
storyboards: [storyboards/*.yaml]
"""
    )
    tables = [
        exported.files[f"storyboards/{id_}.yaml"].partition("scenes:")[0] for id_ in ("a", "b", "c")
    ]
    assert tables == [
        "name: A\navatar: adam-office-1\nentries:\n"
        "  clip: {entryId: 1_a}\n  clip-2: {entryId: 1_b}\n",
        "name: B\navatar: adam-office-1\nentries:\n  clip: {entryId: 1_c}\n",
        "name: C\navatar: {templateId: maya, background: {type: entry, entryId: clip}}\n"
        "entries:\n  clip: {entryId: 1_room}\n",
    ]


def test_a_rule_that_only_estimates_leaves_nothing_out() -> None:
    exported = export(("A", "jane", [{"narration": {"text": "Hi."}}]))
    assert exported.lowered == ("narration-too-short",)
    assert "checks: {narration-too-short: warning}" in exported.files["storyboard.yaml"]


def test_a_composition_is_kept_for_the_record() -> None:
    asked = {"formatType": "session-highlights", "duration": 60.0, "entryIds": ["1_talk"]}
    more = {"userBrief": "the {{ roadmap }}", "generateName": False, "unknown": [1]}
    taken = take_video(remote(composeParams=asked | more), AVATARS)
    assert isinstance(taken, Taken)
    exported = export_project([taken], AVATARS, ExportOptions("kaltura"))
    assert not exported.left
    assert (
        exported.files["storyboards/talk.yaml"]
        == """\
name: Talk
composed:
  formatType: session-highlights
  duration: 60
  entryIds: [1_talk]
  userBrief: "the {{ '{{' }} roadmap }}"
scenes:
  - id: hello-and-welcome-to
    narration: Hello and welcome to the tour of our office.
"""
    )


@pytest.mark.parametrize(
    "asked", [{"formatType": "odd"}, {"entryIds": ["{{ x }}"]}, {"duration": {}}, {"entryIds": 7}]
)
def test_an_odd_composition_is_not_kept(asked: dict[str, Any]) -> None:
    taken = take_video(remote(composeParams=asked), AVATARS)
    assert isinstance(taken, Taken)
    assert taken.composed == {}


def test_what_is_not_composed_yet_is_left() -> None:
    left = take_video(remote(status="composing", scenes=[], composeParams={"a": 1}), AVATARS)
    assert isinstance(left, Left)
    assert left.reasons == ("its scenes are not composed yet",)

"""A stand-in that cannot be put there fails the videos that show it, and no other."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from storyboard.apply.outcome import Ending
from storyboard.apply.stand_ins import digest_stand_ins, hold_absent, put_stand_ins
from storyboard.errors import CredentialsError, ExitCode, StoryboardError, StudioError
from storyboard.plan.action import Action
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.stand_in import StandIn
from storyboard.video import Address, Avatar, Background, BackgroundKind, Compose, Layout, Video
from tests.support.videos import World, scene, span, video


@dataclass
class Shelf:
    """A studio's media; what its entry says here is refused so."""

    refused: dict[str, StoryboardError] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)

    async def put_media(self, entry_id: str, path: Path, name: str) -> None:
        if entry_id in self.refused:
            raise self.refused[entry_id]
        self.puts.append(entry_id)
        self.media[entry_id] = hashlib.sha256(path.read_bytes()).hexdigest()

    async def put_captions(self, entry_id: str, path: Path, name: str) -> None:
        self.captions[entry_id] = name

    async def list_media(self) -> dict[str, str]:
        return dict(self.media)


def shows(address: str, *entries: str, layout: Layout | None = None) -> Video:
    made = video(address, *[scene(e, "Here it is.", broll=(e, 0), layout=layout) for e in entries])
    stand_ins = tuple(StandIn(e, f"media/{e}.mp4", span(3)) for e in entries)
    return replace(made, stand_ins=stand_ins)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "media").mkdir()
    for name in ("1_a", "1_b", "1_c"):
        (tmp_path / "media" / f"{name}.mp4").write_text(name)
    return tmp_path


def put(shelf: Shelf, root: Path, *videos: Video) -> Mapping[Address, StoryboardError]:
    return asyncio.run(put_stand_ins(shelf, ProjectFiles(root), FileFacts(None), videos))


def test_a_refused_file_fails_the_videos_that_show_it(root: Path) -> None:
    shelf = Shelf({"1_a": StudioError("'1_a.mp4' is refused: no")})
    videos = [shows("one", "1_a", "1_b"), shows("two", "1_b"), shows("three", "1_c"),
              shows("named", "1_a", layout=Layout.FULL_SCREEN)]  # fmt: skip
    failed = put(shelf, root, *videos)
    assert {str(address) for address in failed} == {"one"}
    [why] = failed.values()
    assert why.message == "q1.yaml:3: '1_a.mp4' is refused: no"
    assert "1_a" in (why.hint or "")
    assert shelf.puts == ["1_b", "1_c"]


def test_an_entry_that_nobody_has_is_waited_for(root: Path) -> None:
    shelf = Shelf(media={"1_there": "digest"})
    background = Avatar("jane", Background(BackgroundKind.ENTRY, "1_wall"))
    scenes = [scene("a", "Here it is.", broll=("1_none", 0), line=7)]
    videos = [
        shows("own", "1_a"),
        video("there", scene("a", "Here it is.", broll=("1_there", 0))),
        video("none", *scenes),
        video("named", replace(scenes[0], layout=Layout.FULL_SCREEN)),
        video("wall", "Here it is.", avatar=background),
    ]
    found = asyncio.run(hold_absent(shelf, videos))
    held = {str(each.address): each.holds for each in found if each.holds}
    assert set(held) == {"none", "wall"}
    [hold] = held["none"]
    assert "no entry '1_none'" in hold.reason
    assert hold.span is not None
    assert hold.span.line == 7
    assert "--entry-id 1_none" in (hold.hint or "")
    assert put(shelf, root, *found) == {}
    assert asyncio.run(hold_absent(shelf, videos[:2])) == videos[:2]


def test_a_file_that_is_not_ours_is_never_sent(root: Path) -> None:
    (root / "media" / "1_a.mp4").unlink()
    (root / "media" / "1_a.mp4").symlink_to("/etc/hostname")
    (root / "media" / "1_b.mp4").unlink()
    shelf = Shelf()
    failed = put(shelf, root, shows("one", "1_a"), shows("two", "1_b"), shows("three", "1_c"))
    assert sorted(str(address) for address in failed) == ["one", "two"]
    assert shelf.puts == ["1_c"]
    files, facts = ProjectFiles(root), FileFacts(None)
    assert list(digest_stand_ins(files, facts, [shows("one", "1_a", "1_b", "1_c")])) == ["1_c"]


def test_what_is_there_is_not_sent_again(root: Path) -> None:
    shelf = Shelf()
    put(shelf, root, shows("one", "1_a"))
    put(shelf, root, shows("one", "1_a"))
    assert shelf.puts == ["1_a"]
    (root / "media" / "1_a.mp4").write_text("another")
    put(shelf, root, shows("one", "1_a"))
    assert shelf.puts == ["1_a", "1_a"]


def test_captions_go_with_what_is_composed_from_alone(root: Path) -> None:
    (root / "media" / "1_a.srt").write_text("captions")
    (root / "media" / "1_b.vtt").write_text("captions")
    composed = replace(
        shows("one", "1_a"), scenes=(), compose=Compose("session-highlights", 60, ("1_a",))
    )
    shelf = Shelf()
    assert put(shelf, root, composed, shows("two", "1_b")) == {}
    assert shelf.captions == {"1_a": "1_a.srt"}
    (root / "media" / "1_a.srt").unlink()
    (root / "media" / "1_a.srt").symlink_to("/etc/hostname")
    assert set(put(shelf, root, composed)) == {Address("one")}


def test_lost_credentials_end_the_run(root: Path) -> None:
    with pytest.raises(CredentialsError):
        put(Shelf({"1_a": CredentialsError("expired")}), root, shows("one", "1_a"))


def test_an_unready_video_fails_and_the_others_are_made(tmp_path: Path) -> None:
    world = World(tmp_path)
    bad, good = video("bad", "Welcome to this quarter."), video("good", "Welcome, all of you.")
    unready = {Address("bad"): StoryboardError("a.yaml:3: no", hint="do that")}
    world.options = replace(world.options, unready=unready)
    outcome = world.apply(bad, good)
    assert outcome.exit_code is ExitCode.PARTIAL
    ended = {(str(o.address), o.action): o for o in outcome.actions}
    assert ended["bad", Action.CREATE].message == "a.yaml:3: no"
    assert ended["bad", Action.CREATE].hints == ("do that",)
    assert ended["bad", Action.GENERATE].ending is Ending.SKIPPED
    assert {str(r.address): r.status for r in outcome.rows} == {"bad": "failed", "good": "ready"}
    world.options = replace(world.options, unready={})
    assert world.apply(bad, good).exit_code is ExitCode.OK
    world.options = replace(world.options, unready=unready)
    edited = video("bad", "Welcome to another quarter.")
    assert world.apply(edited, good).exit_code is ExitCode.PARTIAL
    outcome = world.apply(bad, good)
    assert (outcome.exit_code, outcome.actions) == (ExitCode.OK, ())
    needs = world.apply(bad, good, media_digests={"1_x": "y"})
    assert needs.exit_code is ExitCode.OK

"""A team's local studio, reached over HTTP with an app token: no Kaltura, and no secret."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from storyboard.commands.environment import resolve_environment
from storyboard.commands.shared_studio import is_shared_studio
from storyboard.kaltura.blocking import BlockingTransport
from storyboard.source.files import MemoryFiles
from storyboard.state.local import LocalStore, next_serial
from storyboard.studio.records import entries
from storyboard.wire import LOCALE
from tests.contract.studio_rig import caller, write_movie
from tests.support.compiling import compile_with
from tests.support.project import Project
from tests.support.shared_studio import ANA, Colleague, at_a_shared_studio
from tests.support.tiny_studio import TinyStudio, serving

TEAM = "environments: {team: {studio: kaltura}}\n"
CLIP = """\
name: Tour
scenes:
  - Welcome to the tour of our new product.
  - id: numbers
    narration: These are the numbers of the last quarter.
    broll: 1_dashboard
"""


def put(ana: Colleague, entry_id: str, fps: int = 25) -> None:
    """Give the studio a clip, as its operator does."""
    clip = write_movie(ana.project.path.parent / f"{entry_id}.mp4", 12, fps).read_bytes()
    put = ana.operator.control("POST", f"media?entryId={entry_id}&name={entry_id}", content=clip)
    assert put["id"] == entry_id, put


def test_why_a_film_failed_is_told_without_the_control_plane(tmp_path: Path) -> None:
    """It was "the studio gives no reason", though the studio's log had it."""
    files = {"storyboard.yaml": TEAM, "storyboards/tour.yaml": CLIP}
    with at_a_shared_studio(tmp_path, files) as ana:
        put(ana, "1_dashboard", fps=24)
        applied = ana.run("apply", "--yes")
        assert applied.code == 9, applied.err
        told = "scene 'numbers': '1_dashboard' has 24 frames a second, and 25 or 30 are taken"
        assert f"film failed: {told}" in applied.out + applied.err
        assert "gives no reason" not in applied.out + applied.err
        waited = ana.run("wait")
        assert told in waited.out + waited.err


BRANDED = """\
titles: {jane: {name: Jane Doe, role: Product}}
say: {SQL: sequel}
environments: {team: {studio: kaltura, burnCaptions: true}}
"""
REGIONAL = """\
locales: [es-MX]
environments: {team: {studio: kaltura}}
"""
PESOS = "name: Tour\nscenes:\n  - {id: a, narration: 'El boleto cuesta $300 y es para todos.'}\n"
SPOKEN = "name: Tour\nscenes:\n  - Welcome to the tour of our new SQL service.\n"


def test_an_edit_of_what_a_table_says_is_left_to_the_author(tmp_path: Path) -> None:
    """A plan said that the files will overwrite it, and `pull` that there is nothing."""
    files = {"storyboard.yaml": BRANDED, "storyboards/tour.yaml": SPOKEN}
    with at_a_shared_studio(tmp_path, files) as ana:
        assert ana.run("apply", "--yes").code == 0
        own = caller(ana.studio, ANA)
        [found] = own("video/list")["objects"]
        [scene] = found["scenes"]
        scene["narration"]["say"][0]["said"] = "S Q L"
        scene["narration"]["title"]["role"] = "Design"
        own("video/update", id=found["id"], scenes=[scene])
        assert "edited in the studio" in ana.run("plan").out
        pulled = ana.run("pull")
        assert pulled.code == 6, pulled.out
        assert "`say` says it" in pulled.out + pulled.err
        assert "`titles` says it" in pulled.out + pulled.err
        assert ana.run("pull", "--check").code == 2


@pytest.mark.parametrize(
    ("old", "new"), [("Product", "Design"), ("sequel", "S Q L"), ("{SQL: sequel}", "{}")]
)
def test_a_runner_without_a_state_sees_another_title_and_other_words(
    tmp_path: Path, old: str, new: str
) -> None:
    """With `identity: name` a plan said "no changes", and the film had the old ones for ever."""
    branded = BRANDED.replace("burnCaptions: true", f"identity: name, userId: {ANA}")
    files = {"storyboard.yaml": branded, "storyboards/tour.yaml": SPOKEN}
    with at_a_shared_studio(tmp_path, files) as ana:
        assert ana.run("apply", "--yes").code == 0
        rmtree(ana.project.path / ".storyboard", ignore_errors=True)
        assert "no changes" in ana.run("plan").out
        ana.project.edit("storyboard.yaml", old, new)
        rmtree(ana.project.path / ".storyboard", ignore_errors=True)
        planned = ana.run("plan").out
        assert "1 to update, 1 film to make" in planned, planned
        assert ana.run("apply", "--yes").code == 0
        rmtree(ana.project.path / ".storyboard", ignore_errors=True)
        assert "no changes" in ana.run("plan").out


def test_titles_say_and_burned_captions_are_those_of_a_draft(tmp_path: Path) -> None:
    """They were dropped, and the plan spoke of Kaltura."""
    files = {"storyboard.yaml": BRANDED, "storyboards/tour.yaml": SPOKEN}
    with at_a_shared_studio(tmp_path, files) as ana:
        for _ in range(2):
            planned = ana.run("plan")
            assert (planned.code, "drafts only" in planned.out) == (0, False), planned.out
        assert ana.run("apply", "--yes").code == 0
        assert "no changes" in ana.run("plan").out
        [made] = ana.films.made
        [scene] = made.scenes
        assert scene.title is not None
        assert (scene.title.name, scene.title.role) == ("Jane Doe", "Product")
        assert "sequel" in str(scene)
        assert made.burns_captions


def test_what_is_no_local_studio_gets_what_kaltura_gets(tmp_path: Path) -> None:
    files = {"storyboard.yaml": BRANDED, "storyboards/tour.yaml": SPOKEN}
    with serving(TinyStudio()) as url:
        named = {"KALTURA_VOD_AVATAR_URL": f"{url}/api/v1", "KALTURA_SERVICE_URL": f"{url}/api_v3"}
        who = {"KALTURA_KS": "a-session", "KALTURA_PARTNER_ID": "1", "KALTURA_USER_ID": "maker"}
        planned = Project.of(tmp_path, files).run("plan", "-e", "team", **named, **who)
    assert planned.code == 0, planned.err
    assert "titles and burned-in captions: for drafts only" in planned.out
    assert "say: for drafts only, Kaltura reads words as they are written" in planned.out


@pytest.mark.parametrize(
    "variables",
    [
        {"KALTURA_REGION": "irp2"},
        {"KALTURA_VOD_AVATAR_URL": "https://video-avatar.x.ovp.kaltura.com/api/v1"},
        {},
    ],
)
def test_kaltura_is_known_by_its_address_and_never_asked(
    tmp_path: Path, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BlockingTransport, "send", pytest.fail)
    declared = {"team": {"studio": "kaltura"}}
    environment = resolve_environment("team", declared, variables, tmp_path)
    compiled = compile_with(
        MemoryFiles({"storyboard.yaml": REGIONAL, "tour.storyboard.yaml": PESOS})
    )
    assert compiled.videos
    assert not is_shared_studio(environment, compiled)


def test_a_video_waits_for_a_clip_that_the_studio_does_not_have(tmp_path: Path) -> None:
    """Its film was tried twice, and failed; a search by test films found no cause."""
    files = {"storyboard.yaml": TEAM, "storyboards/tour.yaml": CLIP}
    with at_a_shared_studio(tmp_path, files) as ana:
        hint = "storyboard studio media add --entry-id 1_dashboard FILE"
        for arguments in (("plan", "--fail-on", "hold"), ("apply", "--yes", "--fail-on", "hold")):
            held = ana.run(*arguments)
            assert held.code == 5, held.out
            assert "the studio finds no entry '1_dashboard'" in held.out
            assert hint in held.out
        told = ana.run("doctor").out
        assert "the studio does not find 1_dashboard" in told
        assert hint in told
        assert ana.films.made == []
        put(ana, "1_dashboard")
        assert "hold" not in ana.run("plan").out, "told again, though the clip is there"
        assert "1 entry found" in ana.run("doctor").out
        assert ana.run("apply", "--yes").code == 0
        assert len(ana.films.made) == 1


COMPOSED = """\
name: Talk
compose: {formatType: video-explainer, duration: 60, entryIds: [1_notes0000]}
"""
NOTES = "# Notes\n\n" + "The battery keeps the lights of the house on for two nights. " * 6


@pytest.mark.slow
def test_a_composition_waits_for_a_document_that_the_studio_does_not_have(tmp_path: Path) -> None:
    """It failed in `apply`, behind videos that were made: plan said nothing of it."""
    files = {"storyboard.yaml": TEAM, "storyboards/talk.yaml": COMPOSED}
    with at_a_shared_studio(tmp_path, files) as ana:
        hint = "storyboard studio media add --entry-id 1_notes0000 FILE"
        for arguments in (("plan", "--fail-on", "hold"), ("apply", "--yes", "--fail-on", "hold")):
            held = ana.run(*arguments)
            assert held.code == 5, held.out
            assert "the studio finds no entry '1_notes0000'" in held.out
            assert hint in held.out
        assert "the studio does not find 1_notes0000" in ana.run("doctor").out
        sent = {"content": NOTES.encode()}
        got = ana.operator.control("POST", "media?entryId=1_notes0000&name=notes.md", **sent)
        assert got["id"] == "1_notes0000", got
        assert "hold" not in ana.run("plan").out
        applied = ana.run("apply", "--yes")
        assert applied.code == 0, applied.err
        assert len(ana.films.made) == 1
        with ana.studio.workspace.store.write() as tx:
            entries.delete(tx, "1_notes0000")
        assert "no changes" in ana.run("plan").out, "what is composed needs it no more"


@pytest.mark.slow
def test_a_locale_is_told_whatever_other_storyboards_have(tmp_path: Path) -> None:
    """A first title, `say` or burned-in caption anywhere made all regional films again."""
    files = {"storyboard.yaml": REGIONAL, "storyboards/tour.yaml": PESOS}
    with at_a_shared_studio(tmp_path, files) as ana:
        assert ana.run("apply", "--yes").code == 0
        [scene] = caller(ana.studio, ANA)("video/list")["objects"][0]["scenes"]
        assert scene["narration"][LOCALE] == "es-MX"
        ana.project.write("storyboards/other.yaml", f"say: {{SQL: sequel}}\n{SPOKEN}")
        planned = ana.run("plan", "tour").out
        assert "no changes" in planned, planned


class Emptied(TinyStudio):
    """Has no entry any more, if it ever had one."""

    def told(self, action: str, truth: Any) -> Any:
        return {"code": "ENTRY_ID_NOT_FOUND", "message": "gone"}


def test_a_film_that_is_made_needs_its_clip_no_more(tmp_path: Path) -> None:
    files = {"storyboard.yaml": TEAM, "storyboards/tour.yaml": CLIP}
    who = {"KALTURA_KS": "a-session", "KALTURA_PARTNER_ID": "1", "KALTURA_USER_ID": "maker"}
    project, studio = Project.of(tmp_path, files), TinyStudio(entry_names={"1_dashboard": "D"})
    with serving(studio) as url:
        named = {"KALTURA_VOD_AVATAR_URL": f"{url}/api/v1", "KALTURA_SERVICE_URL": f"{url}/api_v3"}
        assert project.run("apply", "-e", "team", "--yes", **named, **who).code == 0
        studio.entry_names, studio.told = {"1_other": "O"}, Emptied().told  # type: ignore[method-assign]
        assert "no changes" in project.run("plan", "-e", "team", **named, **who).out
        project.edit("storyboards/tour.yaml", "last quarter", "this quarter")
        planned = project.run("plan", "-e", "team", **named, **who).out
    assert "no entry '1_dashboard': upload its file, and write the id that it gets" in planned


def test_a_state_follows_its_studio_to_another_address(tmp_path: Path) -> None:
    """Each command refused, and each hint led to another one that did."""
    files = {"storyboard.yaml": TEAM, "storyboards/tour.yaml": SPOKEN}
    with at_a_shared_studio(tmp_path, files) as ana:
        assert ana.run("apply", "--yes").code == 0
        store = LocalStore(ana.project.path / ".storyboard" / "state" / "team.json")
        with store.locked():
            state = store.read()
            assert state is not None
            old = replace(state.principal, studio="https://studio.example.com/api/v1")
            store.replace(next_serial(replace(state, principal=old)))
        refused = ana.run("plan")
        assert refused.code == 4
        assert "the state's studio was at https://studio.example.com/api/v1" in refused.err
        assert "storyboard state repair -e team --moved" in refused.err
        told = ana.run("state", "repair", "--moved")
        assert told.code == 0, told.err
        assert "which has 1 video of the state" in told.out
        assert "no changes" in ana.run("plan").out
        assert "nothing to repair" in ana.run("state", "repair", "--moved").out
        assert ana.operator.control("POST", "reset") == {}
        with store.locked():
            store.replace(next_serial(replace(state, principal=old)))
        other = ana.run("state", "repair", "--moved")
        assert other.code == 5
        assert "has no video of the state: it is another one" in other.err

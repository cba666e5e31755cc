"""An operator goes back to the film from before: at once, without filming, and it stays so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from storyboard.cli import run
from storyboard.cli.apply import command
from storyboard.cli.fail_on import HOLD
from storyboard.cli.together import BISECT, ROLLBACK, Mode
from storyboard.errors import ExitCode
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from tests.support.desk import at_desk
from tests.support.office import TOUR, TWO_TOURS, Office, applied_office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio

TEXT = "Hello and welcome to the tour of our office."


class ForgetfulStudio(TinyStudio):
    """Lets people delete films."""

    gone: tuple[str, ...] = ()

    def told(self, action: str, truth: Any) -> Any:
        if action == "media/get" and truth["id"] in self.gone:
            return {
                "objectType": "KalturaAPIException",
                "code": "ENTRY_ID_NOT_FOUND",
                "message": "none",
            }
        return truth


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A project whose tour `hello` has three films, of which the last is bad."""
    with applied_office(tmp_path, TWO_TOURS, ForgetfulStudio()) as opened:
        for words in ("our house", "our mistake"):
            path = opened.project.path / "hello.yaml"
            path.write_text(TOUR.format(name="Hello").replace("our office", words))
            assert opened.run("apply", "--yes").code == 0
        yield opened


def films(office: Office) -> list[str]:
    """Return the entries of the tour's films, the oldest first, the published one with a star."""
    told = office.run("outputs", "--history", "--json", "hello").json()["hello"]["films"]
    return [film["entryId"] + "*" * film["published"] for film in told]


def entry(office: Office) -> str:
    found: str = office.run("outputs", "--json").json()["hello"]["entryId"]
    return found


@pytest.mark.slow
def test_the_earlier_film_is_published_and_stays(office: Office) -> None:
    first, second, third = films(office)
    made = len(office.studio.films)
    back = office.run("apply", "--rollback", "hello", "--yes", "--download", "out")
    assert back.code == 0, back.err
    assert f"film {second} of 20" in back.out
    assert f"in place of {third.strip('*')} of" in back.out
    assert entry(office) == second
    assert (office.project.path / "out" / "hello.mp4").exists()
    saved = office.run("outputs", "--json").json()["hello"]
    assert (saved["file"], saved["fileStatus"]) == ("out/hello.mp4", "saved")
    assert films(office) == [first, f"{second}*", third.strip("*")]

    plan = office.run("plan", "--detailed-exitcode")
    assert plan.code == 0, plan.out
    assert f"'hello' stays at the earlier film {second}" in plan.out
    assert "until `storyboard apply -e kaltura --forward hello`" in plan.out
    status = office.run("status", "--detailed-exitcode")
    assert status.code == 0, status.out
    assert "rolled back" in status.out
    assert office.run("apply", "--yes").code == 0
    assert (entry(office), len(office.studio.films)) == (second, made)


@pytest.mark.slow
def test_a_video_that_was_deleted_in_the_studio_leaves_its_films(office: Office) -> None:
    first, second, third = (each.strip("*") for each in films(office))
    video_id = office.run("outputs", "--json").json()["hello"]["videoId"]
    del office.studio.videos[video_id]
    plan = office.run("plan", "hello").out
    assert "its film was made of a video that is gone from the studio" in plan
    assert "no film was made yet" not in plan
    applied = office.run("apply", "--yes")
    assert applied.code == 0, applied.err
    made = entry(office)
    assert films(office) == [first, second, third, f"{made}*"]
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    assert films(office) == [first, second, f"{third}*", made]


@pytest.mark.slow
def test_it_goes_further_back_each_time_and_to_a_film_by_its_entry(office: Office) -> None:
    first, second, _ = films(office)
    made = len(office.studio.films)
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    older = office.run("apply", "--rollback", "hello", "--yes")
    assert older.code == 0, older.err
    assert entry(office) == first
    none = office.run("apply", "--rollback", "hello", "--yes")
    assert none.code == 64, none.out
    assert "no earlier film" in none.err
    chosen = office.run("apply", "--rollback", "--film", second, "hello", "--yes")
    assert chosen.code == 0, chosen.err
    assert (entry(office), len(office.studio.films)) == (second, made)


@pytest.mark.slow
def test_forward_comes_back_to_the_film_of_the_files_without_filming(office: Office) -> None:
    third = entry(office)
    made = len(office.studio.films)
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    assert office.run("plan", "--forward", "--json").json()["actions"][0]["action"] == "publish"
    forward = office.run("apply", "--forward", "hello", "--yes")
    assert forward.code == 0, forward.err
    assert (entry(office), len(office.studio.films)) == (third, made)
    assert office.actions() == []
    assert "stays" not in office.run("plan").out


@pytest.mark.slow
def test_a_changed_file_ends_it(office: Office) -> None:
    second = films(office)[1]
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    office.project.edit("hello.yaml", "name: Hello", "name: Hello again")
    assert office.actions() == [("hello", "rename")]
    assert office.run("apply", "--yes").code == 0
    assert entry(office) == second
    office.project.edit("hello.yaml", "our mistake", "our garden")
    assert office.actions() == [("hello", "update"), ("hello", "generate")]
    assert office.run("apply", "--yes").code == 0
    assert films(office)[-1].endswith("*")
    assert office.actions() == []


@pytest.mark.slow
def test_a_film_that_the_studio_lacks_is_passed_over(office: Office) -> None:
    first, second, _ = films(office)
    office.studio.gone = (second,)
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    assert entry(office) == first
    office.run("apply", "--forward", "hello", "--yes")
    office.studio.gone = (first, second)
    before = office.state.read_bytes()
    refused = office.run("apply", "--rollback", "hello", "--yes")
    assert refused.code == 6, refused.out
    assert "no earlier film of 'hello' any more" in refused.err
    assert office.state.read_bytes() == before


@pytest.mark.slow
def test_a_rollback_edits_nothing_and_touches_no_other_video(office: Office) -> None:
    office.project.edit("goodbye.yaml", "our office", "our house")
    office.project.edit("hello.yaml", "our mistake", "our next mistake")
    before = {id_: dict(video) for id_, video in office.studio.videos.items()}
    assert office.run("apply", "--rollback", "hello", "--yes").code == 0
    assert office.studio.videos == before
    assert office.run("plan").out.count("generate") == 1  # the tour `goodbye` alone
    assert office.actions() == [
        ("goodbye", "update"),
        ("goodbye", "generate"),
        ("hello", "update"),
    ]


@pytest.mark.parametrize("mode", [BISECT, ROLLBACK], ids=["bisect", "rollback"])
def test_each_option_of_apply_goes_along_or_is_refused(
    tmp_path: Path,
    mode: Mode,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """None is ignored: the rollback took --no-generate, --prune-renamed and --film-doubtful."""
    monkeypatch.chdir(Project.of(tmp_path, TWO_TOURS).path)
    options = [each for each in command.params if isinstance(each, click.Option)]
    left_out = [each for each in options if each.name not in mode.beside]
    assert {"prune", "forward", "regenerate", "film_doubtful"} <= {each.name for each in left_out}
    for option in left_out:
        for spelled in (option.opts[0], *option.secondary_opts[:1]):
            value = [] if option.is_flag else [HOLD if option.name == "fail_on" else "1"]
            assert run(["apply", mode.option, spelled, *value, "hello", "--yes"]) == 64
            said = capfd.readouterr().err
            pairs = ((mode.option, spelled), (spelled, mode.option))
            told = [f"{one} and {other} exclude each other" for one, other in pairs]
            assert any(each in said for each in told), said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rollback"], "--rollback takes addresses of videos"),
        (["--rollback", "hello.yaml"], "and no file: 'hello.yaml'"),
        (["--rollback", "its.plan"], "and no file: 'its.plan'"),
        (["--rollback", "saved.plan"], "--rollback takes the address of a video, and no plan"),
        (["--bisect", "saved.plan"], "--bisect takes the address of a video, and no plan"),
        (["--rollback", "--forward", "hello"], "--rollback and --forward exclude each other"),
        (["--film", "1_x", "hello"], "--film is given without --rollback"),
    ],
)
def test_what_a_rollback_cannot_be_of_is_refused(
    tmp_path: Path,
    arguments: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A saved plan was called stale there, and a film alone was a rollback."""
    project = Project.of(tmp_path, {**TWO_TOURS, "saved.plan": "{}"})
    monkeypatch.chdir(project.path)
    assert run(["apply", "--yes", *arguments]) == 64
    told = capfd.readouterr().err
    assert said in told, told


def test_a_failed_film_is_explained_by_scene(tmp_path: Path) -> None:
    """On the wire, `generate-error` has no reason."""
    short = TOUR.format(name="Hello").replace(TEXT, "Nice to see you.")
    with applied_office(tmp_path, TWO_TOURS, TinyStudio(cursed="Nice")) as office:
        office.project.write("hello.yaml", short)
        failed = office.run("apply", "--yes")
        assert failed.code == 9, failed.out
        said = "hello.yaml:4: scene 'hi': 'Nice to see you.' is about 1.1 s of speech"
        assert said in failed.out
        assert "(narration-short); say about 6 characters more" in failed.out
        told = office.run("status", "--json").json()["videos"]["hello"]["why"]
        assert any(why.startswith(said) for why in told)


def test_a_full_disk_says_what_becomes_of_the_rollback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It said "not tried", and the next run had done it: it was kept beside the state."""
    put = LocalStore._put

    def full(self: LocalStore, state: State) -> None:
        if any(record.rolled_back for record in state.videos.values()):
            raise OSError(28, "No space left on device")
        put(self, state)

    with at_desk(tmp_path, TWO_TOURS, TinyStudio(film_polls=1), monkeypatch, capfd) as desk:
        assert desk.run("apply", "--yes").code == 0
        desk.project.edit("hello.yaml", "our office", "our mistake")
        assert desk.run("apply", "--yes").code == 0
        with monkeypatch.context() as patch:
            patch.setattr(LocalStore, "_put", full)
            ran = desk.run("apply", "--rollback", "hello", "--yes")
        assert ran.code == ExitCode.STATE_NOT_WRITTEN
        told = ran.out + ran.err
        assert "not tried" not in told
        assert "hello: publish failed" in told
        assert told.count("No space left on device") == 1
        assert "was kept in" in told
        back = desk.run("outputs", "--history", "hello", "--json").json()["hello"]["films"]
        assert [film["published"] for film in back] == [True, False]


def test_new_addresses_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(self: LocalStore, state: State) -> None:
        raise OSError(28, "No space left on device")

    with at_desk(tmp_path, TWO_TOURS, TinyStudio(film_polls=1), monkeypatch, capfd) as desk:
        assert desk.run("apply", "--yes").code == 0
        (desk.project.path / "hello.yaml").rename(desk.project.path / "greeting.yaml")
        with monkeypatch.context() as patch:
            patch.setattr(LocalStore, "_put", full)
            ran = desk.run("apply", "--yes")
        assert ran.code == ExitCode.STATE_NOT_WRITTEN
        assert "not tried" not in ran.out + ran.err
        assert list(desk.run("outputs", "--json").json()) == ["goodbye", "greeting"]

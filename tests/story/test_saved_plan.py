"""A plan travels as a file from the job that made it to the job that applies it, once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.source.schema import explain, read_schema
from storyboard.video import digest
from tests.support.clones import Clones
from tests.support.office import Office, applied_office
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio, serving

TOUR = "name: Tour\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n"
FILES = {"storyboard.yaml": 'storyboards: ["*.yaml"]\n', "tour.yaml": TOUR}
EDITED = {"tour.yaml": TOUR.replace("Hello", "Good day")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose tour was applied, and then edited in the files."""
    with applied_office(tmp_path, FILES, TinyStudio(film_polls=1)) as made:
        made.project.write("tour.yaml", EDITED["tour.yaml"])
        yield made


def rewrite(path: Path, change: Callable[[dict[str, Any]], None], *, signed: bool) -> None:
    """Change a saved plan by hand; `signed` where its checksum is made anew, as a forger would."""
    body = json.loads(path.read_text())
    change(body)
    if signed:
        body.pop("checksum")
        body["checksum"] = digest(body)
    path.write_text(json.dumps(body))


def test_a_saved_plan_is_applied_once(office: Office) -> None:
    planned = office.run("plan", "-o", "it.plan")
    assert (planned.code, "storyboard apply it.plan\n" in planned.err) == (0, True)
    applied = office.run("apply", "it.plan", "--yes")
    assert (applied.code, applied.err.count("stale")) == (0, 0), applied.err
    (video,) = office.studio.videos.values()
    assert "Good day" in json.dumps(video)
    again = office.run("apply", "it.plan", "--yes")
    assert (again.code, "was applied before" in again.err) == (6, True)
    shown = office.run("show", "it.plan")
    assert (shown.code, "update" in shown.out) == (0, True)


def test_a_saved_plan_is_shown_as_it_was_printed(office: Office) -> None:
    told = office.run("plan", "-o", "it.plan", "--json").json()
    assert office.run("show", "it.plan", "--json").json() == told


def test_what_check_warned_of_is_shown_with_the_plan(office: Office) -> None:
    office.project.write("tour.yaml", EDITED["tour.yaml"] + "vars: {unused: secret-less}\n")
    office.project.write("later.yaml", "name: Later\nscenes: [{narration: Hi., mood: sad}]\n")
    planned = office.run("plan", "tour", "-o", "it.plan")
    shown = office.run("show", "it.plan")
    warned, _, elsewhere = planned.err.partition("\n1 warning\n")
    assert ("tour.yaml:3:" in warned, "1 error in other files" in elsewhere) == (True, True)
    assert shown.err == planned.err.partition("saved; ")[0]

    told = office.run("show", "it.plan", "--json").err
    (found,) = (each for each in map(json.loads, told.splitlines()) if each["event"] == "found")
    assert [each["code"] for each in found["diagnostics"]] == ["unused-variable"]


def test_a_plan_of_an_older_version_has_no_findings(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    path = office.project.path / "it.plan"
    rewrite(path, lambda body: [body.pop(key) for key in ("findings", "findingsText")], signed=True)
    shown = office.run("show", "it.plan")
    assert (shown.code, shown.err) == (0, "")
    assert office.run("apply", "it.plan", "--yes").code == 0


def test_the_first_plan_of_a_project_is_applied_from_its_file(tmp_path: Path) -> None:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, FILES), studio, url)
        assert office.run("plan", "-o", "first.json").code == 0
        assert office.run("apply", "first.json", "--yes").code == 0
        assert len(studio.videos) == 1
        shutil.rmtree(office.state.parent)
        late = office.run("apply", "first.json", "--yes")
        assert (late.code, "refused by twins" in late.out) == (5, True)
        assert len(studio.videos) == 1


def test_what_changed_since_is_named(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    (video,) = office.studio.videos.values()
    before = video["name"]

    video["name"] = "Tour (copy)"
    moved = office.run("apply", "it.plan", "--yes")
    assert (moved.code, f"tour (video '{video['id']}') was edited" in moved.err) == (6, True)
    video["name"] = before

    office.project.write("tour.yaml", TOUR.replace("Hello", "Hey"))
    files = office.run("apply", "it.plan", "--yes")
    assert (files.code, "the files or variables changed" in files.err) == (6, True)
    assert "Good day" not in json.dumps(video)
    office.project.write("tour.yaml", EDITED["tour.yaml"])

    state = json.loads(office.state.read_text())
    assert office.run("apply", "it.plan", "--yes").code == 0
    assert "appliedPlans" not in state
    assert len(json.loads(office.state.read_text())["appliedPlans"]) == 1


def test_a_newer_state_makes_a_plan_stale(office: Office) -> None:
    office.project.write("other.yaml", TOUR.replace("Tour", "Other"))
    assert office.run("plan", "tour", "-o", "it.plan").code == 0
    assert office.run("apply", "other", "--yes").code == 0
    late = office.run("apply", "it.plan", "--yes")
    assert (late.code, "the state has serial" in late.err) == (6, True)
    unnamed = office.project.run("apply", "it.plan", "--yes", **office.variables())
    for told in (late, unnamed):
        assert "plan again: `storyboard plan -e kaltura -o FILE`;" in told.err


def test_another_users_session_does_not_apply_it(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    rewrite(office.project.path / "it.plan", lambda b: b["principal"].update(userId="eve"),
            signed=True)  # fmt: skip
    other = office.run("apply", "it.plan", "--yes")
    assert (other.code, "of another user" in other.err) == (6, True)


def test_an_expired_and_an_edited_file_are_refused_and_shown(office: Office) -> None:
    path = office.project.path / "it.plan"
    assert office.run("plan", "-o", "it.plan").code == 0
    rewrite(path, lambda body: body.update(expires="2020-01-01T00:00:00Z"), signed=True)
    old = office.run("apply", "it.plan", "--yes")
    assert (old.code, "expired at 2020" in old.err) == (6, True)
    rewrite(path, lambda body: body.update(text="all is well\x1b[2J\n"), signed=False)
    edited = office.run("apply", "it.plan", "--yes")
    assert (edited.code, "checksum does not match" in edited.err) == (6, True)
    shown = office.run("show", "it.plan")
    assert (shown.code, "\x1b" in shown.out) == (0, False)
    assert ("expired" in shown.err, "checksum" in shown.err) == (True, True)
    path.write_text(path.read_text()[:200])
    assert office.run("apply", "it.plan", "--yes").code == 6
    assert office.run("show", "it.plan").code == 6
    path.write_text("{}")
    assert office.run("apply", "it.plan", "--yes").code == 64


@pytest.mark.parametrize("actions", [None, 5, "five", [5], [{}], [{"action": "update"}],
                                     [{"action": 5, "address": "tour"}]])  # fmt: skip
def test_a_forged_file_whose_actions_are_none_is_damaged(office: Office, actions: Any) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    forged = {"digest": f"sha256:{0:064}", "actions": actions}
    if actions is None:
        forged.pop("actions")
    rewrite(office.project.path / "it.plan", lambda body: body.update(plan=forged), signed=True)
    for command in (("apply", "it.plan", "--yes"), ("show", "it.plan")):
        refused = office.run(*command)
        assert (refused.code, "a field is missing or wrong" in refused.err) == (6, True)
        assert "plan again" in refused.err


def test_a_forged_file_lifts_no_guard_and_adds_no_action(office: Office) -> None:
    office.project.write("other.yaml", TOUR.replace("Tour", "Other"))
    assert office.run("apply", "--yes").code == 0
    (office.project.path / "other.yaml").unlink()
    assert office.run("plan", "-o", "it.plan").code in (0, 5)
    rewrite(office.project.path / "it.plan", lambda b: b["asked"].update(prune=True), signed=True)
    forged = office.run("apply", "it.plan", "--yes")
    assert (forged.code, len(office.studio.videos)) == (6, 2)
    assert "other is to be changed too" in forged.err


def test_limits_are_of_whoever_applies(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan", "--max-generate", "9").code == 0
    refused = office.run("apply", "it.plan", "--yes", "--max-generate", "0")
    assert refused.code == 5
    assert office.run("apply", "it.plan", "--yes").code == 0


def test_what_contradicts_the_file_is_wrong_use(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    for option in (("--prune",), ("--no-generate",), ("--var", "a=b"), ("--allow-stale",)):
        ran = office.run("apply", "it.plan", "--yes", *option)
        assert (ran.code, f"'{option[0]}' cannot be given" in ran.err) == (64, True)
    assert office.run("apply", "it.plan", "tour", "--yes").code == 64
    assert "there is no file './no.plan'" in office.run("apply", "./no.plan", "--yes").err


def test_the_environment_is_in_the_file(office: Office) -> None:
    assert office.run("plan", "-o", "it.plan").code == 0
    other = office.project.run("apply", "it.plan", "--yes", "-e", "local")
    assert (other.code, "is for environment 'kaltura'" in other.err) == (64, True)


def test_variables_and_targets_travel_in_the_file(tmp_path: Path) -> None:
    files = {
        **FILES,
        "tour.yaml": TOUR.replace("Hello and welcome to our office.", "'Welcome to {{ place }}.'"),
    }
    files["tour.yaml"] += "vars: {place: here}\n"
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        office = Office(Project.of(tmp_path, files), studio, url)
        planned = office.run("plan", "tour", "--var", "place=Berlin", "-o", "it.plan")
        assert planned.code == 0, planned.err
        assert office.run("apply", "it.plan", "--yes").code == 0
        assert "Berlin" in json.dumps(list(studio.videos.values()))


def test_a_file_is_as_its_schema_says_and_replaces_a_plan_alone(office: Office) -> None:
    path = office.project.path / "it.json"
    path.write_text('{"a": 1}')
    refused = office.run("plan", "-o", "it.json")
    assert (refused.code, path.read_text()) == (64, '{"a": 1}')
    assert office.run("plan", "-o", "plan.txt").code == 64
    path.unlink()
    for _ in range(2):
        assert office.run("plan", "-o", "it.json").code == 0
    body = json.loads(path.read_text())
    assert explain("saved-plan", body) == ()
    assert body.keys() == read_schema("saved-plan")["properties"].keys()
    assert explain("plan", body["plan"]) == ()
    assert "a-session" not in path.read_text()
    assert office.run("show", "it.json", "--json").json() == body["plan"]
    assert "storyboard plan: kaltura" in office.run("show", "it.json", "--format", "markdown").out


def test_kinds_that_fail_a_plan_and_an_apply_of_its_file(office: Office) -> None:
    failed = office.run("plan", "-o", "it.plan", "--fail-on", "generate")
    assert (failed.code, (office.project.path / "it.plan").is_file()) == (5, True)
    assert office.run("apply", "it.plan", "--yes", "--fail-on", "hold").code == 0
    nothing = office.run("plan", "-o", "none.plan", "--detailed-exitcode")
    assert nothing.code == 0
    for _ in range(2):
        assert office.run("apply", "none.plan", "--yes").code == 0


@pytest.mark.slow
def test_a_plan_that_failed_is_not_resumed_from_its_file(office: Office) -> None:
    office.studio.failing_films = 9
    assert office.run("plan", "-o", "it.plan").code == 0
    assert office.run("apply", "it.plan", "--yes").code == 9
    assert "was applied before" in office.run("apply", "it.plan", "--yes").err
    office.studio.failing_films = 0
    assert office.run("plan", "-o", "it.plan").code == 0
    assert office.run("apply", "it.plan", "--yes").code == 0


@pytest.mark.slow
def test_where_names_are_keys_a_plan_goes_from_clone_to_clone(tmp_path: Path) -> None:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        clones = Clones(tmp_path, url, {"tour.yaml": TOUR})
        path = tmp_path / "it.plan"
        for text in (TOUR, EDITED["tour.yaml"]):
            clones.files["tour.yaml"] = text
            assert clones.run("plan", "-o", str(path)).code == 0
            assert clones.run("apply", str(path), "--yes").code == 0
            assert clones.run("apply", str(path), "--yes").code == 6
        assert (len(studio.videos), len(studio.films)) == (1, 2)

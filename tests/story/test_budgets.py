"""What a plan may do at most: the project's limits, the operator's, and the options' own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli import run
from storyboard.errors import ConflictError, ExitCode, GuardError, StoryboardError
from storyboard.plan.limits import Limit, Protection, Rule, SetLimit, Setter, is_pattern
from storyboard.source.schema import explain
from storyboard.state.format import format_state, parse_state
from storyboard.state.local import next_serial
from storyboard.state.operations import Operation, OperationKind
from storyboard.video import Address, Layout
from tests.support.desk import Desk, at_desk
from tests.support.office import TOUR
from tests.support.project import Project
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, scene, video

TOURS = {f"{name}.yaml": TOUR.format(name=name.title()) for name in ("one", "two", "three")}
WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."


def policy(text: str) -> str:
    return f'storyboards: ["*.yaml"]\npolicy: {{{text}}}\n'


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """Three tours of which nothing was applied, and no policy."""
    files = {"storyboard.yaml": policy(""), **TOURS}
    with at_desk(tmp_path, files, TinyStudio(film_polls=1), monkeypatch, capfd) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def refused(desk: Desk, *options: str, **variables: str) -> list[dict[str, Any]]:
    plan = desk.run("plan", "--json", *options, **variables)
    assert plan.code in (0, 5), plan.err
    body = plan.json()
    assert explain("plan", body) == ()
    assert bool(body["refusals"]) is (plan.code == 5)
    found: list[dict[str, Any]] = body["refusals"]
    return found


@pytest.mark.parametrize(
    ("key", "rule", "number", "flag"),
    [
        ("maxGenerate: 1", Rule.GENERATE, 3, "--max-generate 3"),
        ("maxMinutes: 0.05", Rule.MINUTES, None, "--max-minutes 1"),
    ],
)
def test_a_limit_of_films_refuses_a_plan_and_its_apply(
    desk: Desk, key: str, rule: Rule, number: int | None, flag: str
) -> None:
    desk.project.write("storyboard.yaml", policy(key))
    (told,) = refused(desk)
    assert (told["rule"], told["flag"]) == (rule.value, flag)
    assert number is None or told["number"] == number
    (limit,) = told["limits"]
    assert limit["source"] == "storyboard.yaml:2"
    applied = desk.run("apply", "--yes")
    assert (applied.code, desk.studio.videos) == (5, {})
    said = f"the limit is {limit['limit']} (storyboard.yaml:2): one, three, two"
    assert said in applied.err
    assert f"pass {flag} to allow it; nothing was changed" in applied.err
    assert refused(desk, *flag.split()) == []


def test_the_stricter_of_project_and_operator_holds_and_an_option_wins(desk: Desk) -> None:
    desk.project.write("storyboard.yaml", policy("maxGenerate: 2"))
    for operators, holding in (("1", {"2", "1"}), ("9", {"2"}), ("", {"2"})):
        (told,) = refused(desk, STORYBOARD_MAX_GENERATE=operators)
        assert {each["limit"] for each in told["limits"]} == holding
    assert refused(desk, "--max-generate", "3", STORYBOARD_MAX_GENERATE="1") == []
    (told,) = refused(desk, "--max-generate", "2", STORYBOARD_MAX_GENERATE="9")
    assert [each["source"] for each in told["limits"]] == ["--max-generate"]
    wrong = desk.run("plan", STORYBOARD_MAX_GENERATE="many")
    assert (wrong.code, "'many' in STORYBOARD_MAX_GENERATE is not a limit" in wrong.err) == (
        64,
        True,
    )
    for option in (("--max-delete", "101%"), ("--max-minutes", "nan"), ("--max-generate", "-1")):
        assert desk.run("plan", *option).code == 64


def test_a_project_cannot_lift_the_limit_of_deletions(desk: Desk) -> None:
    assert desk.run("apply", "--yes", "--no-generate").code == 0
    (desk.project.path / "one.yaml").unlink()
    (desk.project.path / "two.yaml").unlink()
    desk.project.write("storyboard.yaml", policy("maxDelete: 100%"))
    (told,) = refused(desk, "--prune", "--no-generate")
    assert told["limits"] == [{"limit": "10 and 30 %", "source": "built in"}]
    assert told["message"].startswith("2 of 3 videos would be deleted, the limit is 10 and 30 %")
    assert refused(desk, "--prune", "--no-generate", STORYBOARD_MAX_DELETE="67%") == []
    assert refused(desk, "--prune", "--no-generate", "--max-delete", "67%") == []
    (told,) = refused(desk, "--prune", "--no-generate", STORYBOARD_MAX_DELETE="66%")
    assert told["flag"] == "--max-delete 2"


def test_a_saved_plan_is_held_to_the_limits_of_whoever_applies_it(desk: Desk) -> None:
    assert desk.run("plan", "-o", "it.plan", "--max-generate", "9").code == 0
    refusing = desk.run("apply", "it.plan", "--yes", STORYBOARD_MAX_GENERATE="2")
    assert (refusing.code, "STORYBOARD_MAX_GENERATE" in refusing.err) == (5, True)
    desk.project.write("storyboard.yaml", policy("maxGenerate: 2"))
    assert desk.run("apply", "it.plan", "--yes").code == 5
    assert desk.studio.videos == {}
    allowed = desk.run("apply", "it.plan", "--yes", "--max-generate", "3")
    assert (allowed.code, len(desk.studio.films)) == (0, 3)


def test_a_variable_protects_what_its_patterns_name(desk: Desk) -> None:
    assert desk.run("apply", "--yes", "--no-generate").code == 0
    (desk.project.path / "two.yaml").unlink()
    protect = {"STORYBOARD_PROTECT": "legal-*, tw?"}
    (told,) = refused(desk, "--prune", "--no-generate", **protect)
    assert (told["rule"], told["addresses"]) == ("protect", ["two"])
    assert told["message"].startswith("protected by 'tw?' (STORYBOARD_PROTECT), and would be")
    gone = desk.run("destroy", "two", "--yes", **protect)
    assert (gone.code, len(desk.studio.videos)) == (5, 3)
    assert desk.run("destroy", "two", "--yes", "--allow-protected", **protect).code == 0
    assert len(desk.studio.videos) == 2


def test_a_state_that_was_sent_takes_no_protection_of_the_operator_away(desk: Desk) -> None:
    """It says that a run began to delete the video, so that only the rest is left to do."""
    claim_begun_deletions(desk, "two")
    protect = {"STORYBOARD_PROTECT": "two"}
    (told,) = refused(desk, "--prune", "--no-generate", **protect)
    assert (told["rule"], told["addresses"]) == ("protect", ["two"])
    assert desk.run("apply", "--yes", "--prune", "--no-generate", **protect).code == 5
    assert len(desk.studio.videos) == 3
    assert refused(desk, "--prune", "--no-generate") == []


def claim_begun_deletions(desk: Desk, *names: str) -> None:
    """Apply, take storyboards away, and have the state say that a run began to delete them."""
    assert desk.run("apply", "--yes", "--no-generate").code == 0
    state = parse_state(desk.state.read_text(), where=str(desk.state))
    for name in names:
        (desk.project.path / f"{name}.yaml").unlink()
        begun = Operation(
            OperationKind.DELETE,
            Address(name),
            f"0123456789ab-{name}",
            "2026-03-01T10:00:00+00:00",
            state.videos[Address(name)].current.id,
        )
        state = state.with_operation(begun)
    desk.state.write_text(format_state(next_serial(state)))


@pytest.mark.parametrize("by", ["variable", "option"])
def test_a_state_that_was_sent_takes_no_limit_of_the_operator_away(desk: Desk, by: str) -> None:
    """What it calls begun counts for a variable and an option, and not for what a file says."""
    claim_begun_deletions(desk, "one", "two")
    options = ["--prune", "--no-generate"]
    limit = {"STORYBOARD_MAX_DELETE": "1"} if by == "variable" else {}
    asked = ["--max-delete", "1"] if by == "option" else []
    (told,) = refused(desk, *options, *asked, **limit)
    assert (told["rule"], told["number"]) == ("max-delete", 2)
    assert "2 of 3 videos would be deleted, 2 of them begun by an earlier run" in told["message"]
    assert desk.run("apply", "--yes", *options, *asked, **limit).code == 5
    assert len(desk.studio.videos) == 3
    assert refused(desk, *options, "--max-delete", "2", **limit) == []
    desk.project.write("storyboard.yaml", policy("maxDelete: 0"))
    assert refused(desk, *options) == []
    assert desk.run("destroy", "--yes", **limit).code == 0
    assert desk.studio.videos == {}


def test_a_projects_patterns_protect_as_a_storyboards_own_word(desk: Desk) -> None:
    """From the word on, and until files that say otherwise were applied."""
    desk.project.write("storyboard.yaml", policy("protect: [two, three@*]"))
    shown = desk.run("show", "--json", "two").out
    assert '"protect": true' in shown
    said = "protect 'three@*' (storyboard.yaml:2) names no video"
    assert desk.run("plan", "--json").json()["remarks"] == [said]
    assert "remarks" not in desk.run("plan", "two.yaml", "--json").json()
    assert desk.run("apply", "--yes", "--no-generate").code == 0
    (desk.project.path / "two.yaml").unlink()
    desk.project.write("storyboard.yaml", policy(""))
    (told,) = refused(desk, "--prune", "--no-generate")
    assert (told["rule"], told["addresses"]) == ("protect", ["two"])
    desk.project.write("storyboard.yaml", policy("protect: [two]"))
    (told,) = refused(desk, "--prune", "--no-generate")
    assert told["flag"] == "--allow-protected"


@pytest.mark.parametrize("taking", [("adopt",), ("rebuild", "--yes")])
def test_a_state_that_begins_with_videos_of_the_studio_knows_the_policy(
    desk: Desk, taking: tuple[str, ...]
) -> None:
    """Each key of the policy was told as new "since the last apply": there was none."""
    desk.project.write("storyboard.yaml", policy("maxGenerate: 3, protect: [one]"))
    desk.studio._video_add({"name": "One"})
    assert desk.run("state", *taking).code == 0
    assert "policyChanges" not in desk.run("plan", "--json", "--fail-on", "policy").json()
    desk.project.write("storyboard.yaml", policy("maxGenerate: 9"))
    changes = desk.run("plan", "--json").json()["policyChanges"]
    assert [each["looser"] for each in changes] == [True, True]
    for again in (("adopt",), ("rebuild", "--yes", "--force")):
        desk.studio._video_add({"name": "Two"})
        assert desk.run("state", *again).code == 0
        assert desk.run("plan", "--json").json()["policyChanges"] == changes


def test_a_policy_that_changed_since_the_last_apply_is_told(desk: Desk) -> None:
    desk.project.write("storyboard.yaml", policy("maxGenerate: 3, maxDelete: 2, protect: [one]"))
    first = desk.run("plan", "--json").json()
    assert "policyChanges" not in first
    assert desk.run("apply", "--yes").code == 0
    assert json.loads(desk.state.read_text())["policy"]["maxDelete"] == ["2"]
    desk.project.write("storyboard.yaml", policy("maxGenerate: 200, maxDelete: 1, maxMinutes: 9"))
    plan = desk.run("plan", "--fail-on", "policy")
    assert plan.code == 5
    told = [line for line in plan.out.splitlines() if "policy since" in line]
    assert told == [
        "! policy since the last apply: maxGenerate 3 → 200, which allows more  storyboard.yaml:2",
        "! policy since the last apply: maxMinutes none → 9  storyboard.yaml:2",
        "! policy since the last apply: maxDelete 2 → 1  storyboard.yaml:2",
        "! policy since the last apply: protect one → none, which allows more",
    ]
    assert "maxGenerate 3 → 200" in desk.run("plan", "--format", "markdown").out
    body = desk.run("plan", "--json").json()
    assert explain("plan", body) == ()
    assert [each["looser"] for each in body["policyChanges"]] == [True, False, False, True]
    assert desk.run("apply", "--yes").code == 0
    assert "policyChanges" not in desk.run("plan", "--json", "--fail-on", "policy").json()
    before = desk.state.read_bytes()
    assert desk.run("apply", "--yes").code == 0
    assert desk.state.read_bytes() == before


def test_an_edit_between_plan_and_apply_is_counted_under_the_lock(world: World) -> None:
    """A second plan is made there, and held to the same limits as the one that was looked at."""
    wanted = [video("q1", WELCOME), video("q2", METRICS)]
    world.apply(*wanted)
    edited = [video("q1", METRICS), wanted[1]]
    seen = world.plan(*edited, max_generate=1)
    assert seen.refusals == ()
    other = next(v for v in world.studio.videos.values() if v["name"] == "Film q2")
    other["entryId"] = "1_of_somebody"
    with pytest.raises(GuardError, match="2 films would be made"):
        world.apply(*edited, max_generate=1)
    assert len(world.studio.films) == 2
    late = world.apply_planned(seen)
    assert late.exit_code is ExitCode.OK
    assert len(world.studio.films) == 3


def test_what_a_killed_run_began_is_not_counted_again(world: World) -> None:
    wanted = [video(f"q{n}", WELCOME) for n in range(3)]
    world.studio.film_polls = 99

    def kill(point: str) -> None:
        if point == "generate:sent":
            raise KeyboardInterrupt

    world.options = type(world.options)(concurrency=1, checkpoint=kill)
    with pytest.raises(KeyboardInterrupt):
        world.apply(*wanted, max_generate=3)
    world.options = type(world.options)()
    world.studio.film_polls = 1
    plan = world.plan(*wanted, max_generate=2)
    assert [film.attach for film in plan.films].count(True) == 1
    assert plan.refusals == ()
    assert world.apply(*wanted, max_generate=2).exit_code is ExitCode.OK
    assert len(world.studio.films) == 3


def test_a_film_that_is_tried_twice_counts_once(world: World) -> None:
    world.studio.failing_films = 1
    assert world.apply(video("q1", WELCOME), max_generate=1).exit_code is ExitCode.OK


def test_a_relative_limit_counts_replacements_of_all_videos(world: World) -> None:
    """Also those that an apply finds on its way, and also by what the operator set."""
    world.studio.ready_edits = "refused"
    names = [f"q{n}" for n in range(5)]
    world.apply(*(video(name, WELCOME) for name in names))
    wanted = [video(name, METRICS) for name in names]
    limits = (SetLimit(Rule.REPLACE, Limit(percent=40), Setter.OPERATOR, "STORYBOARD_MAX_REPLACE"),)
    outcome = world.apply(*wanted, limits=limits)
    assert outcome.exit_code is ExitCode.REFUSED
    assert len(world.studio.films) == 5 + 2
    said = "the limit is 40 % (STORYBOARD_MAX_REPLACE)"
    assert sum(said in (each.message or "") for each in outcome.actions) == 3
    (told,) = world.plan(*wanted, limits=limits).refusals
    assert told.message.startswith("3 of 5 videos would be replaced, the limit is 40 %")


def test_a_pattern_stops_a_replacement_found_on_the_way(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("legal", WELCOME))
    protected = (Protection("leg*", Setter.OPERATOR, "STORYBOARD_PROTECT"),)
    outcome = world.apply(video("legal", METRICS), protected=protected)
    assert outcome.exit_code is ExitCode.REFUSED
    (told,) = {each.message for each in outcome.actions if each.message and "prot" in each.message}
    assert told.startswith("'legal' is protected by 'leg*' (STORYBOARD_PROTECT)")
    assert len(world.studio.videos) == 1


def test_allow_empty_lifts_the_limit_only_where_nothing_is_left(world: World) -> None:
    wanted = [video(f"q{n}", WELCOME) for n in range(4)]
    world.apply(*wanted, generate=False)
    (told,) = world.plan(wanted[0], prune=True, generate=False, allow_empty=True).refusals
    assert told.rule == "max-delete"
    assert world.plan(prune=True, generate=False, allow_empty=True).refusals == ()


def test_minutes_are_compared_as_they_are_told(world: World) -> None:
    """Tenths of seconds that add up to the limit are within it, whatever floats make of them."""
    wanted = [video(f"q{n}", WELCOME) for n in range(7)]
    seconds = sum(round(film.speech_seconds * 10) for film in world.plan(*wanted).films)
    assert world.plan(*wanted, max_minutes=seconds / 600).refusals == ()
    (told,) = world.plan(*wanted, max_minutes=(seconds - 1) / 600).refusals
    assert (told.rule, told.flag) == ("max-minutes", "--max-minutes 1")


def test_a_conflict_is_no_way_around_a_limit(world: World) -> None:
    """A plan that was made from another state is refused, whatever it was held to."""
    seen = world.plan(video("q1", WELCOME), max_generate=1)
    world.apply(video("q2", WELCOME))
    with pytest.raises(ConflictError):
        world.apply_planned(seen)


def test_doctor_tells_the_limits_that_hold_and_a_variable_that_sets_none(desk: Desk) -> None:
    desk.project.write("storyboard.yaml", policy("maxGenerate: 3, protect: [one]"))
    given = {"STORYBOARD_MAX_REPLACE": "20%", "STORYBOARD_MAX_DELETES": "1"}
    told = desk.run("doctor", **given, STORYBOARD_VOICE_KEY_NOVA="k").out
    assert (
        "max-generate 3 (storyboard.yaml:2), max-replace 20 % (STORYBOARD_MAX_REPLACE), "
        "max-delete 10 and 30 % (built in), protect 'one' (storyboard.yaml:2)"
    ) in told
    assert "no command reads the variable STORYBOARD_MAX_DELETES" in told
    assert "STORYBOARD_VOICE_KEY" not in told
    assert "did you mean STORYBOARD_MAX_DELETE?" in told
    for name, value in (("STORYBOARD_MAX_DELETE", "all"), ("STORYBOARD_PROTECT", "a b")):
        for command in ("doctor", "plan"):
            wrong = desk.run(command, **{name: value})
            assert wrong.code == (1 if command == "doctor" else 64)
            assert f"'{value}' in {name} is not a" in wrong.out + wrong.err


@pytest.mark.parametrize("pattern", ["a b", "a,b", "", "x" * 201, "\u202e", "`"])
def test_a_pattern_that_can_name_no_address_is_an_error_of_the_files(
    desk: Desk, pattern: str
) -> None:
    desk.project.write("storyboard.yaml", policy(f"protect: [{json.dumps(pattern)}]"))
    assert desk.run("plan").code == 3
    assert not is_pattern(pattern)


def test_a_video_is_not_moved_out_of_its_protection(world: World) -> None:
    """Or a pull request would rename what the next one deletes."""
    protected = (Protection("legal*", Setter.OPERATOR, "STORYBOARD_PROTECT"),)
    world.apply(video("legal@de", WELCOME), video("legal@en", METRICS), generate=False)
    for new, refusing in (("other", True), ("legal-2", False)):
        moved = [
            video(f"{new}@de", WELCOME, name="Film legal@de"),
            video(f"{new}@en", METRICS, name="Film legal@en"),
        ]
        plan = world.plan(*moved, protected=protected, generate=False)
        assert {str(change.moved_from) for change in plan.changes} == {"legal@de", "legal@en"}
        assert [each.flag for each in plan.refusals] == ["--allow-protected"] * refusing
    (told,) = world.plan(
        video("other@de", WELCOME, name="Film legal@de"), protected=protected, generate=False
    ).refusals
    assert told.message.startswith("protected by 'legal*' (STORYBOARD_PROTECT), and would be moved")
    allowed = world.plan(*moved, protected=protected, allow_protected=True, generate=False)
    assert world.apply_planned(allowed).exit_code is ExitCode.OK


def test_a_refused_plan_gives_the_local_studio_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not even the stand-ins of its clips, which an apply brings before its first video."""

    async def brought(*_: object) -> dict[Address, StoryboardError]:
        raise AssertionError

    monkeypatch.setattr("storyboard.commands.apply.put_stand_ins", brought)
    Project.of(tmp_path, TOURS | {"storyboard.yaml": policy("")})
    assert run(["-C", str(tmp_path), "apply", "--yes", "--max-generate", "0"]) == 5
    assert "refused by max-generate" in capfd.readouterr().out


@pytest.mark.parametrize("limit", [{"max_generate": 0}, {"max_minutes": 0.01}])
def test_a_film_that_only_a_replacement_needs_is_counted_too(
    world: World, limit: dict[str, Any]
) -> None:
    """An edit that no film shows needs one where the studio lets no ready video be edited."""
    world.studio.ready_edits = "refused"
    before = video("q1", scene("one", WELCOME, broll=("1_a", 0.0), layout=Layout.FULL_SCREEN))
    after = video("q1", scene("one", WELCOME, broll=("1_b", 0.0), layout=Layout.FULL_SCREEN))
    world.apply(before)
    plan = world.plan(after, **limit)
    assert (plan.films, plan.refusals) == ((), ())
    outcome = world.apply_planned(plan)
    assert outcome.exit_code is ExitCode.REFUSED
    assert (len(world.studio.videos), len(world.studio.films)) == (1, 1)
    (told,) = {each.message for each in outcome.actions if each.message}
    assert "the limit is" in told
    assert "(--max-" in told
    assert world.apply(after, max_generate=1, max_minutes=1.0).exit_code is ExitCode.OK
    assert (len(world.studio.videos), len(world.studio.films)) == (1, 2)

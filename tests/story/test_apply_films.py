"""From nothing to films and on: what a user does day by day, against a studio over HTTP."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.apply.outcome import Ending
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.plan.nonce_mark import marked_name
from storyboard.plan.plan import Plan
from storyboard.video import Address, Avatar, Hold, Video, digest
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import ADAM, JANE, World, scene, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics."


def actions(plan: Plan) -> list[tuple[str, str]]:
    return [(str(change.address), action.value) for change, action in plan.actions]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_from_nothing_to_a_film_and_then_nothing_to_do(world: World) -> None:
    wanted = video("q1", WELCOME, scene("metrics", METRICS, broll=("1_b", 30), avatar=ADAM))
    assert actions(world.plan(wanted)) == [("q1", "create"), ("q1", "generate")]
    outcome = world.apply(wanted)
    assert outcome.exit_code is ExitCode.OK
    [row] = outcome.rows
    made = world.studio.by_name("Film q1")
    assert (row.status, row.video_id, row.entry_id) == ("ready", made["id"], made["entryId"])
    assert row.length_seconds == 12.5
    assert not world.plan(wanted).has_changes
    before = list(world.studio.calls)
    world.apply(wanted)
    repeated = world.studio.calls[len(before) :]
    assert {call for call in repeated if call not in ("video/list", "avatar/get")} == set()


def test_every_avatar_is_resolved_once(world: World) -> None:
    wanted = [video(f"v{i}", scene("a", WELCOME, avatar=ADAM), METRICS) for i in range(5)]
    world.apply(*wanted)
    assert world.studio.count("avatar/upsert") == 2
    assert world.studio.count("video/add") == 5
    assert len(world.studio.films) == 5


def test_polling_is_one_list_for_all(world: World) -> None:
    world.studio.film_polls = 6
    world.apply(*[video(f"v{i}", WELCOME) for i in range(6)])
    assert world.studio.count("video/get") <= 6
    assert world.studio.count("video/list") <= 10


@pytest.mark.parametrize("ready_edits", ["to-draft", "stays", "refused"])
def test_an_edit_converges_whatever_the_studio_allows(world: World, ready_edits: str) -> None:
    world.studio.ready_edits = ready_edits
    world.apply(video("q1", WELCOME))
    first = world.studio.by_name("Film q1")["entryId"]
    edited = video("q1", "Welcome to the review of this quarter.")
    outcome = world.apply(edited)
    assert outcome.exit_code is ExitCode.OK, outcome.actions
    assert not world.plan(edited).has_changes
    assert len(world.studio.videos) == 1
    assert len(world.studio.films) == 2
    assert outcome.rows[0].entry_id == world.studio.by_name("Film q1")["entryId"] != first


def test_a_studio_that_refused_once_is_planned_for(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME))
    world.apply(video("q1", METRICS))
    plan = world.plan(video("q1", WELCOME + " Again."))
    assert actions(plan) == [("q1", "replace"), ("q1", "generate")]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 1


def test_the_old_film_stays_until_the_new_one_is_ready(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME))
    old = dict(world.studio.by_name("Film q1"))
    world.studio.failing_films = 2
    outcome = world.apply(video("q1", METRICS))
    assert outcome.exit_code is ExitCode.GENERATION_FAILED
    assert outcome.rows[0].entry_id == old["entryId"]
    assert old["id"] in world.studio.videos
    assert world.apply(video("q1", METRICS)).exit_code is ExitCode.OK
    assert old["id"] not in world.studio.videos
    assert len(world.studio.videos) == 1


def test_a_new_name_makes_no_film(world: World) -> None:
    world.apply(video("q1", WELCOME))
    renamed = video("q1", WELCOME, name="Another title")
    assert actions(world.plan(renamed)) == [("q1", "rename")]
    world.apply(renamed)
    assert world.studio.by_name("Another title")["status"] == "ready"
    assert len(world.studio.films) == 1
    assert not world.plan(renamed).has_changes


def test_other_stand_in_bytes_make_another_film(world: World) -> None:
    wanted = video("q1", scene("m", METRICS, broll=("1_b", 3)))
    world.apply(wanted, media_digests={"1_b": "aa"})
    assert not world.plan(wanted, media_digests={"1_b": "aa", "1_other": "x"}).has_changes
    plan = world.plan(wanted, media_digests={"1_b": "bb"})
    assert actions(plan) == [("q1", "generate")]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert len(world.studio.films) == 2
    assert not world.plan(wanted, media_digests={"1_b": "bb"}).has_changes


def test_a_failed_film_is_tried_once_more(world: World) -> None:
    world.studio.failing_films = 1
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert len(world.studio.films) == 2


def test_a_film_that_fails_twice_names_its_likely_cause_and_stops_nobody(world: World) -> None:
    world.studio.cursed = "Too short."
    hint = "scene 's1' has 2 words; fewer than 4 often fail"
    world.options = replace(world.options, hints={Address("bad"): (hint,)})
    outcome = world.apply(video("bad", "Too short."), video("good", WELCOME))
    assert outcome.exit_code is ExitCode.GENERATION_FAILED
    ended = {(str(o.address), o.action): o for o in outcome.actions}
    assert ended["bad", Action.GENERATE].hints == (hint,)
    assert "tried 2 times" in (ended["bad", Action.GENERATE].message or "")
    assert {row.status for row in outcome.rows} == {"failed", "ready"}


def test_one_failure_stops_no_other(world: World) -> None:
    nobody = replace(ADAM, template_id="nobody")
    outcome = world.apply(video("bad", WELCOME, avatar=nobody), video("good", METRICS))
    assert outcome.exit_code is ExitCode.PARTIAL
    assert {str(row.address): row.status for row in outcome.rows} == {
        "bad": "failed",
        "good": "ready",
    }
    assert {(str(o.address), o.action) for o in outcome.actions} >= {
        ("bad", Action.CREATE),
        ("bad", Action.GENERATE),
    }


def test_films_are_saved_once(world: World) -> None:
    folder = world.folder / "films"
    world.options = replace(world.options, download=folder)
    outcome = world.apply(video("q1@fr", WELCOME))
    assert (folder / "q1@fr.mp4").read_bytes().rpartition(b"free")[2].startswith(b"film 1_e")
    assert outcome.rows[0].file == str(folder / "q1@fr.mp4")
    world.apply(video("q1@fr", WELCOME))
    assert world.studio.count("download") == 1
    (folder / "q1@fr.mp4").unlink()
    world.apply(video("q1@fr", WELCOME))
    assert world.studio.count("download") == 2


def test_without_films_only_drafts(world: World) -> None:
    outcome = world.apply(video("q1", WELCOME), generate=False)
    assert (outcome.exit_code, outcome.rows[0].status) == (ExitCode.OK, "draft")
    assert world.studio.films == []
    assert not world.plan(video("q1", WELCOME), generate=False).has_changes
    assert actions(world.plan(video("q1", WELCOME))) == [("q1", "generate")]


def test_what_the_files_lost_goes_only_when_asked(world: World) -> None:
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    kept = world.plan(video("q1", WELCOME))
    assert (kept.has_changes, [str(a) for a in kept.orphans]) == (False, ["q2"])
    outcome = world.apply(video("q1", WELCOME), prune=True)
    assert outcome.exit_code is ExitCode.OK
    assert [v["name"] for v in world.studio.videos.values()] == ["Film q1"]
    assert list(world.state.videos) == [Address("q1")]


def test_altered_texts_converge(tmp_path: Path) -> None:
    """What the studio made of a text is remembered, so it is no change for ever."""
    world = World(tmp_path, TinyStudio(trims=True))
    world.apply(video("q1", WELCOME))
    assert not world.plan(video("q1", WELCOME)).has_changes


LONG = "A name that is longer than the sixty characters which this studio keeps of it"
QUOTED = "That's  what 'metrics' are:\ttwo  spaces and a tab."


def rewritten(text: str, *, start: float = 12.345, avatar: Avatar = JANE) -> Video:
    clip = scene("clip", QUOTED, broll=("1_a", start))
    return video("q1", scene("first", text), clip, scene("last", QUOTED), name=LONG, avatar=avatar)


def test_one_edit_is_one_difference_where_the_studio_rewrites(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio(rewrites=True))
    world.apply(rewritten(WELCOME))
    for edited, path in (
        (rewritten(METRICS), "scenes[first].narration.text"),
        (rewritten(WELCOME, start=20.4), "scenes[clip].broll.startTime"),
        (rewritten(WELCOME, avatar=ADAM), "avatar"),
    ):
        [change] = world.plan(edited).changes
        assert [(c.path, c.drift) for c in change.changes] == [(path, False)]
    held = world.studio.by_name(LONG[:60])
    scenes = [*held["scenes"][:2], {**held["scenes"][2], "narration": {"text": "Bye."}}]
    world.studio.edit(held["id"], scenes=scenes)
    [change] = world.plan(rewritten(METRICS)).changes
    assert [(c.path, c.drift) for c in change.changes] == [
        ("scenes[first].narration.text", False),
        ("scenes[last].narration.text", True),
    ]


def test_an_add_is_found_again_where_names_are_cut(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio(rewrites=True, faults=[Fault("video/add", "after:500")]))
    assert len(marked_name(LONG, "0123456789abcdef")) <= 60
    assert world.apply(rewritten(WELCOME)).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 1


def test_a_state_of_an_older_program_is_read_and_completed(tmp_path: Path) -> None:
    """States had one fingerprint a scene; what they cannot tell is not claimed."""
    world = World(tmp_path, TinyStudio(rewrites=True))
    world.apply(rewritten(WELCOME))
    body = json.loads(world.store.path.read_text())
    for record in body["videos"].values():
        del record["current"]["avatar"]
        record["current"]["name"] = record["current"]["name"].partition(" ")[0]
        for item in record["current"]["scenes"]:
            del item["fields"]
    del body["checksum"]
    world.store.path.write_text(json.dumps({**body, "checksum": digest(body)}))
    assert not world.plan(rewritten(WELCOME)).has_changes
    assert world.apply(rewritten(METRICS)).exit_code is ExitCode.OK
    assert not world.plan(rewritten(METRICS)).has_changes
    assert [c.path for c in world.plan(rewritten(WELCOME)).changes[0].changes] == [
        "scenes[first].narration.text"
    ]


def test_one_file_of_many_prunes_only_its_own(world: World) -> None:
    world.apply(video("q1@en", WELCOME), video("q1@de", METRICS), video("q2", METRICS))
    plan = world.plan(video("q1@en", WELCOME), prune=True, complete=False)
    assert actions(plan) == [("q1@de", "delete")]


def test_a_part_of_the_addresses_leaves_the_others(world: World) -> None:
    wanted = [video("q1@en", WELCOME), video("q1@de", METRICS), video("q2", METRICS)]
    plan = world.plan(*wanted, scope=("q1@*",))
    assert {str(change.address) for change in plan.changes} == {"q1@en", "q1@de"}
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert [a for a, _ in actions(world.plan(*wanted))] == ["q2", "q2"]
    assert world.plan(scope=("q1@de",), prune=True, allow_empty=True).summary["delete"] == 1


def test_a_crash_while_making_a_deleted_video_again_still_ends_in_a_film(world: World) -> None:
    """What the old object's film was says nothing about the new object's."""
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    del world.studio.videos[world.studio.by_name("Film q1")["id"]]
    plan = world.plan(video("q1", WELCOME), video("q2", METRICS))

    def crash(point: str) -> None:
        if point == "add:sent":
            raise RuntimeError("crash")

    world.options = replace(world.options, checkpoint=crash)
    with pytest.raises(ExceptionGroup):
        world.apply_planned(plan)
    world.options = replace(world.options, checkpoint=lambda point: None)
    again = world.plan(video("q1", WELCOME), video("q2", METRICS))
    assert actions(again) == [("q1", "adopt"), ("q1", "generate")]
    assert world.apply_planned(again).exit_code is ExitCode.OK
    assert not world.plan(video("q1", WELCOME), video("q2", METRICS)).has_changes
    assert len(world.studio.films) == 3


def expected(plan: Plan) -> list[float | None]:
    return [change.film.expected_seconds for change in plan.changes if change.film]


def test_a_plan_knows_how_long_films_took(world: World) -> None:
    """8 s and 30 s of speech were told to take the same."""
    assert expected(world.plan(video("q1", WELCOME))) == [None]
    world.apply(video("q1", WELCOME))
    longer = video("q3", *[WELCOME] * 4)
    same, fourfold = expected(world.plan(video("q1", WELCOME), video("q2", WELCOME), longer))
    assert same == 20.0
    assert fourfold == pytest.approx(80.0, rel=0.05)


def test_a_studio_that_keeps_scenes_renders_the_changed_ones(world: World) -> None:
    scenes = [WELCOME, METRICS, WELCOME.upper(), METRICS.upper()]
    world.apply(video("q1", *scenes))
    edited = video("q1", *scenes[:3], "One scene of four is another one.")
    [whole], [part] = expected(world.plan(edited)), expected(world.plan(edited, keeps_scenes=True))
    assert whole is not None
    assert part is not None
    assert part < whole / 2


def test_a_film_that_somebody_else_started_is_taken_over(world: World) -> None:
    world.apply(video("q1", WELCOME))
    remote = world.studio.by_name("Film q1")
    world.studio.edit(remote["id"], status="draft", entryId=None)
    world.studio._video_generate({"id": remote["id"]})
    plan = world.plan(video("q1", WELCOME), max_generate=0)
    assert actions(plan) == [("q1", "generate")]
    outcome = world.apply_planned(plan)
    assert outcome.rows[0].entry_id == world.studio.by_name("Film q1")["entryId"]
    assert not world.plan(video("q1", WELCOME)).has_changes
    assert len(world.studio.films) == 2


def test_a_first_locale_moves_the_video_and_makes_no_second_one(world: World) -> None:
    world.options = replace(world.options, download=world.folder / "films")
    world.apply(video("q1", WELCOME, METRICS))
    before, saved = dict(world.studio.by_name("Film q1")), world.studio.count("download")
    wanted = [
        video("q1@en", WELCOME, METRICS, name="Film q1"),
        video("q1@de", "Willkommen zur Übersicht dieses Quartals.", name="Film q1 de"),
    ]
    plan = world.plan(*wanted)
    assert actions(plan) == [("q1@en", "move"), ("q1@de", "create"), ("q1@de", "generate")]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert world.studio.by_name("Film q1") == before
    assert set(world.state.videos) == {Address("q1", "en"), Address("q1", "de")}
    names = sorted(path.name for path in (world.folder / "films").iterdir())
    assert names == ["q1@de.mp4", "q1@en.mp4"]
    assert world.studio.count("download") == saved + 1
    assert not world.plan(*wanted).has_changes


def test_an_edit_comes_with_the_move(world: World) -> None:
    world.apply(video("q1@en", WELCOME))
    edited = video("q1", METRICS, name="Another title")
    assert actions(world.plan(edited)) == [("q1", "move"), ("q1", "update"), ("q1", "generate")]
    assert world.apply(edited).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 1
    assert not world.plan(edited).has_changes


def test_an_add_that_was_interrupted_moves_too(world: World) -> None:
    def crash(point: str) -> None:
        if point == "add:sent":
            raise RuntimeError("crash")

    world.options = replace(world.options, checkpoint=crash)
    with pytest.raises(ExceptionGroup):
        world.apply(video("q1", WELCOME))
    world.options = replace(world.options, checkpoint=lambda point: None)
    moved = video("q1@en", WELCOME)
    assert actions(world.plan(moved)) == [
        ("q1@en", "move"),
        ("q1@en", "adopt"),
        ("q1@en", "generate"),
    ]
    assert world.apply(moved).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 1


def test_a_part_of_the_files_moves_nothing_of_the_others(world: World) -> None:
    world.apply(video("q1", WELCOME))
    copy = video("q2", WELCOME, name="Film q1")
    assert actions(world.plan(copy)) == [("q2", "move")]
    assert actions(world.plan(copy, complete=False)) == [("q2", "create"), ("q2", "generate")]


def test_a_video_of_two_candidates_is_not_guessed(world: World) -> None:
    world.apply(video("q1", WELCOME, name="Same"))
    twins = [video(address, WELCOME, name="Same") for address in ("q2", "q3")]
    plan = world.plan(*twins)
    assert [action for _, action in actions(plan)] == ["create", "generate"] * 2
    assert "storyboard state mv q1 q2" in plan.changes[0].reasons(Action.CREATE)[1]


HELD = (Hold("no translation", "translation-missing", None),)


def in_locales(id: str, text: str = WELCOME, name: str | None = None) -> list[Video]:
    """A storyboard of three locales: its `de` is held, and shows the source's text meanwhile."""
    return [
        video(f"{id}@en", text, name=name or id),
        video(f"{id}@de", text, name=name or id, holds=HELD),
        video(f"{id}@fr", "Bienvenue à tous, voici le trimestre.", name=name or id),
    ]


@pytest.mark.parametrize("german", ["translated", "held"])
def test_another_id_keeps_the_videos_of_all_locales(world: World, german: str) -> None:
    before = in_locales("welcome")
    if german == "translated":
        before[1] = video("welcome@de", "Willkommen zur Übersicht.", name="welcome")
    world.apply(*before)
    videos = set(world.studio.videos)
    renamed = in_locales("greeting")
    plan = world.plan(*renamed, prune=True)
    moved = [address for address, action in actions(plan) if action == "move"]
    assert moved == [f"greeting@{v.address.locale}" for v in before if not v.holds]
    assert plan.summary["create"] == plan.summary["delete"] == plan.summary["generate"] == 0
    assert world.apply(*renamed, prune=True).count(Ending.FAILED) == 0
    assert set(world.studio.videos) == videos
    assert set(world.state.videos) == {Address.parse(address) for address in moved}
    assert not world.plan(*renamed, prune=True).has_changes


def test_one_locale_that_says_the_same_leads_the_edited_ones(world: World) -> None:
    world.apply(*in_locales("welcome", name="Tour"))
    plan = world.plan(*in_locales("greeting", METRICS, name="Tour"), prune=True)
    assert ("greeting@en", "move") in actions(plan)
    assert ("greeting@en", "update") in actions(plan)
    assert plan.summary["create"] == plan.summary["delete"] == 0


def test_two_storyboards_that_say_the_same_are_not_mixed_up(world: World) -> None:
    world.apply(*in_locales("welcome"))
    plan = world.plan(*in_locales("a", name="A"), *in_locales("b", name="B"))
    assert "move" not in [action for _, action in actions(plan)]


def test_a_plan_of_one_locale_moves_them_all(world: World) -> None:
    """Else the others, one of them held now, were left under an id that nothing leads back to."""
    before = in_locales("welcome")
    before[1] = video("welcome@de", "Willkommen zur Übersicht.", name="welcome")
    world.apply(*before)
    renamed = in_locales("greeting")
    assert world.apply(*renamed, scope=("greeting@en",)).exit_code is ExitCode.OK
    assert set(world.state.videos) == {v.address for v in renamed}
    assert world.plan(*renamed, prune=True).summary["delete"] == 0

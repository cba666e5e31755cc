"""The laws of a plan, for any video and any edit of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.diff import ChangeKind, FieldChange, Part, compare_videos
from storyboard.plan.limits import Limit
from storyboard.plan.matching import moved_positions
from storyboard.plan.nonce_mark import marked_name
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.plan.shown import desired_shown, film_fingerprint, remote_shown
from storyboard.plan.sides import Sides
from storyboard.plan.words import Kept, compare_words
from storyboard.state.format import format_state, parse_state
from storyboard.state.model import ObjectRecord, Operation, OperationKind
from storyboard.video import Address
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_text import render_plan_text
from storyboard.wire import VideoStatus
from tests.support.plans import IDS, TEXTS, applied, current, remote, videos
from tests.support.videos import video

AVATARS = {id_: avatar for avatar, id_ in IDS.items()}
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(videos())
def test_a_plan_right_after_an_apply_is_empty(wanted) -> None:
    plan = make_plan([wanted], applied(wanted), current(remote(wanted)))
    assert not plan.has_changes
    assert plan.summary["keep"] == 1


@given(videos(), videos())
def test_every_edit_shows_a_change_and_nothing_else_does(before, after) -> None:
    found = remote_shown(remote(before), AVATARS)
    record = applied(before).videos[before.address].current
    changes = compare_videos(after, found, record)
    assert bool(changes) == (desired_shown(after) != found)
    assert all(change.before != change.after for change in changes)


@given(videos(), videos(), st.booleans(), st.booleans())
def test_each_change_belongs_to_the_part_that_its_path_names(before, after, was, now) -> None:
    """What is sent hangs on it: a path that were of the scenes by default would send all scenes."""
    state = applied(before)
    known = replace(state.videos[before.address], protect=was)
    state = state.with_video(before.address, known)
    plan = make_plan([replace(after, protect=now)], state, current(remote(before)))
    edit = plan.changes[0].edit
    for change in edit.changes:
        of_scene = re.fullmatch(r"scenes\[.+?\](\.[\w.]+)?", change.path) is not None
        assert (change.part is Part.SCENES) is of_scene
        assert of_scene or change.path == change.part.value
    assert any(change.part is Part.PROTECT for change in edit.changes) is (was is not now)
    assert edit.of_state or desired_shown(before) != desired_shown(after)


@given(st.text(max_size=8) | st.sampled_from(["sceness", "protected", "avatar.id", "Name", ""]))
def test_a_change_of_no_part_cannot_be_built(path) -> None:
    known = {part.value for part in Part}
    assume(path.partition("[")[0] not in known)
    with pytest.raises(ValueError, match="not a valid Part"):
        FieldChange(path, ChangeKind.CHANGED, None, None, shows=False)


@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 4), st.integers(0, 8))
def test_what_open_adds_left_changes_no_guard_of_the_applied_videos(
    applied_count, left, kept, most
) -> None:
    """Leftovers go with the others: nothing of the applied ones is left all the same, and no more
    are deleted than there are."""
    wanted = [video(f"q{number}", "Hello.") for number in range(applied_count)]
    state, found = applied(*wanted), []
    for number in range(left):
        opened = Operation(OperationKind.ADD, Address(f"x{number}"), f"{number:016x}", "2026")
        state = state.with_operation(opened)
        body = remote(video(f"x{number}", "Hello."), VideoStatus.DRAFT, id=f"left{number}")
        found.append(replace(body, name=marked_name("Hello", opened.nonce)))
    there = [remote(each, id=f"v{number}") for number, each in enumerate(wanted, 1)]
    options = PlanOptions(prune=True, max_delete=Limit(most))
    desired = wanted[:kept]
    plan = make_plan(desired, state, current(*there, *found), options)
    told = {refusal.rule: refusal for refusal in plan.refusals}
    assert ("empty" in told) is (applied_count > 0 and kept == 0)
    if "empty" in told:
        assert told["empty"].addresses == tuple(each.address for each in wanted)
    deleted = left + len(wanted) - len(desired)
    assert ("max-delete" in told) is (deleted > most)
    if "max-delete" in told:
        assert (
            f"{deleted} of {counted(left + applied_count, 'video')}" in told["max-delete"].message
        )


@given(videos(), videos())
def test_an_edit_without_any_state_shows_as_well(before, after) -> None:
    found = remote_shown(remote(before), AVATARS)
    changes = compare_videos(after, found, ObjectRecord("v1"))
    assert bool(changes) == (desired_shown(after) != found)


@given(videos(), videos())
def test_a_film_is_made_exactly_where_it_would_differ(before, after) -> None:
    plan = make_plan([after], applied(before), current(remote(before)))
    film = plan.changes[0].film
    assert (film is not None) == (film_fingerprint(before, {}) != film_fingerprint(after, {}))
    if film is not None:
        assert plan.changes[0].edit.of_film


@given(videos(), videos(), st.sampled_from(VideoStatus), st.booleans())
def test_every_plan_can_be_shown_and_is_the_same_tomorrow(before, after, status, prune) -> None:
    state, now = applied(before), current(remote(before, status))
    plan = make_plan([after], state, now)
    assert plan.digest == make_plan([after], state, now).digest
    assert json.loads(render_plan_json(plan))["digest"] == plan.digest
    plain, colored = render_plan_text(plan), render_plan_text(plan, color=True)
    assert "\x1b" not in plain
    assert all(action.value in plain for _, action in plan.actions)
    assert len(colored) >= len(plain)


@given(videos(), videos())
def test_the_state_holds_no_word_of_a_narration(wanted, other) -> None:
    text = format_state(applied(wanted))
    assert not any(scene.narration in text for scene in wanted.scenes if len(scene.narration) > 9)
    assert parse_state(text, where="here") == applied(wanted)


@given(ANY_TEXT | TEXTS, ANY_TEXT | TEXTS)
def test_pieces_join_to_both_texts(before, after) -> None:
    pieces = compare_words(before, after)
    assert "".join(p.text for p in pieces if p.kept is not Kept.NEW) == before
    assert "".join(p.text for p in pieces if p.kept is not Kept.OLD) == after
    assert (before == after) == all(p.kept is Kept.SAME for p in pieces)


@given(st.permutations(range(7)))
def test_what_is_not_moved_stays_in_order(order) -> None:
    moved = moved_positions(order)
    staying = [value for index, value in enumerate(order) if index not in moved]
    assert staying == sorted(staying)
    assert bool(moved) == (list(order) != sorted(order))


@given(videos(), st.randoms(use_true_random=False))
def test_a_shuffle_is_shown_as_moves_only(wanted, random) -> None:
    shuffled = list(wanted.scenes)
    random.shuffle(shuffled)
    record = applied(wanted).videos[wanted.address].current
    found = remote_shown(remote(wanted), AVATARS)
    changes = compare_videos(replace(wanted, scenes=tuple(shuffled)), found, record)
    if len(set(found.scenes)) == len(found.scenes):
        assert {change.kind for change in changes} <= {ChangeKind.MOVED}
        assert len(changes) < max(2, len(wanted.scenes))


@given(videos())
def test_impossible_changes_cannot_be_built(wanted) -> None:
    found, state = remote(wanted), applied(wanted)
    record = state.videos[wanted.address]
    with pytest.raises(ValueError, match="neither"):
        Sides(wanted.address, None, None, None)
    with pytest.raises(ValueError, match="not the applied one"):
        Sides(wanted.address, wanted, None, found)
    with pytest.raises(ValueError, match="not the applied one"):
        Sides(wanted.address, wanted, record, remote(wanted, id="v2"))
    with pytest.raises(ValueError, match="nothing to adopt"):
        Sides(wanted.address, wanted, None, None, adopted=True)
    assert Change(Sides(wanted.address, wanted, record, found)).action is Action.KEEP

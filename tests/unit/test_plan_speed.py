"""Planning many videos takes as long as there are many, whatever happened to them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.current import Current
from storyboard.plan.plan import PlanOptions, make_plan
from storyboard.state.layered import Layered
from storyboard.state.model import FilmRecord, Operation, OperationKind, State
from storyboard.video import Address, Video
from tests.support.plans import IDS, record, remote
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import video

FEW, MANY = 100, 800
EMPTY = State.fresh(PRINCIPAL, lineage="0" * 32)

Case = tuple[list[Video], State, tuple[RemoteVideo, ...]]


def made(number: int) -> Case:
    """Return videos that were applied and filmed, each with its own operation still open."""
    videos = [video(f"q{n}@de", f"This is text {n}.", name=f"Film {n}") for n in range(number)]
    found = tuple(remote(item, id=f"v{n}") for n, item in enumerate(videos))
    records = {v.address: record(v, r) for v, r in zip(videos, found, strict=True)}
    operations = [
        Operation(OperationKind.GENERATE, v.address, f"n{n}", "2026", f"v{n}")
        for n, v in enumerate(videos)
    ]
    avatars = {avatar.fingerprint: id_ for avatar, id_ in IDS.items()}
    state = replace(EMPTY, videos=Layered.of(records), serial=7, avatars=avatars)
    return videos, replace(state, operations=operations), found


def unchanged(number: int) -> Case:
    return made(number)


def unknown_to_the_state(number: int) -> Case:
    videos, _, found = made(number)
    return videos, EMPTY, found


def films_outdated(number: int) -> Case:
    videos, state, found = made(number)
    film = FilmRecord("other", "1_film", "2026-01-01", 5.0, 5.0, 5.0)
    records = {address: replace(r, films=(film,)) for address, r in state.videos.items()}
    return videos, replace(state, videos=records), found


def renamed(number: int) -> Case:
    videos, state, found = made(number)
    return [replace(v, address=Address(f"x{n}", "de")) for n, v in enumerate(videos)], state, found


def renamed_and_edited(number: int) -> Case:
    _, state, found = made(number)
    return [video(f"x{n}@de", "Now.", name=f"Film {n}") for n in range(number)], state, found


CASES = (unchanged, unknown_to_the_state, films_outdated, renamed, renamed_and_edited)


@pytest.mark.parametrize("case", CASES)
def test_a_plan_takes_as_long_as_it_is(case: Callable[[int], Case]) -> None:
    few = min(_seconds(case, FEW) for _ in range(3))
    assert any(_seconds(case, MANY) < 2.5 * few * MANY / FEW + 0.05 for _ in range(5))


def _seconds(case: Callable[[int], Case], number: int) -> float:
    videos, state, found = case(number)
    current = Current(PRINCIPAL, found, {id_: avatar for avatar, id_ in IDS.items()})
    begun = time.thread_time()
    make_plan(videos, state, current, PlanOptions(prune=True))
    return time.thread_time() - begun

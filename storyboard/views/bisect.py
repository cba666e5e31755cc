"""The search of the scene that breaks a film: what it may take, and what it found. No decisions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from storyboard.apply.bisect import Bisection
from storyboard.counting import counted, listed
from storyboard.plan.bisecting import BisectPlan, SearchOutcome
from storyboard.shell import word
from storyboard.views.json_text import json_text
from storyboard.views.wording import duration, place, printable
from storyboard.wire import MAX_SCENES


def render_bisect_plan(plan: BisectPlan) -> str:
    """Return what the search takes at most; ends with a newline."""
    scenes, address = counted(len(plan.video.scenes), "scene"), plan.video.address
    if not plan.most.films:
        return f"'{address}' has {scenes}: no test film is needed\n"
    films = counted(plan.most.films, "test film")
    minutes = math.ceil(plan.most.seconds / 6) / 10
    return (
        f"'{address}' has {scenes}; to find the one that breaks its film takes up to {films} with "
        f"{minutes:g} min of speech\n"
        "each is a video of its own, which is deleted after its film; "
        f"'{address}' itself is not changed\n"
    )


def render_bisection_text(bisection: Bisection) -> str:
    """Return what was found and what to do; ends with a newline."""
    lines = [*_told(bisection)]
    if bisection.films:
        took = sum(film.took_seconds for film in bisection.films)
        lines.append(f"{counted(len(bisection.films), 'test film')} made in {duration(took)}")
    if bisection.left:
        ids = listed(bisection.left, MAX_SCENES)
        lines.append(f"not deleted yet, by the next apply: {ids}")
    return "".join(f"{printable(line)}\n" for line in lines)


def render_bisection_json(bisection: Bisection, exit_code: int) -> str:
    """Return what the schema `outcome` describes: a search carries out no action of a plan."""
    return json_text(
        {
            "actions": [],
            "videos": {},
            "swept": [],
            "error": None,
            "resume": None,
            "interrupted": _word(bisection) == "interrupted",
            "exitCode": exit_code,
            "bisection": bisection_to_dict(bisection),
        }
    )


def bisection_to_dict(bisection: Bisection) -> dict[str, Any]:
    """Return the search as values that JSON has."""
    spans = {scene.id: scene.origin.span for scene in bisection.video.scenes}
    return {
        "address": str(bisection.address),
        "result": _word(bisection),
        "scenes": [
            {"id": id_, "file": spans[id_].file, "line": spans[id_].line}
            for id_ in bisection.scenes
        ],
        "reason": bisection.reason,
        "films": [
            {"scenes": list(film.scenes), "failed": film.failed, "seconds": film.took_seconds}
            for film in bisection.films
        ],
        "left": list(bisection.left),
    }


def _word(bisection: Bisection) -> str:
    if bisection.reason is not None:
        return "reason"
    return "interrupted" if bisection.found is None else bisection.found.verdict.value


def _told(bisection: Bisection) -> Iterator[str]:
    address, again = bisection.address, f"storyboard apply {word(bisection.address)}"
    if bisection.reason is not None:
        yield f"{address}: the studio tells why its film fails: {bisection.reason}"
        return
    if bisection.found is None:
        yield f"{address}: interrupted before the scene was found"
        return
    match bisection.found.verdict:
        case SearchOutcome.SCENE if not bisection.films:
            yield f"{address}: its only scene is {_scenes(bisection)}"
            yield f"  hint: change it, then run {again}"
        case SearchOutcome.SCENE:
            yield f"{address}: scene {_scenes(bisection)} breaks the film"
            yield "  a film of this scene alone fails, and the film without it is made"
            yield f"  hint: change the scene or take it out, then run {again}"
        case SearchOutcome.SEVERAL:
            yield f"{address}: scene {_scenes(bisection)} breaks the film, and is not alone in it"
            yield "  a film of this scene alone fails, and the film without it fails too"
            yield f"  hint: change the scene, run {again}, and search again if that film fails"
        case SearchOutcome.TOGETHER:
            yield f"{address}: these scenes break the film together: {_scenes(bisection)}"
            yield "  a film of them fails, and no single scene was found that fails alone"
            yield f"  hint: look at what they have in common, change it, then run {again}"
        case SearchOutcome.NONE:
            yield f"{address}: no scene breaks the film: every test film was made"
            yield f"  hint: the failure may have passed: run {again}"


def _scenes(bisection: Bisection) -> str:
    spans = {scene.id: scene.origin.span for scene in bisection.video.scenes}
    return listed([f"'{id_}' ({place(spans[id_])})" for id_ in bisection.scenes], MAX_SCENES)

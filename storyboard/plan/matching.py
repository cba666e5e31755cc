"""Finds which scene became which. Knows ids, fingerprints and texts; judges no change."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from storyboard.plan.shown import ShownScene
from storyboard.state.model import SceneRecord

_SIMILAR = 0.5
"""The share of equal words from which a text is told as edited, not as replaced; a choice."""


def identify_scenes(
    current: Sequence[ShownScene], recorded: Sequence[SceneRecord]
) -> list[str | None]:
    """Give a studio's scenes, which have only positions, our ids back.

    By fingerprint first, in order and then anywhere; what was edited in the browser stands where
    the scenes around it tell.
    """
    prints = [scene.fingerprint for scene in current]
    known = [scene.fingerprint for scene in recorded]
    ids: list[str | None] = [None] * len(current)
    # Without `autojunk`: it takes what is frequent for noise, and twenty scenes may be alike.
    codes = SequenceMatcher(None, known, prints, autojunk=False).get_opcodes()
    free = set(range(len(recorded)))
    for tag, i1, i2, j1, _ in codes:
        if tag == "equal":
            for offset in range(i2 - i1):
                ids[j1 + offset] = recorded[i1 + offset].id
                free.discard(i1 + offset)
    for position, fingerprint in enumerate(prints):
        if ids[position] is None:
            moved = next((i for i in sorted(free) if known[i] == fingerprint), None)
            if moved is not None:
                ids[position] = recorded[moved].id
                free.discard(moved)
    for tag, i1, i2, j1, j2 in codes:
        if tag == "replace":
            gone = [i for i in range(i1, i2) if i in free]
            unknown = [j for j in range(j1, j2) if ids[j] is None]
            for i, j in zip(gone, unknown, strict=False):
                ids[j] = recorded[i].id
                free.discard(i)
    return ids


def identify_edited(
    current: Sequence[ShownScene],
    recorded: Sequence[SceneRecord],
    known: Mapping[str, ShownScene],
) -> list[str | None]:
    """Give a studio's scenes our ids back; of those edited there, by what the files say of them.

    `known` has the files' scenes by id. Where a scene was edited beside one that was removed, its
    place alone would give it the other's id, and that one's translations with it.
    """
    ids = identify_scenes(current, recorded)
    prints = {scene.id: scene.fingerprint for scene in recorded}
    edited = [
        c for c, id_ in enumerate(ids) if id_ is None or prints[id_] != current[c].fingerprint
    ]
    named = {id_ for c, id_ in enumerate(ids) if c not in edited}
    free = [scene.id for scene in recorded if scene.id not in named and scene.id in known]
    scored = sorted(
        (
            # The likeness first, then the place that the neighbors tell; minus, as the list is
            # read backwards.
            (_likeness(known[id_], current[c]), ids[c] == id_, -c, id_)
            for id_ in free
            for c in edited
        ),
        reverse=True,
    )
    for score, _, c, id_ in scored:
        if score >= _SIMILAR and -c in edited and id_ in free:
            taken = ids[-c]
            ids = [taken if each == id_ else each for each in ids]
            ids[-c] = id_
            edited.remove(-c)
            free.remove(id_)
    return ids


def pair_scenes(
    desired: Sequence[ShownScene],
    desired_ids: Sequence[str],
    current: Sequence[ShownScene],
    current_ids: Sequence[str | None],
) -> dict[int, int]:
    """Return desired position → current position, for scenes that are the same scene.

    By id; then, among the rest, equal ones, and then those whose texts are alike.
    """
    where = {id_: position for position, id_ in enumerate(current_ids) if id_ is not None}
    pairs = {d: where[id_] for d, id_ in enumerate(desired_ids) if id_ in where}
    rest = [d for d in range(len(desired)) if d not in pairs]
    taken = set(pairs.values())
    free = [c for c in range(len(current)) if c not in taken]
    for d in list(rest):
        equal = next((c for c in free if current[c] == desired[d]), None)
        if equal is not None:
            pairs[d] = equal
            rest.remove(d)
            free.remove(equal)
    scored = sorted(
        ((_likeness(desired[d], current[c]), -d, -c) for d in rest for c in free), reverse=True
    )
    for score, d, c in scored:
        if score >= _SIMILAR and -d in rest and -c in free:
            pairs[-d] = -c
            rest.remove(-d)
            free.remove(-c)
    return pairs


def moved_positions(order: Sequence[int]) -> set[int]:
    """Return the indexes of `order` that must move so that the others stay in ascending order.

    The longest ascending run stays, so the fewest scenes are called moved.
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, value in enumerate(order):
        place = bisect_left(tails, value)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [index]
    staying: set[int] = set()
    at = ends[-1] if ends else None
    while at is not None:
        staying.add(at)
        at = before[at]
    return set(range(len(order))) - staying


def _likeness(one: ShownScene, other: ShownScene) -> float:
    if not one.narration or not other.narration:
        return 1.0 if one.narration == other.narration and one.broll == other.broll else 0.0
    matcher = SequenceMatcher(None, one.narration.split(), other.narration.split(), False)
    # `quick_ratio` is never less than `ratio`, and most pairs need no more.
    return matcher.ratio() if matcher.quick_ratio() >= _SIMILAR else 0.0

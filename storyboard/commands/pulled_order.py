"""Brings a storyboard's list of scenes into the order that people gave it in the studio.

Scenes are taken out, added and moved, where every locale of the storyboard agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from storyboard.commands.pulled_edits import Board
from storyboard.commands.pulled_forms import new_scene_form
from storyboard.expand.origins import item_of
from storyboard.expand.scene_ids import free_name, slug
from storyboard.language.arranging import NewScene, arrange_scenes
from storyboard.language.editing import CannotEdit
from storyboard.neighbors import behind_neighbors
from storyboard.plan.merged import Merged, MergedScene
from storyboard.plan.scene_order import in_their_order
from storyboard.source.document import Document
from storyboard.video import Address

_LIST = ("scenes",)


@dataclass(frozen=True, slots=True)
class Items:
    """Which items of the file's list a video's scenes come from, by their indexes."""

    video: Merged
    of_scene: Mapping[str, int]

    @property
    def before(self) -> tuple[int, ...]:
        """The items as the video has them now."""
        ids = (scene.id for scene in self.video.video.scenes)
        return tuple(dict.fromkeys(self.of_scene[id_] for id_ in ids))

    @property
    def after(self) -> tuple[int, ...]:
        """The items as the video is to have them, what was added aside."""
        ids = (scene.id for scene in self.video.scenes if scene.id is not None)
        return tuple(dict.fromkeys(self.of_scene[id_] for id_ in ids))

    @property
    def changes(self) -> bool:
        """Whether scenes are added, removed or moved."""
        before = [scene.id for scene in self.video.video.scenes]
        return before != [scene.id for scene in self.video.scenes]


def arranges(board: Board) -> bool:
    """Whether people added, removed or moved scenes of any video of a storyboard."""
    return any(
        [s.id for s in each.video.scenes] != [s.id for s in each.scenes] for each in board.merged
    )


def arranged_text(board: Board, document: Document) -> str:
    """Return the file's text with its scenes in their new order.

    `document` is the file as other edits have left it. Raises `CannotEdit` where a scene comes from
    an include or a loop, or another locale has it otherwise.
    """
    items = [_items(board, merged) for merged in board.merged]
    leading = next(each for each in items if each.changes)
    if leading.video is not board.merged[0] and _added(leading.video):
        raise CannotEdit("it was added to a translation, and the file has one list for all locales")
    order = _order(items, leading)
    for each in items:
        wanted = [i for i in order if i in each.before]
        if wanted != list(each.after):
            raise CannotEdit(f"'{each.video.video.address}' has the same list of scenes")
        if each is not leading and _added(each.video):
            raise CannotEdit(f"scenes were added to '{each.video.video.address}', too")
    return arrange_scenes(document, _LIST, [*_with_new(board, leading, order)])


def _added(merged: Merged) -> list[MergedScene]:
    return [scene for scene in merged.scenes if scene.id is None]


def _items(board: Board, merged: Merged) -> Items:
    """Find each scene's item; a loop and an include are one item of several scenes."""
    listed = board.top.document.value(_LIST)
    includes: dict[str, list[int]] = {}
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("include"), str):
            includes.setdefault(item["include"], []).append(index)
    of_scene: dict[str, int] = {}
    for scene in merged.video.scenes:
        place = item_of(scene.origin)
        path = "" if place is None else place.document.path
        own = [] if place is None or path != board.path else [place.pointer[1]]
        found = own or includes.get(path, [])
        if len(found) != 1 or not isinstance(found[0], int):
            raise CannotEdit(f"scene '{scene.id}' comes from an include")
        of_scene[scene.id] = found[0]
    return Items(merged, of_scene)


def _order(items: Sequence[Items], leading: Items) -> list[int]:
    """Return the items in their new order; those that the leading video lacks keep their place."""
    every = sorted({i for each in items for i in each.before})
    gone = set(leading.before) - set(leading.after)
    return in_their_order([i for i in every if i not in gone], leading.after)


def _with_new(board: Board, leading: Items, order: Sequence[int]) -> Iterator[int | NewScene]:
    """Return the items with the new scenes, each behind the scene that it follows."""
    address = leading.video.video.address
    taken = {scene.id for each in board.merged for scene in each.video.scenes}

    def walk() -> Iterator[tuple[int | None, NewScene | None]]:
        for scene in leading.video.scenes:
            if scene.id is None:
                words = leading.video.video.as_written(scene.shown.narration)
                written = replace(scene, shown=replace(scene.shown, narration=words))
                yield None, _new_scene(board, address, written, taken)
            else:
                yield leading.of_scene[scene.id], None

    return behind_neighbors(order, walk(), _same)


def _same(item: int) -> int | NewScene:
    return item


def _new_scene(board: Board, address: Address, scene: MergedScene, taken: set[str]) -> NewScene:
    if isinstance(scene.shown.presenter, str) and not scene.follows:
        raise CannotEdit("the studio does not tell which avatar presents a new scene")
    if len(board.merged) > 1 and not scene.shown.narration:
        raise CannotEdit("it says nothing, so that no translation could hold it from other locales")
    id_ = free_name(slug(scene.shown.narration) or "scene", taken)
    taken.add(id_)
    return NewScene(new_scene_form(scene, id_, board.names[address]))

"""Whole films in the cache: found by all that they are made of, as long as they are whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.presenter_title import Title
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.film_cache import (
    film_key,
    film_path,
    find_film,
    keep_film,
    writing_film,
)
from storyboard.studio.film.request import (
    DRAFT,
    Clip,
    Film,
    FilmRequest,
    FilmScene,
    SceneTiming,
)
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind

SCENE = FilmScene("Hello to you.", "jane", Backdrop(BackdropKind.COLOR, "#00FF00"))
MADE_OF: dict[str, Any] = {
    "request": FilmRequest((SCENE, SCENE), title="Tour"),
    "rules": (1.5, (), "fail"),
    "stage_version": "1",
    "language": "en",
    "voice_keys": ("tone", "tone"),
    "media": (None, None),
}


def second(**changed: Any) -> FilmRequest:
    """Return the film with another second scene."""
    return FilmRequest((SCENE, replace(SCENE, **changed)), title="Tour")


OTHERS: dict[str, dict[str, Any]] = {
    "a word": {"request": second(narration="Hello to all.")},
    "a presenter": {"request": second(presenter="adam")},
    "a background": {"request": second(backdrop=Backdrop(BackdropKind.COLOR, "#00FF01"))},
    "a kind of background": {"request": second(backdrop=Backdrop(BackdropKind.IMAGE, "#00FF00"))},
    "a clip": {"request": second(clip=Clip(Path("a.mp4"), 0.0)), "media": (None, "sha")},
    "a start": {"request": second(clip=Clip(Path("a.mp4"), 1.0)), "media": (None, "sha")},
    "the bytes of a clip": {
        "request": second(clip=Clip(Path("a.mp4"), 0.0)),
        "media": (None, "other"),
    },
    "how a word is said": {"request": second(say=(("Hello", "Hallo"),))},
    "a title": {"request": second(title=Title("Hello", "Hallo"))},
    "the order": {"request": FilmRequest((replace(SCENE, presenter="adam"), SCENE), title="Tour")},
    "one scene less": {
        "request": FilmRequest((SCENE,), title="Tour"),
        "voice_keys": ("tone",),
        "media": (None,),
    },
    "a name": {"request": FilmRequest((SCENE, SCENE), title="Trip")},
    "a size": {"request": FilmRequest((SCENE, SCENE), DRAFT, title="Tour")},
    "a rule": {"rules": (1.5, (), "loop")},
    "a drawing": {"stage_version": "2"},
    "a language": {"language": "de"},
    "a voice": {"voice_keys": ("tone", "bell")},
    "a font": {"lettering": ("noto",)},
}


def test_each_part_of_a_film_makes_it_another_one() -> None:
    assert film_key(**MADE_OF) == film_key(**MADE_OF)
    keys = {name: film_key(**{**MADE_OF, **other}) for name, other in OTHERS.items()}
    keys["as it is"] = film_key(**MADE_OF)
    alike = [(one, other) for one in keys for other in keys if keys[one] == keys[other]]
    assert alike == [(name, name) for name in keys]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes() + b"x"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["cut off", "longer", "empty", "gone"],
)
def test_a_film_that_is_not_whole_is_none(damage: Callable[[Path], Any], tmp_path: Path) -> None:
    cache, key = Cache(tmp_path), film_key(**MADE_OF)
    with writing_film(cache, key) as part:
        part.write_bytes(b"a film")
    path = film_path(cache, key)
    film = Film(path, 50, 25, "en", (SceneTiming(0, 50),), rendered_scenes=())
    keep_film(cache, key, film)
    assert find_film(cache, key) == film
    damage(path)
    assert find_film(cache, key) is None

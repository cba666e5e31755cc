"""What scenes begin with is drawn while they are spoken, and only for those that are new."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from storyboard.studio.film import threads
from storyboard.studio.film.make import make_film
from storyboard.studio.film.performers import Crew
from storyboard.studio.film.request import Clip, Film, FilmError, FilmRequest, FilmScene
from storyboard.studio.stage.rooms.backdrop import Backdrop
from storyboard.studio.stage.rooms.painting import BackdropError
from storyboard.studio.voice.speech import Speech, Voice
from tests.support.film_crew import SMALL, ToneVoice, numbered_clip, scene, small_crew

_LONG = 60.0


class _PatientVoice(ToneVoice):
    """Says nothing before something was drawn."""

    def __init__(self, presenter: str, drawn: threading.Event) -> None:
        super().__init__(presenter)
        self._drawn = drawn

    def speak(self, text: str) -> Speech:
        assert self._drawn.wait(_LONG), "nothing was drawn meanwhile"
        return super().speak(text)


def _seeing(crew: Crew, see: Callable[[str], object]) -> Crew:
    """Return a crew that tells whom it draws."""

    def draw(presenter: str, *others: object) -> npt.NDArray[np.uint8]:
        see(presenter)
        return crew.draw_presenter_region(presenter, *others)  # type: ignore[arg-type]

    return replace(crew, draw_presenter_region=draw)


def _film(root: Path, crew: Crew, *scenes: FilmScene) -> Film:
    request = FilmRequest(scenes, SMALL)
    return make_film(request, cache=root / "cache", output=root / "film.mp4", crew=crew)


@pytest.fixture
def two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have films made in two threads, on any machine."""
    monkeypatch.setattr(threads, "affordable", lambda cores, free: 2)


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize("over_clip", [False, True], ids=["full-screen", "over a clip"])
def test_a_new_scene_is_drawn_while_it_is_spoken(tmp_path: Path, over_clip: bool) -> None:
    drawn = threading.Event()
    cast: dict[str, Voice] = {}

    def voice_for(presenter: str, language: str) -> Voice:
        return cast.setdefault(presenter, _PatientVoice(presenter, drawn))

    crew = replace(small_crew(), voice_for=voice_for)
    clip = Clip(numbered_clip(tmp_path / "clip.mp4"), 0.0) if over_clip else None
    film = _film(tmp_path, _seeing(crew, lambda presenter: drawn.set()), scene(clip=clip))
    assert film.rendered_scenes == (0,)


def test_only_those_are_drawn_whose_scenes_are_new(tmp_path: Path) -> None:
    crew = small_crew()
    _film(tmp_path, crew, scene(5, "jane"), scene(6, "adam"))
    seen: set[str] = set()
    film = _film(tmp_path, _seeing(crew, seen.add), scene(5, "jane"), scene(7, "adam"))
    assert film.rendered_scenes == (1,)
    assert seen == {"adam"}


def test_what_cannot_be_drawn_fails_the_film(tmp_path: Path) -> None:
    def draw_backdrop(backdrop: Backdrop, width: int, height: int) -> npt.NDArray[np.uint8]:
        raise BackdropError("no such picture")

    crew = replace(small_crew(), draw_backdrop=draw_backdrop)
    with pytest.raises(FilmError) as caught:
        _film(tmp_path, crew, scene())
    assert caught.value.code == "backdrop-unreadable"

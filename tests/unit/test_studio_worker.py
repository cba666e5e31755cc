"""`storyboard studio worker`: for whom it works, and that it ends when it is told."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from storyboard.errors import StudioError
from storyboard.studio.worker import open_worker, work
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio


def test_a_folder_without_a_studio_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A worker that makes a studio of its own waits for films for ever."""
    place = tmp_path / "my studio"
    with pytest.raises(StudioError, match="there is no studio in") as refused:
        open_worker(place)
    assert refused.value.hint == f"start it first: storyboard studio --workspace '{place}'"
    assert not place.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_makes_the_films_of_a_studio_that_makes_none(
    tmp_path: Path, number: signal.Signals
) -> None:
    user = caller(open_test_studio(tmp_path / "w", workers=0))
    before = signal.getsignal(number)
    ended: list[str] = []

    def film() -> None:
        video = user.video()
        user("video/generate", id=video)
        ended.append(user.wait(video, "ready")["status"])
        signal.raise_signal(number)

    thread = threading.Thread(target=film)
    with user.studio:
        opened = open_worker(tmp_path / "w", films=1, film_maker=TinyFilmMaker())
        assert opened.films == 1
        work(opened, thread.start)
        thread.join()
    assert ended == ["ready"]
    assert signal.getsignal(number) is before

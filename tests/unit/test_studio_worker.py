"""`storyboard studio worker`: for whom it works, and that it ends when it is told."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from storyboard.errors import StudioError
from storyboard.studio.worker import open_worker, work
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio

PATIENCE = 60.0


def test_a_folder_without_a_studio_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A worker that makes a studio of its own waits for films for ever."""
    place = tmp_path / "my studio"
    with pytest.raises(StudioError, match="there is no studio in") as refused:
        open_worker(place)
    assert refused.value.hint == f"start it first: storyboard studio --workspace '{place}'"
    assert not place.exists()


@pytest.mark.parametrize("where", ["database", "files"])
def test_a_worker_of_a_studio_elsewhere_begins_no_second_one(tmp_path: Path, where: str) -> None:
    """A studio that is started there has another account, and no film comes to it."""
    place = tmp_path / "w"
    with pytest.raises(StudioError, match="there is no studio in") as refused:
        open_worker(place, **{where: "x://y"})  # type: ignore[misc]
    copied, _, started = str(refused.value.hint).partition("only if there is no studio yet")
    assert copied.startswith("copy 'identity.json'")
    assert "storyboard studio --workspace" in started
    assert not place.exists()


def test_it_makes_the_films_of_a_studio_that_makes_none_and_ends_what_it_began(
    tmp_path: Path,
) -> None:
    maker = TinyFilmMaker(threading.Event())
    user = caller(open_test_studio(tmp_path / "w", workers=0))
    before = signal.getsignal(signal.SIGTERM)
    with user.studio:
        video = user.video()
        user("video/generate", id=video)
        opened = open_worker(tmp_path / "w", films=1, film_maker=maker)

        def tell_to_end() -> None:
            assert maker.filming.wait(PATIENCE)
            os.kill(os.getpid(), signal.SIGTERM)
            while not opened.workspace.draining.has_begun:
                time.sleep(0.02)
            assert maker.gate
            maker.gate.set()

        thread = threading.Thread(target=tell_to_end)
        work(opened, thread.start, drain=PATIENCE)
        thread.join()
        assert user("video/get", id=video)["status"] == "ready"
        assert len(maker.made) == 1
    assert signal.getsignal(signal.SIGTERM) is before

"""`identity: name`: the studio is the memory, and a runner needs nothing but the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.clones import Clones
from tests.support.tiny_studio import TinyStudio, serving

FILES = {
    "hello.yaml": "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
    "bye.yaml": "name: Goodbye\nscenes: [{id: bye, narration: Goodbye and come back to us.}]\n",
}


@pytest.fixture
def clones(tmp_path: Path) -> Iterator[Clones]:
    studio = TinyStudio(film_polls=1)
    with serving(studio) as url:
        clones = Clones(tmp_path, url, dict(FILES))
        clones.studio = studio
        yield clones


def test_each_run_is_a_fresh_clone(clones: Clones) -> None:
    """A runner without its state was refused, and had to be told of the videos one by one."""
    first = clones.run("apply", "--yes")
    assert first.code == 0, first.out + first.err
    for command in (("plan", "--detailed-exitcode"), ("apply", "--yes"), ("status",)):
        ran = clones.run(*command)
        assert ran.code == 0, ran.out + ran.err
    studio = clones.studio
    assert (len(studio.videos), len(studio.films), studio.count("video/add")) == (2, 2, 2)
    assert sorted(video["name"] for video in studio.videos.values()) == ["Goodbye", "Hello"]

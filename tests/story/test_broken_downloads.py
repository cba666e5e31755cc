"""A saved film is a film: whatever else a studio sends under its address is told and not kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.apply.outcome import Outcome
from storyboard.errors import ExitCode
from tests.support.small_films import box, film
from tests.support.tiny_studio import Download, TinyStudio
from tests.support.videos import World, video

WHOLE = film(12.5)
MOOV = WHOLE.index(b"moov") - 4
NO_FILMS: dict[str, tuple[Download, str]] = {
    "json": (
        Download(b'{"error": "no such flavor"}', kind="application/json"),
        """no film (application/json): it is no MP4 but '{"error": "no such flavor"}'""",
    ),
    "json that says MP4": (Download(b'{"error": 1}'), "(video/mp4): it is no MP4 but '{\"error"),
    "an error": (
        Download(b'{"code": "FLAVOR_NOT_FOUND", "message": "none"}', kind="application/json"),
        "no film",
    ),
    "a page": (Download(b"<html>log in</html>", kind="text/html"), "'<html>log in</html>'"),
    "nothing": (Download(b""), "it is no MP4 but empty"),
    "a picture": (Download(b"\x89PNG\r\n\x1a\n" + bytes(100)), "it is no MP4 but other bytes"),
    "a head alone": (Download(WHOLE[:50]), "cut off"),
    "cut off": (Download(WHOLE[:-30]), "cut off"),
    "no index": (Download(WHOLE[:MOOV]), "no 'moov' box"),
    "no pictures": (Download(box(b"ftyp", b"isom") + WHOLE[MOOV:]), "no 'mdat' box"),
    "no content": (
        Download(box(b"ftyp", b"isom") + WHOLE[MOOV:] + box(b"mdat", b"")),
        "it cannot be decoded",
    ),
    "too short": (Download(film(3.0)), "it lasts 3.0 s, and the studio says 12.5 s"),
    "gone": (Download(b"gone", status=410, kind="text/plain"), "HTTP_410: gone"),
    "created": (Download(b"?", status=202, kind="text/plain"), "HTTP 202 brought text/plain, '?'"),
}


def saving(world: World, *names: str) -> Outcome:
    world.options = replace(world.options, download=world.folder / "films")
    return world.apply(*(video(name, "Welcome to the overview.") for name in names))


@pytest.mark.parametrize("name", NO_FILMS)
def test_what_is_no_film_is_not_saved(name: str, tmp_path: Path) -> None:
    sent, told = NO_FILMS[name]
    world = World(tmp_path, TinyStudio(downloads=[sent] * 4))
    outcome = saving(world, "a")
    assert outcome.exit_code is ExitCode.PARTIAL
    assert any(told in (action.message or "") for action in outcome.actions), outcome.actions
    assert list((tmp_path / "films").iterdir()) == []
    world.studio.downloads.clear()
    assert saving(world, "a").exit_code is ExitCode.OK
    assert (tmp_path / "films/a.mp4").read_bytes().startswith(WHOLE[:-8])


def test_what_is_no_film_is_asked_for_again(tmp_path: Path) -> None:
    sent = [Download(b"<html>"), Download(WHOLE[:-1]), Download(b"", status=503)]
    world = World(tmp_path, TinyStudio(downloads=sent))
    assert saving(world, "a").exit_code is ExitCode.OK
    assert world.studio.count("download") == 4


def test_the_old_film_stays_until_the_new_one_is_proved(tmp_path: Path) -> None:
    world = World(tmp_path)
    saving(world, "a")
    before = (tmp_path / "films/a.mp4").read_bytes()
    world.studio.downloads = [Download(b"{}")] * 4
    outcome = world.apply(video("a", "Another text is spoken here."))
    assert outcome.exit_code is ExitCode.PARTIAL
    assert (tmp_path / "films/a.mp4").read_bytes() == before
    assert [path.name for path in (tmp_path / "films").iterdir()] == ["a.mp4"]


def test_a_film_is_not_fetched_from_where_a_studio_has_no_business(tmp_path: Path) -> None:
    world = World(tmp_path, TinyStudio(film_address="http://169.254.169.254/latest/meta-data/"))
    outcome = saving(world, "a")
    assert outcome.exit_code is ExitCode.PARTIAL
    assert "'http://169.254.169.254', which is not a public host" in str(outcome.actions)
    assert world.studio.count("download") == 0


def test_a_redirect_leads_to_no_other_place_either(tmp_path: Path) -> None:
    target = {"location": "https://127.0.0.1/film.mp4"}
    world = World(tmp_path, TinyStudio(downloads=[Download(b"", 302, headers=target)]))
    outcome = saving(world, "a")
    assert "'https://127.0.0.1', which is not a public host" in str(outcome.actions)
    assert world.studio.count("download") == 1


@pytest.mark.parametrize("target", ["http://[", "file:///etc/passwd", "http://\x01"])
def test_a_broken_redirect_ends_in_words(tmp_path: Path, target: str) -> None:
    sent = [Download(b"", 302, headers={"location": target})] * 4
    outcome = saving(World(tmp_path, TinyStudio(downloads=sent)), "a")
    assert outcome.exit_code is ExitCode.PARTIAL

"""What the interface offers to choose from: pictures and facts that need no session."""

from __future__ import annotations

import io

import av
import numpy as np

from storyboard.studio.film.timeline import SAMPLE_RATE, build_timeline
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS
from storyboard.wire import MAX_SOURCES
from tests.contract.studio_rig import Caller


def test_the_facts_are_those_of_the_api(user: Caller) -> None:
    facts = user.send("GET", "/v1/studio/facts.json").json()
    assert facts["backgrounds"] == list(LIBRARY_IDS)
    assert (facts["defaultTemplate"], facts["defaultColor"]) == ("jane", "#CEEEDB")
    assert facts["limits"]["sources"] == MAX_SOURCES
    assert facts["behavior"]["broll_overrun"] == "fail"
    spoken = [2 * SAMPLE_RATE, 3 * SAMPLE_RATE]
    film = build_timeline(spoken, 25).frames / 25
    assert abs(5 + 2 * facts["limits"]["pauseSeconds"] - film) < 2 / 25


def test_a_presenter_is_cut_out_and_drawn_once(user: Caller) -> None:
    got = user.send("GET", "/v1/studio/templates/jane.png")
    assert got.headers["content-type"] == "image/png"
    with av.open(io.BytesIO(got.content), format="png_pipe") as container:
        frame = next(container.decode(video=0))
        pixels = frame.to_ndarray(format="rgba")
    assert pixels.shape == (360, 640, 4)
    assert not pixels[:, 0, 3].any()
    assert (pixels[340:, 320, 3] == 255).all()
    skin_and_hair = pixels[pixels[..., 3] == 255][:, :3]
    assert np.ptp(skin_and_hair, axis=0).min() > 100
    known = {"if-none-match": got.headers["etag"]}
    again = user.send("GET", "/v1/studio/templates/jane.png", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert user("video/list")["totalCount"] == 0


def test_a_presenter_says_hello(user: Caller) -> None:
    got = user.send("GET", "/v1/studio/templates/jane.mp3")
    assert got.headers["content-type"] == "audio/mpeg"
    assert got.content == b"ID3jane: Hello, I am Jane. (1)"


def test_each_background_of_the_library_has_its_picture(user: Caller) -> None:
    seen = {user.send("GET", f"/v1/studio/backgrounds/{name}.jpg").content for name in LIBRARY_IDS}
    assert len(seen) == len(LIBRARY_IDS)
    assert all(picture.startswith(b"\xff\xd8\xff") for picture in seen)


def test_what_there_is_not_is_not_drawn(user: Caller) -> None:
    for path in (
        "templates/nobody.png",
        "templates/nobody.mp3",
        "backgrounds/nowhere.jpg",
        "templates/..%2fx.png",
    ):
        assert user.send("GET", f"/v1/studio/{path}").status_code == 404


def test_another_page_gets_none_of_it(user: Caller) -> None:
    strangers = {"sec-fetch-site": "cross-site"}
    got = user.send("GET", "/v1/studio/templates/jane.png", headers=strangers)
    assert got.status_code == 403

"""What the newest generation composes of, and shows: slides, pages of the web, a brief alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storyboard.origins import origin_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.request import Clip
from storyboard.wire import NEXT
from tests.contract.studio_rig import HELLO, Caller, TinyFilmMaker, caller, open_test_studio
from tests.support.documents import pdf
from tests.support.wire_server import Answer, Server, wire_server

DECK = "1_deck0000"
SLIDES = (
    "Energy report",
    "Solar panels delivered more than the building used\nThe battery keeps the lights on.",
    "Thanks to everyone on the roof team of this year.",
)
ARTICLE = """<html><head><title>Ignored</title><meta property="og:title" content="Solar &amp; more">
<meta property="og:image" content="/roof.jpg"><script>alert("never spoken")</script></head><body>
<nav>Home</nav><p>Solar panels on the roof delivered more energy than the building used.</p>
<p>The battery keeps the lights on for two nights.</p></body></html>"""


@pytest.fixture
def films() -> TinyFilmMaker:
    return TinyFilmMaker()


@pytest.fixture
def site() -> Iterator[Server]:
    """A host that the operator allows; it has one page."""
    with wire_server(Answer(raw=ARTICLE.encode(), headers={"content-type": "text/html"})) as server:
        yield server


@pytest.fixture
def user(tmp_path: Path, films: TinyFilmMaker, site: Server) -> Iterator[Caller]:
    origin = origin_of(site.url)
    contract = Contract(profile=NEXT)
    hosts = (f"{origin.host}:{origin.port}",)
    with open_test_studio(tmp_path / "w", films, contract=contract, page_hosts=hosts) as studio:
        studio.add_media(pdf(tmp_path / "deck.pdf", *SLIDES), DECK)
        yield caller(studio)


def composed(user: Caller, form: str, *sources: dict[str, Any], **more: Any) -> dict[str, Any]:
    video_id = user.video()
    asked = {"formatType": form, "duration": 60, "sources": list(sources), **more}
    reply = user("video/compose", id=video_id, **asked)
    assert reply["status"] == "composing", reply
    assert reply["composeParams"] == asked
    return user.wait(video_id, "composed")


def reason_of_failure(user: Caller, video_id: str) -> str:
    deadline = time.monotonic() + 60
    while user("video/get", id=video_id)["status"] in ("composing", "generating"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert user("video/get", id=video_id)["status"] in ("compose-error", "generate-error")
    return str(user.control("GET", f"videos/{video_id}")["reason"])


@pytest.mark.slow
def test_a_presentation_is_narrated_slide_by_slide_and_filmed(
    user: Caller, films: TinyFilmMaker
) -> None:
    """What says too little is spoken with the next slide; the film shows pictures of them."""
    video = composed(user, "presentation-narration", {"entryId": DECK}, generateName=True)
    told = [(scene["narration"]["text"], scene["broll"]) for scene in video["scenes"]]
    assert [text for text, _ in told] == [
        "Energy report. Solar panels delivered more than the building used. "
        "The battery keeps the lights on.",
        "Thanks to everyone on the roof team of this year.",
    ]
    assert [shown["index"] for _, shown in told] == [1, 2]
    assert told[0][1] == {
        "type": "slide", "entryId": DECK, "flavorAssetId": "1_fdeck0000", "index": 1,
        "slideImageName": "slide-1.png",
    }  # fmt: skip
    sent_back = user("video/update", id=video["id"], scenes=video["scenes"])
    assert sent_back["scenes"] == video["scenes"]
    user("video/generate", id=video["id"])
    assert user.wait(video["id"], "ready")["entryId"]
    clips = [scene.clip for scene in films.made[0].scenes]
    assert all(clip is not None and clip.is_still for clip in clips)
    assert len({clip.path for clip in clips if clip is not None}) == 2


def test_only_some_slides_are_narrated(user: Caller) -> None:
    source = {"entryId": DECK, "slideIndexes": [2]}
    [scene] = composed(user, "presentation-narration", source)["scenes"]
    assert scene["broll"]["index"] == 2


def test_a_slide_stays_for_as_long_as_it_is_spoken_of(user: Caller, films: TinyFilmMaker) -> None:
    """Longer than any clip: a picture has no end and no rate, and six of them are no six clips."""
    shown = {"type": "slide", "entryId": DECK, "flavorAssetId": "1_fdeck0000", "index": 0}
    words = {"text": "This is said for a while, and the slide is seen all the time."}
    scene = {"layoutType": "broll", "narration": words, "broll": shown}
    video_id = user.video(HELLO, scene)
    user("video/generate", id=video_id)
    user.wait(video_id, "ready")
    clip = films.made[0].scenes[1].clip
    assert isinstance(clip, Clip)
    pictures = clip_frames(clip, 0, 25, 192, 108)
    pixels = [next(pictures).to_ndarray(format="gray") for _ in range(60)]
    assert all((picture == pixels[0]).all() for picture in pixels)
    assert pixels[0].max() > 200 > 100 > pixels[0].min(), "dark words on white"


@pytest.mark.slow
def test_a_slide_that_cannot_be_drawn_fails_the_film_with_its_reason(
    user: Caller, tmp_path: Path
) -> None:
    """A PDF whose page is broken: it has as many slides as it says, and PDFium refuses one."""
    torn = pdf(tmp_path / "torn.pdf", *SLIDES)
    broken = torn.read_bytes().replace(b"/Type /Page /Parent", b"/Type /Font /Xarent", 1)
    torn.write_bytes(broken)
    user.studio.add_media(torn, "1_torn0000")
    shown = {"type": "slide", "entryId": "1_torn0000", "flavorAssetId": "1_ftorn0000", "index": 0}
    scene = {"layoutType": "broll", "narration": HELLO["narration"], "broll": shown}
    video_id = user.video(scene)
    user("video/generate", id=video_id)
    assert reason_of_failure(user, video_id).startswith("slide-unreadable: ")


def test_a_brief_alone_is_composed_of_its_own_words(user: Caller) -> None:
    brief = "Our solar panels deliver more than we use. The battery keeps the lights on at night."
    video = composed(user, "explainer-video", userBrief=brief)
    said = " ".join(scene["narration"]["text"] for scene in video["scenes"])
    assert said == brief


def test_a_page_is_a_source_and_can_be_previewed(user: Caller, site: Server) -> None:
    url = f"{site.url}/article?page=2"
    assert user("video/previewUrl", url=url) == {
        "title": "Solar & more",
        "imageUrl": f"{site.url}/roof.jpg",
    }
    video = composed(user, "explainer-video", {"url": url})
    said = " ".join(scene["narration"]["text"] for scene in video["scenes"])
    assert "Solar panels on the roof delivered more energy" in said
    assert "never spoken" not in said
    assert "Home" not in said
    assert set(site.paths()) == {"/article?page=2"}
    assert all("authorization" not in headers for _, headers, _ in site.requests)


@pytest.mark.parametrize(
    "answer",
    [
        lambda url: Answer(raw=b"", status=302, headers={"location": url}),
        lambda url: Answer(raw=b"%PDF-1.4", headers={"content-type": "application/pdf"}),
        lambda url: Answer(raw=b"no", status=403, headers={"content-type": "text/html"}),
        lambda url: Answer(drop=True),
    ],
    ids=["leads elsewhere", "no text", "refused", "nothing"],
)
def test_what_is_no_page_of_an_allowed_host_is_not_read(
    tmp_path: Path, answer: Callable[[str], Answer]
) -> None:
    """Neither the address nor where it leads: a studio's machine has other services."""
    with wire_server(Answer(raw=b"secret")) as inner, wire_server(answer(inner.url)) as outer:
        origin = origin_of(outer.url)
        hosts = (f"{origin.host}:{origin.port}",)
        contract = Contract(profile=NEXT)
        with open_test_studio(tmp_path, contract=contract, page_hosts=hosts) as studio:
            user = caller(studio)
            for url in (outer.url, inner.url, f"{outer.url}@{inner.url[7:]}"):
                told = user("video/previewUrl", url=url)
                assert told["code"] in ("URL_PREVIEW_FAILED", "VALIDATION_ERROR"), told
            video_id = user.video()
            asked = {"formatType": "explainer-video", "duration": 60}
            refused = user("video/compose", id=video_id, **asked, sources=[{"url": inner.url}])
            assert refused["code"] == "URL_NOT_ACCESSIBLE"
            user("video/compose", id=video_id, **asked, sources=[{"url": outer.url}])
            assert reason_of_failure(user, video_id).startswith("URL_")
        assert inner.requests == []

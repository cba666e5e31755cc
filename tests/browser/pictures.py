"""Makes the pictures of the documentation anew, of what `make demo` left: `make pictures`."""

from __future__ import annotations

import base64
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.studio.execution import served
from storyboard.studio.local import Studio, open_studio
from storyboard.studio.serving import bind, url_of
from tests.browser.application import open_studio_page
from tests.browser.chromium import Tab, browser
from tests.contract.studio_rig import caller

ROOT = Path(__file__).parents[2]
DOCS, SAMPLES = ROOT / "docs", ROOT / "samples"

GAP = 8
FILMS = (
    ("course/films/reports@en.mp4", 2.4),
    ("course/films/reports@de.mp4", 12.0),
    ("course/films/reports@fr.mp4", 16.0),
    ("guide/films/cloud-ai.mp4", 48.0),
)
# As large as they are read: wider ones are made smaller by the pages that show them.
FILM_WIDTH, PAGE_SIZE, BUILDER_SIZE = 640, (1060, 560), (1320, 860)


def main() -> None:
    """Write the pictures into `docs/`."""
    with tempfile.TemporaryDirectory() as folder, browser(Path(folder) / "profile") as tab:
        tab.do("Emulation.setScrollbarsHidden", hidden=True)
        _films(tab, Path(folder))
        with _studio("guide", Path(folder)) as studio:
            _builder(tab, studio)
        with _studio("course", Path(folder)) as studio:
            _console(tab, studio, Path(folder))


@contextmanager
def _studio(sample: str, folder: Path) -> Iterator[Studio]:
    """Serve a copy of what a sample's local studio has."""
    workspace = folder / sample
    shutil.copytree(SAMPLES / sample / ".storyboard" / "studio", workspace)
    listener = bind("127.0.0.1", 0)
    with (
        open_studio(workspace, public_url=url_of(listener, "127.0.0.1")) as studio,
        served(studio, listener),
    ):
        yield studio


def _films(tab: Tab, folder: Path) -> None:
    """Show frames of films in two rows."""
    shown = [f'<video src="{(SAMPLES / film).as_uri()}#t={at}"></video>' for film, at in FILMS]
    _sheet(tab, folder, shown, FILM_WIDTH, DOCS / "films.jpg")


def _builder(tab: Tab, studio: Studio) -> None:
    """Show a scene over a clip in the builder, with where the clip starts."""
    user = caller(studio, "local")
    made = next(each for each in user("video/list")["objects"] if each["status"] == "ready")
    again = {name: made[name] for name in ("name", "avatarId", "scenes")}
    draft = user("video/add", **again)["id"]
    tab.screen(*BUILDER_SIZE)
    open_studio_page(tab, studio)
    tab.run(f"location.hash = '#video/{draft}'")
    tab.run("location.reload()")
    tab.wait("document.querySelectorAll('.scene').length > 3")
    tab.click(".scene:nth-child(2) .scene-number")
    tab.click("[role=tab]:nth-child(2)")
    tab.wait("!!document.querySelector('.strip img') && document.querySelector('.media-tile')")
    tab.wait("document.querySelector('.stretch video')?.readyState > 1")
    tab.run("document.activeElement.blur()")
    tab.run("scrollTo(0, 0)")
    _wait_for_images(tab)
    _write(tab, DOCS / "builder.jpg")
    tab.open("about:blank")  # a page that plays holds its studio open


def _console(tab: Tab, studio: Studio, folder: Path) -> None:
    """Show the console's list of films and one film, side by side."""
    tab.screen(*PAGE_SIZE)
    tab.open(studio.page_url)
    tab.wait("document.querySelectorAll('#main li img').length >= 3")
    _wait_for_images(tab)
    tab.picture(folder / "videos.png")
    tab.activate("#main li:last-child a[href]")
    tab.wait("document.querySelector('video')?.readyState > 1")
    tab.run("document.querySelector('video').currentTime = 9")
    tab.wait("!document.querySelector('video').seeking")
    tab.wait("document.querySelector('video').readyState > 3")
    tab.run("document.querySelector('video').removeAttribute('controls')")
    tab.picture(folder / "video.png")
    tab.open("about:blank")
    shown = [f'<img src="{(folder / name).as_uri()}">' for name in ("videos.png", "video.png")]
    _sheet(tab, folder, shown, 800, DOCS / "page.jpg")


def _sheet(tab: Tab, folder: Path, shown: list[str], width: int, target: Path) -> None:
    """Put pictures and stills of films into two columns."""
    page = folder / f"{target.stem}.html"
    page.write_text(
        f"<!doctype html><style>body {{ margin: 0; display: grid; gap: {GAP}px;"
        f" grid-template-columns: {width}px {width}px }} * {{ inline-size: 100% }}</style>"
        + "".join(shown),
        "utf-8",
    )
    tab.screen(2 * width + GAP, 400)
    tab.open(page.as_uri())
    tab.wait("[...document.querySelectorAll('video')].every((v) => v.readyState > 1 && !v.seeking)")
    _wait_for_images(tab)
    tab.screen(2 * width + GAP, tab.run("document.body.offsetHeight"))
    _write(tab, target)


def _wait_for_images(tab: Tab) -> None:
    tab.wait("document.readyState === 'complete'")
    below = "each.getBoundingClientRect().top >= innerHeight"  # those below are loaded later
    tab.wait(f"[...document.images].every((each) => {below} || each.naturalWidth > 0)")


def _write(tab: Tab, target: Path) -> None:
    """Write what is seen as JPEG."""
    seen = tab.do("Page.captureScreenshot", format="jpeg", quality=82)
    target.write_bytes(base64.b64decode(seen["data"]))


if __name__ == "__main__":
    main()

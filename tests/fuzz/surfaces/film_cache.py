"""What is kept of a film: found as it was written, or not found at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.caption_files import write_srt, write_vtt
from storyboard.source.file_facts import FileFacts
from storyboard.studio.film.cache import Cache
from storyboard.studio.film.film_cache import find_film, keep_film
from tests.fuzz.surface import Broken, Law, Surface, words


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    cache, facts = Cache(folder), folder / "facts"
    movie, written = (cache.path("films", "a", suffix) for suffix in (".mp4", ".json"))
    movie.parent.mkdir()
    movie.write_bytes(b"0123456789")
    facts.mkdir()

    def law(text: bytes) -> None:
        written.write_bytes(text)
        film = find_film(cache, "a")
        if film is not None:
            if film.seconds < 0:
                raise Broken("a film of less than nothing")
            write_srt(film.captions)
            write_vtt(film.chapters)
            keep_film(cache, "a", film)
            if find_film(cache, "a") != film:
                raise Broken("another film than was kept")
        (facts / "files.json").write_bytes(text.replace(b"MOVIE", str(movie).encode()))
        if FileFacts(facts).find(movie, "size", lambda path: path.stat().st_size) is None:
            raise Broken("no fact")

    yield law


SURFACE = Surface(
    "film_cache",
    _opened,
    words("""fps frames language size timeline captions chapters state sha256 MOVIE null true NaN
    Infinity -1 1e999 10 25 {} [] [0,1] "en" [0,1.5,"Hello."] [[0,1,"a"]] "state":[1,2,3,4]"""),
    rounds=3000,
)

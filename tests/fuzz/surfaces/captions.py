"""Captions: cues in order that say something, whatever the text; what we write reads back."""

from __future__ import annotations

from contextlib import suppress

from storyboard.caption_files import write_srt, write_vtt, written_times
from storyboard.studio.behavior.refusal import Refusal
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.request import Cue
from storyboard.studio.film.request import Cue as FilmCue
from storyboard.studio.jobs.uploads import captions_text
from tests.fuzz.surface import Broken, Surface, without_folder, words


def _law(text: bytes) -> None:
    source = text.decode("utf-8", "replace")
    with suppress(Refusal):
        source = captions_text(text)
    cues = read_captions(source)
    starts = [cue.start for cue in cues]
    if starts != sorted(starts) or not all(cue.end > cue.start and cue.text for cue in cues):
        raise Broken("a cue without order, length or text")
    # `>>` marks another speaker, and SubRip has no escapes: such a text is read in turns.
    kept = [cue for cue in cues if len(cue.text) < 400 and cue.text.count(">") < 2]
    film = [FilmCue(cue.start, cue.end, cue.text) for cue in kept]
    for write in (write_srt, write_vtt):
        _check_times(cues, read_captions(write(film)))


def _check_times(cues: tuple[Cue, ...], again: tuple[Cue, ...]) -> None:
    """Raise `Broken` for cues that are not among those written; too short ones may be gone."""
    read, were = ({written_times(cue.start, cue.end) for cue in each} for each in (again, cues))
    if not read <= were:
        raise Broken("other times than were written")


SURFACE = Surface(
    "captions",
    without_folder(_law),
    (
        *words("""WEBVTT NOTE STYLE REGION X-TIMESTAMP-MAP --> 00:00:01.000 00:01,5 1:2:3 99:99:99
        9999:00:00.000000001 align:start <v Anna> <i> </i> <c.red> <00:00:02.000> &amp; &lt; &#x0;
        &#1114112; &nbsp; [music] (APPLAUSE) ♪ >> - ANNA: {\\an8} 1 2 3"""),
        b"\n\n", b"\r\n", b"\n00:00:01.000 --> 00:00:02.000\nHello.\n", b"\n1\n", b" --> ",
    ),
)  # fmt: skip

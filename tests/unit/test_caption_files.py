"""Caption files that other programs read: nothing in a text ends its cue or becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from storyboard.caption_files import SUBRIP, Cue, beside, plain_text, write_srt, write_vtt
from storyboard.kaltura.captions import RemoteCaptions, chosen
from storyboard.studio.compose.captions import read_captions

AWKWARD = st.text("ab 1<>&{}\\-:.,\n\r\t\x0b\x85\u2028אבعم漢", max_size=40) | st.sampled_from(
    ("00:00:01.000 --> 00:00:02.000", "a\n\nb", "<i>x</i>", "NOTE x", "WEBVTT", "7", "&amp;")
)


@given(st.lists(AWKWARD, max_size=6))
def test_each_cue_is_read_back_by_another_reader(texts: list[str]) -> None:
    cues = [Cue(float(n), n + 0.9, text) for n, text in enumerate(texts)]
    shown = [cue for cue in cues if "".join(cue.text.split()).strip("\x85")]
    read = webvtt.from_string(write_vtt(cues))
    assert [caption.start_in_seconds for caption in read] == [int(cue.start) for cue in shown]
    blocks = [block for block in write_srt(cues).split("\n\n") if block]
    assert [int(block.split("\n")[0]) for block in blocks] == [*range(1, len(shown) + 1)]
    assert all(block.count("-->") == 1 for block in blocks)
    for lines in (block.rstrip("\n").split("\n")[2:] for block in blocks):
        assert lines
        assert all(line.strip() == line != "" for line in lines)


def test_times_are_written_with_hours_and_never_end_before_they_begin() -> None:
    cues = [Cue(0.0, 1.2345, "a < b & c"), Cue(3725.5, 3725.5, "end")]
    assert write_srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,234\na < b & c\n\n2\n01:02:05,500 --> 01:02:05,501\nend\n"
    )
    assert write_vtt(cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.234\na &lt; b &amp; c\n"
        "\n01:02:05.500 --> 01:02:05.501\nend\n"
    )


def test_a_line_from_right_to_left_keeps_its_full_stop_at_its_end() -> None:
    """Players set SubRip from left to right: the stop of a Hebrew sentence led it."""
    lines = write_srt([Cue(0, 1, "שלום לכולם.\nזה API של"), Cue(2, 3, "all שלום, see.")]).split(
        "\n"
    )
    assert lines[2:4] == ["\u202bשלום לכולם.\u202c", "זה API של"]
    assert lines[7] == "\u202ball שלום, see.\u202c"
    read = [cue.text for cue in read_captions("\n".join(lines))]
    assert read == ["שלום לכולם. זה API של", "all שלום, see."]


@pytest.mark.parametrize("write", [write_srt, write_vtt])
def test_all_lines_run_as_the_language_of_the_film_does(
    write: Callable[[list[Cue]], str],
) -> None:
    """Each line ran as most of its own letters did: two cues of a film in two directions."""
    arabic = [
        "مرحبًا بكم في Acme!",
        "Microsoft Teams هو.\nhr@northwind.example أو اتصلوا",
        "See us!",
    ]
    written = write([Cue(n, n + 1, text) for n, text in enumerate(arabic)])
    assert all(f"\u202b{line}\u202c" in written for line in "\n".join(arabic).split("\n")[:2])
    assert "hr@northwind.example أو" in written
    assert written.count("\u202b") == written.count("\u202c") == 4
    english = ["Say it to each of our new colleagues: hello, and welcome.", "שלום!"]
    assert "\u202b" not in write([Cue(n, n + 1, text) for n, text in enumerate(english)])


@pytest.mark.parametrize(
    ("written", "suffix", "shown"),
    [
        ("<v Ann>x &lt;y&gt;</v>", ".vtt", "x <y>"),
        ('<font color="red"><i>x</i></font> &lt; a<b', ".srt", "x &lt; a<b"),
    ],
)
def test_what_a_viewer_reads_of_a_cue(written: str, suffix: str, shown: str) -> None:
    assert plain_text(written, suffix) == shown


@given(st.lists(st.floats(0, 90_000), min_size=2, max_size=8, unique=True))
def test_clocks_are_in_order(times: list[float]) -> None:
    cues = [Cue(a, b, "x") for a, b in pairwise(sorted(times))]
    told = re.findall(r"(\d+):(\d\d):(\d\d)\.(\d{3})", write_vtt(cues))
    milliseconds = [((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in told]
    assert all(milliseconds[n] < milliseconds[n + 1] for n in range(0, len(milliseconds), 2))


def assets(*rows: tuple[str, str, bool]) -> list[RemoteCaptions]:
    return [
        RemoteCaptions(str(n), "e", language, suffix, is_default)
        for n, (language, suffix, is_default) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("there", "languages", "wanted"),
    [
        (assets(("en", ".srt", True), ("fr", ".vtt", False)), ["fr-ca", "fr"], "1"),
        (assets(("en", ".srt", False), ("de", ".vtt", True)), ["fr"], "1"),
        (assets(("", ".vtt", False), ("", ".srt", False)), [], "1"),
        (assets(("en", ".srt", False), ("en", ".vtt", True)), ["en"], "1"),
        ([], ["en"], None),
    ],
)
def test_the_captions_of_a_film_are_in_its_language_or_the_default_ones(
    there: list[RemoteCaptions], languages: list[str], wanted: str | None
) -> None:
    found = chosen(there, languages)
    assert (None if found is None else found.id) == wanted


def test_captions_are_called_as_their_film_is() -> None:
    names = ["films/q1@fr.mp4", "v1.2/clip", "a.b.mov", "", ".."]
    found = [beside(name, ".vtt") for name in names]
    assert found == ["films/q1@fr.vtt", "v1.2/clip.vtt", "a.b.vtt", ".vtt", "..vtt"]


@pytest.mark.parametrize("text", ["MyValue<String>", "<T, U>", "List</x>", "Map<Ключ>"])
def test_what_is_no_tag_is_not_dropped_by_readers_of_subrip(text: str) -> None:
    written = write_srt([Cue(0.0, 1.0, text)])
    assert re.sub(r"<[^<>\s][^<>]*>", "", written) == written
    assert text.replace(" ", "") in written.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    ["See <pp. 3-5>.", "List<String>", "</x> and <?>", "a < b", "if 3 < x", "1 <2 and a <= b"],
)
def test_the_blank_of_subrip_is_none_of_the_text_that_is_read(text: str) -> None:
    """The WebVTT that is saved beside a film is written of the SubRip that its studio has."""
    shown = write_srt([Cue(0.0, 1.0, text)]).splitlines()[2]
    assert plain_text(shown, SUBRIP) == text

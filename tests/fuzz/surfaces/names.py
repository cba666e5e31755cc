"""The small readers: locale tags, times, short forms of b-roll, addresses, paths and globs."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from storyboard.disk.inside import FileRefused
from storyboard.globs import matches, may_begin
from storyboard.language.forms import long_avatar, long_background, long_broll, long_entry
from storyboard.language.timecode import format_timecode, parse_timecode
from storyboard.locales import TagFault, fallback_chain, parse_tag, same_language, tag_of
from storyboard.source.files import MemoryFiles
from storyboard.spoken_tags import speaking_tags
from storyboard.video import Address
from tests.fuzz.surface import Broken, Surface, without_folder, words

_FILES = MemoryFiles(dict.fromkeys(("a.yaml", "b/c.yaml", "b/d/e.storyboard.yaml"), ""))


def _law(text: bytes) -> None:
    lines = text.decode("utf-8", "replace").split("\n")[:20]
    for line in lines:
        _check_tag(line)
        _check_time(line)
        for long in (long_avatar, long_background, long_broll, long_entry):
            long(line)
        with suppress(ValueError):
            _check_address(line)
        with suppress(FileRefused):
            _FILES.glob(line)
        with suppress(FileRefused):
            _FILES.read(line)
    for one, other in pairwise(lines):
        matches(one, other)
        may_begin(one, other, without="@")
        same_language(one, other)


def _check_tag(text: str) -> None:
    for tag in (parse_tag(text), tag_of(text)):
        if isinstance(tag, TagFault):
            continue
        if parse_tag(tag) != tag:
            raise Broken("a tag that is not its own usual spelling")
        if fallback_chain(tag)[0] != tag:
            raise Broken("a chain that begins elsewhere")
        list(speaking_tags(tag))


def _check_time(text: str) -> None:
    seconds = parse_timecode(text)
    if seconds is not None and parse_timecode(format_timecode(seconds)) != seconds:
        raise Broken("a time that does not read back")


def _check_address(text: str) -> None:
    address = Address.parse(text)
    if Address.parse(str(address)) != address:
        raise Broken("an address that does not read back")


SURFACE = Surface(
    "names",
    without_folder(_law),
    (
        *words("""en de pt-BR zh-Hant-TW sr-Latn sr@latin de_DE.UTF-8 en-XA ar-XB x-private
        es-419 0:30 1:02:03.5 9999999:59:59.999 1e3 -1 .5 clip@0:30 @ @@ # #CEEEDB #fff library:
        ** * ? [a-z] [!a] [ ] / ../ ./ ~ C: \\ file: .git"""),
        b"@de", b"*" * 40, b"**/" * 20, b"a*" * 30,
    ),
    longest=4096,
    rounds=800,
)  # fmt: skip

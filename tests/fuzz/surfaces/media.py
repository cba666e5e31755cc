"""Media files: the facts, or the refusal that the author is shown. Decoders are native code."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.kaltura.mp4 import why_no_film
from storyboard.local_studio.media import look_at_stand_ins, sound_seconds
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.source.span import Span
from storyboard.stand_in import StandIn, Use
from tests.fuzz.surface import Broken, Law, Surface, words


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    import av

    av.logging.set_level(None)
    path = folder / "clip.mp4"

    def law(text: bytes) -> None:
        path.write_bytes(text)
        look = look_at_stand_ins(ProjectFiles(folder), FileFacts(None))
        for use in Use:
            found = look(StandIn("1_clip", path.name, Span("a.yaml", 1, 1, 1, 2)), use)
            seconds = getattr(found, "seconds", None)
            if seconds is not None and not (math.isfinite(seconds) and seconds > 0):
                raise Broken(f"a clip of {seconds} s")
        why_no_film(path)
        heard = sound_seconds(path)
        if heard is not None and not math.isfinite(heard):
            raise Broken(f"a sound of {heard} s")

    yield law


SURFACE = Surface(
    "media",
    _opened,
    (
        *words("""ftyp isom moov mvhd trak tkhd mdia mdhd hdlr minf stbl stsd stts stsc stsz stco
        co64 ctts edts elst udta meta mdat free moof traf trun avc1 avcC mp4a esds dref url alis
        IHDR IDAT IEND PLTE tRNS acTL fcTL iCCP RIFF WAVE fmt data WEBP VP8L VP8X ANMF"""),
        b"\xff\xd8\xff", b"\xff\xda", b"\xff\xc0", b"\x89PNG\r\n\x1a\n", b"\x7f\xff\xff\xff",
        b"\0\0\0\0", b"\0\0\0\x01", b"\x1a\x45\xdf\xa3", b"#EXTM3U\n", b"file:///etc/passwd",
    ),
    rounds=1500,
    cpu_seconds=8.0,
)  # fmt: skip

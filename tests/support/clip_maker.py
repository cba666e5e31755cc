"""Stands in for ffmpeg where a page makes a test clip: the same words, the same kind of file.

Only `-i testsrc2=size=WxH:rate=R:duration=S … OUTPUT` is known, which is all that the pages use.
"""

from __future__ import annotations

import re
import sys

import av
import numpy as np


def main(arguments: list[str]) -> None:
    """Write the clip that the command line describes."""
    source = arguments[arguments.index("-i") + 1]
    found = re.fullmatch(r"testsrc2=size=(\d+)x(\d+):rate=(\d+):duration=(\d+)", source)
    assert found is not None, source
    width, height, rate, seconds = map(int, found.groups())
    with av.open(arguments[-1], "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(rate * seconds):
            picture = np.full((height, width, 3), number % 250, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))


if __name__ == "__main__":
    main(sys.argv[1:])

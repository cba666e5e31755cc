"""Pictures that can be seen through, laid over others. Knows samples, no file and no time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from av import VideoFrame

from storyboard.studio.film.picture import BLACK, Planes, copy_planes, plane_pixels

_Shares = npt.NDArray[np.int32]


def lay_over(below: Planes, above: VideoFrame) -> None:
    """Lay a yuva420p picture, its colors times its alpha, over planes of its size."""
    y, u, v, alpha = (plane_pixels(plane) for plane in above.planes)
    if alpha.min(initial=255) == 255:
        copy_planes(below, (y, u, v))
        return
    clear = (255 - alpha).astype(np.int32)
    quarters = _quarters(clear)
    shares = (clear, quarters, quarters)
    for under, color, shines, black in zip(below, (y, u, v), shares, BLACK, strict=True):
        rest = (under.astype(np.int32) - black) * shines
        np.clip(color + (rest + 127) // 255, 0, 255, out=rest)
        np.copyto(under, rest, casting="unsafe")


def _quarters(alpha: _Shares) -> _Shares:
    """Return the alpha of chroma samples: that of the four pixels that each stands for."""
    height, width = alpha.shape
    even = np.pad(alpha, ((0, height % 2), (0, width % 2)), "edge")
    whole: _Shares = even[0::2, 0::2] + even[0::2, 1::2]
    whole += even[1::2, 0::2] + even[1::2, 1::2]
    return whole // 4

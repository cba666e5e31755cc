"""FFmpeg's filters in a row, and pictures through them with all that they are tagged with."""

from __future__ import annotations

from typing import Final

from av import VideoFrame
from av.filter import Graph

_TAGS: Final = ("colorspace", "color_range", "color_trc", "color_primaries")

UNTOLD: Final = 2
"""The number of ITU-T H.273 for colors of which nothing is known."""


def filtered(frame: VideoFrame, *steps: tuple[str, str]) -> Graph:
    """Return a row of filters for pictures like this one, by name and arguments, in one thread."""
    graph = Graph()
    graph.threads = 1
    last = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
    )
    for name, arguments in (*steps, ("buffersink", "")):
        step = graph.add(name, arguments) if arguments else graph.add(name)
        last.link_to(step)
        last = step
    graph.configure()
    return graph


def push(graph: Graph, frame: VideoFrame) -> None:
    """Hand a picture to a row of filters without the tags of its colors.

    PyAV tells the filters none at first, and FFmpeg would convert pictures that tell another.
    """
    tags = frame.colorspace, frame.color_range
    frame.colorspace, frame.color_range = UNTOLD, 0
    try:
        graph.vpush(frame)
    finally:
        frame.colorspace, frame.color_range = tags


def pulled(graph: Graph, source: VideoFrame) -> VideoFrame:
    """Return a picture from filters, tagged as its source is; raises `FFmpegError` for none."""
    frame = graph.vpull()
    for tag in _TAGS:
        setattr(frame, tag, getattr(source, tag))
    return frame

"""The stream of events: whoever writes, each line is one object, and no text is lost."""

from __future__ import annotations

import io
import json
import threading

from storyboard.cli.event_stream import EventStream


def messages(out: io.StringIO) -> list[str]:
    return [json.loads(line).get("message", "") for line in out.getvalue().splitlines()]


def test_what_two_threads_write_at_once_is_all_told() -> None:
    """Notices come from threads, too: what one has begun is no part of another's line."""
    out = io.StringIO()
    stream = EventStream(out)
    other = threading.Thread(target=stream.write, args=("of the other\n",))

    class Meanwhile(str):
        """A text in the midst of whose writing another thread writes."""

        def __radd__(self, begun: str) -> str:
            if not other.is_alive():
                other.start()
                other.join(20)
            return str.__add__(begun, self)

    stream.write("begun ")
    stream.write(Meanwhile("here, and ended\n"))
    assert messages(out) == ["of the other", "begun here, and ended"]


def test_what_a_thread_left_without_its_end_is_told_at_the_end() -> None:
    out = io.StringIO()
    stream = EventStream(out)
    for text in ("here", "there"):
        other = threading.Thread(target=stream.write, args=(text,))
        other.start()
        other.join(20)
    stream.close_line()
    assert sorted(messages(out)) == ["here", "there"]


def test_a_line_that_an_event_cuts_is_told_once() -> None:
    out = io.StringIO()
    stream = EventStream(out)
    stream.write("half ")
    stream.tell({"event": "ended"})
    stream.write("rest")
    stream.close_line()
    stream.close_line()
    assert messages(out) == ["half", "", "rest"]

"""What each token of a written text is said as, so that captions know when it is heard."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from storyboard.narration.read_out import Change


def spoken_tokens(tokens: Sequence[str], changes: Sequence[Change]) -> tuple[str, ...]:
    """Return what is said for each token of a text, which they are when they are joined.

    What stands for several tokens is shared out among them; one that is not said gets nothing.
    """
    starts = [0, *accumulate(len(token) for token in tokens)]
    said = [""] * len(tokens)
    done = [0] * len(tokens)
    for change in changes:
        over = range(bisect_right(starts, change.start) - 1, bisect_left(starts, change.end))
        for k, part in zip(over, _shared(change.said, len(over)), strict=True):
            before = tokens[k][done[k] : max(0, change.start - starts[k])]
            said[k] += f"{before} {part} "
            done[k] = change.end - starts[k]
    return tuple(part + token[at:] for part, token, at in zip(said, tokens, done, strict=True))


def _shared(said: str, count: int) -> list[str]:
    """Share words out, or signs where there are fewer words than places."""
    words = said.split()
    if len(words) >= count:
        return [
            " ".join(words[len(words) * k // count : len(words) * (k + 1) // count])
            for k in range(count)
        ]
    if len(words) == 1 and not said.isascii():
        return [said[len(said) * k // count : len(said) * (k + 1) // count] for k in range(count)]
    return [*words, *[""] * (count - len(words))]

"""Which film a fingerprint is of, whoever looked: with the files of stand-ins at hand, or without.

Who reaches a local studio's control plane puts files of the project into it, and knows by their
digests what the films show. Who reaches its API alone does not. Both apply to one state, so that a
fingerprint tells the film with those files, and the same without them behind it.
"""

from __future__ import annotations

from typing import Final

_PART: Final = "+"
_DIGITS: Final = 16


def film_identity(whole: str, without_files: str) -> str:
    """Return the fingerprint of a film, `sha256:…`, with the one that knows no files behind it."""
    return f"{whole}{_PART}{_short(without_files)}"


def knows_files(fingerprint: str) -> bool:
    """Whether a fingerprint tells files that the film shows."""
    return _PART in fingerprint


def is_same_film(one: str, other: str) -> bool:
    """Whether two fingerprints are of one film; what only one of them knows of is left out."""
    if knows_files(one) and knows_files(other):
        return one == other
    # States from before the second part have the first of both kinds.
    return _whole(one) == _whole(other) or _without_files(one) == _without_files(other)


def _whole(fingerprint: str) -> str:
    return fingerprint.partition(_PART)[0]


def _without_files(fingerprint: str) -> str:
    whole, is_parted, short = fingerprint.partition(_PART)
    return short if is_parted else _short(whole)


def _short(fingerprint: str) -> str:
    return fingerprint.removeprefix("sha256:")[:_DIGITS]

"""Addresses at which whoever has them fetches a file from a bucket for a while. Knows no entry."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from storyboard.origins import origin_of

if TYPE_CHECKING:
    from storyboard.studio.records.bucket_objects import BucketObjects

LIFETIME: Final = timedelta(minutes=15)
"""A choice: players ask again for each stretch, some of them at the address that they were led to,
and a person stops a film for some minutes."""

_ANY: Final = "any"
"""An object that is not there: to sign asks for none."""


class SignedFiles:
    """Signs addresses of files in a bucket; raises `FilesError` where the store cannot.

    `origin` is that of all of them, as pages name it in their policy.
    """

    def __init__(self, objects: BucketObjects) -> None:
        self._objects = objects
        self.origin: Final = origin_of(self.address(_ANY, "GET"))

    def address(self, name: str, method: str) -> str:
        """Return where a file can be asked for by this method, and no other, from now on."""
        return self._objects.signed(name, method, LIFETIME)

"""Objects of a bucket that a test serves, as the studio has them."""

from __future__ import annotations

from typing import Final

from storyboard.buckets.opening import BucketPatience
from storyboard.buckets.stores import ObjectStore
from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.files_place import BucketPlace
from tests.support.bucket_server import BUCKET, BucketServer

KINDS: Final = {"bucket": ObjectStore.S3, "google": ObjectStore.GCS, "azure": ObjectStore.AZURE}
"""The stores whose words the tests' bucket speaks, by what a test calls them."""

PATIENT: Final = BucketPatience(of_a_try=60.0, again_until=600.0, tries_again=5)
"""A slow machine gets as many tries as a quick one."""

AT_ONCE: Final = BucketPatience(of_a_try=60.0, again_until=0.0, tries_again=0)
"""What fails is told by the first answer."""


def objects_of(
    server: BucketServer,
    kind: ObjectStore = ObjectStore.S3,
    patience: BucketPatience = PATIENT,
) -> BucketObjects:
    """Return the objects of a studio called `one`."""
    return BucketObjects(BucketPlace(kind, BUCKET, "studio"), server.variables, "one", patience)

"""What a failed call of an object store means for the state that is kept there."""

from __future__ import annotations

from typing import Final

from storyboard.buckets import failures as faults
from storyboard.buckets.failures import About, BucketFault, FaultKind, fault_of
from storyboard.buckets.stores import ObjectStore
from storyboard.errors import FailureCode, StateAccessError, StateError
from storyboard.state.bucket_place import BucketPlace

_RIGHTS: Final = {
    ObjectStore.S3: "s3:GetObject and s3:PutObject on the objects, and s3:ListBucket on the "
    "bucket: without it, an object that is not there is refused, too",
    ObjectStore.GCS: "storage.objects.get, storage.objects.create and storage.objects.delete, "
    "which replaces an object",
    ObjectStore.AZURE: "the role Storage Blob Data Contributor",
}


def bucket_failure(cause: Exception, place: BucketPlace) -> StateError:
    """Return what went wrong, as a failure of the state."""
    return _failure(fault_of(cause, _about(place)))


def no_versions(place: BucketPlace) -> StateError:
    """Return that nothing tells an object from what was or will be in its place."""
    return _failure(faults.no_versions(_about(place)))


def _about(place: BucketPlace) -> About:
    rights = _RIGHTS[place.store]
    return About(f"the state '{place}'", "`state`", place.store, place.bucket, rights)


def _failure(fault: BucketFault) -> StateError:
    match fault.kind:
        case FaultKind.LOGIN:
            return StateAccessError(fault.message, hint=fault.hint)
        case FaultKind.UNREACHED:
            code = FailureCode.STATE_UNREACHABLE
            return StateError(fault.message, hint=fault.hint, code=code)
        case _:
            return StateError(fault.message, hint=fault.hint)

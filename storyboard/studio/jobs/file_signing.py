"""Decides whether a bucket can give players signed addresses of films. Opens no place."""

from __future__ import annotations

from collections.abc import Mapping

from storyboard.errors import UsageError
from storyboard.origins import origin_of
from storyboard.studio.jobs.file_places import BLOBS, objects_of
from storyboard.studio.records.file_store import FilesAway, FilesError
from storyboard.studio.records.identity import Identity
from storyboard.studio.records.signed_files import SignedFiles


def sign_files(
    place: str, identity: Identity, variables: Mapping[str, str], public_url: str
) -> SignedFiles:
    """Return what signs addresses of a workspace's files in the bucket of this address.

    Raises `UsageError` for a folder, or a bucket that only this machine reaches while the studio at
    `public_url` is for others; `StudioError` where the store cannot sign; `MissingExtraError`.
    """
    from storyboard.studio.records.files_place import BucketPlace, parse_files_place

    parsed = parse_files_place(place) if place else None
    if not isinstance(parsed, BucketPlace):
        where = f"'{parsed}' is a folder" if parsed else "there is none"
        raise UsageError(
            f"--signed-files needs a bucket, and {where}",
            hint="keep the files in a bucket: --files s3://BUCKET/PREFIX; or leave the option and "
            "STORYBOARD_SIGNED_FILES out",
        )
    objects = objects_of(parsed, identity, variables).below(BLOBS)
    try:
        signed = SignedFiles(objects)
    except FilesAway:
        raise
    except FilesError as cause:
        raise FilesError(
            f"no address in '{parsed}' can be signed: {cause}",
            hint="set credentials that can sign, such as a key, or leave --signed-files out",
            code=cause.failure_code,
        ) from cause
    if signed.origin.is_loopback and not origin_of(public_url).is_loopback:
        raise UsageError(
            f"--signed-files would lead to '{signed.origin}', which only this machine reaches",
            hint="set the variable of the endpoint to an address that whoever plays films reaches, "
            "or leave --signed-files out",
        )
    return signed

"""What a failed call of an object store means in words, and whether it may have been done.

Reads what obstore says: its classes, and the error codes of the stores that its texts repeat.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.errors import FailureCode, StateAccessError, StateError
from storyboard.kaltura.secrets import redact
from storyboard.state.bucket_place import BucketPlace, ObjectStore

_NO_BUCKET: Final = re.compile(
    r"NoSuchBucket|ContainerNotFound|(?:bucket|container) does not exist", re.IGNORECASE
)
_NO_LOGIN: Final = re.compile(
    r"169\.254\.169\.254|fd00:ec2|metadata\.google|identity/oauth2/token|MissingAccount"
    r"|Account must be specified|access_key|AuthorizationHeaderMissing|could not find default",
    re.IGNORECASE,
)
"""Where a client looks for credentials that no variable told, and what it says without any."""

_BAD_LOGIN: Final = re.compile(
    r"InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|TokenRefreshRequired"
    r"|AuthenticationFailed|invalid_grant|401 Unauthorized",
)
_REGION: Final = re.compile(
    r"incorrectly configured region|PermanentRedirect|AuthorizationHeaderMalformed|BadRegion"
)
_CONFIGURED: Final = re.compile(r"Config error|Invalid Zone suffix|Configuration key")
_PREFIXES: Final = {
    ObjectStore.S3: "AWS_",
    ObjectStore.GCS: "GOOGLE_",
    ObjectStore.AZURE: "AZURE_",
}
"""What the variables begin with that obstore reads of itself."""

_NO_VERSION: Final = re.compile(r"metadata from headers|ETag Header missing", re.IGNORECASE)
_UNREACHED: Final = re.compile(r"HTTP error|error sending request|timed? ?out|dns error", re.I)
_CODE: Final = re.compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
_STATUS: Final = re.compile(r"status code: ([1-5][0-9]{2}[A-Za-z ]{0,40})")
_SAID: Final = 300
"""Characters of what a store says that a message repeats."""

VARIABLES: Final = {
    ObjectStore.S3: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (a profile's: "
    "aws configure export-credentials --format env)",
    ObjectStore.GCS: "GOOGLE_APPLICATION_CREDENTIALS",
    ObjectStore.AZURE: "AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY or another login",
}
"""What tells the credentials of a store."""

_RIGHTS: Final = {
    ObjectStore.S3: "s3:GetObject and s3:PutObject on the objects, and s3:ListBucket on the "
    "bucket: without it, an object that is not there is refused, too",
    ObjectStore.GCS: "storage.objects.get, storage.objects.create and storage.objects.delete, "
    "which replaces an object",
    ObjectStore.AZURE: "the role Storage Blob Data Contributor",
}


def is_without_bucket(cause: Exception) -> bool:
    """Whether what is not there is the bucket, and not the object."""
    return _NO_BUCKET.search(str(cause)) is not None


def bucket_failure(cause: Exception, place: BucketPlace) -> StateError:
    """Return what went wrong; the names of obstore's classes tell what its texts do not."""
    kind, text, where = type(cause).__name__, str(cause).partition("\n\nDebug source")[0], place
    store = place.store
    if is_without_bucket(cause):
        return StateError(
            f"the state '{where}' cannot be kept: there is no {store.bucket} '{place.bucket}'",
            hint=f"make the {store.bucket}, or correct its name in `state`",
        )
    # Before the ones that are not there: a refused login's text may name where others were looked
    # for.
    if kind == "UnauthenticatedError" or _BAD_LOGIN.search(text):
        return StateAccessError(
            f"the credentials for the state '{where}' are not accepted{_told(text)}",
            hint=f"set other ones: {VARIABLES[store]}",
        )
    if kind == "PermissionDeniedError":
        return StateAccessError(
            f"the credentials for the state '{where}' lack a right{_told(text)}",
            hint=f"give them {_RIGHTS[store]}",
        )
    if _NO_LOGIN.search(text):
        return StateAccessError(
            f"there are no credentials for the state '{where}'", hint=f"set {VARIABLES[store]}"
        )
    if _REGION.search(text):
        return StateError(
            f"the state '{where}' cannot be reached: the {store.bucket} is in another region",
            hint="set AWS_REGION to the region of the bucket",
        )
    if _CONFIGURED.search(text):
        return StateError(
            f"the state '{where}' cannot be reached with these variables: {_first(text)}",
            hint=f"correct the one of {_PREFIXES[store]}… that says so",
        )
    if _NO_VERSION.search(text):
        return no_versions(place)
    if _UNREACHED.search(text) and not _STATUS.search(text):
        return StateError(
            f"the state '{where}' cannot be reached: its store does not answer",
            hint="check the network; a proxy is taken from HTTPS_PROXY"
            + (", another endpoint from AWS_ENDPOINT_URL" if store is ObjectStore.S3 else ""),
            code=FailureCode.STATE_UNREACHABLE,
        )
    told = _told(text) or f": {_first(text) or kind}"
    return StateError(f"the store of the state '{where}' failed{told}", hint="run it again")


def no_versions(place: BucketPlace) -> StateError:
    """Return that nothing tells an object from what was or will be in its place."""
    return StateError(
        f"the store of the state '{place}' does not tell versions of objects",
        hint="use a store that sends an ETag with each object",
    )


def _first(text: str) -> str:
    """Return the first line of what obstore says, without a secret."""
    return redact(text.partition("\n")[0])[:_SAID]


def _told(text: str) -> str:
    """Return the code that a store gives its error, or the status; a message may have a login."""
    code, status = _CODE.search(text), _STATUS.search(text)
    said = " ".join(filter(None, (status and status[1].strip(), code and code[1])))
    return f": it answers {said}" if said else ""

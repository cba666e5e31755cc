"""What a failed call of an object store means in words, and whether it may have been done.

Reads what obstore says: its classes, and the error codes of the stores that its texts repeat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from storyboard.buckets.stores import ObjectStore
from storyboard.kaltura.secrets import redact

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
_FULL: Final = re.compile(r"QuotaExceeded|StorageFull|InsufficientStorage|status code: 507", re.I)
_UNREACHED: Final = re.compile(r"HTTP error|error sending request|timed? ?out|dns error", re.I)
_BUSY: Final = re.compile(r"status code: (?:429|500|502|503|504)")
_CODE: Final = re.compile(r"<Code>([A-Za-z0-9]{1,60})</Code>")
_STATUS: Final = re.compile(r"status code: ([1-5][0-9]{2}[A-Za-z ]{0,40})")
_SAID: Final = 300
"""Characters of what a store says that a message repeats."""

_VARIABLES: Final = {
    ObjectStore.S3: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (a profile's: "
    "aws configure export-credentials --format env)",
    ObjectStore.GCS: "GOOGLE_APPLICATION_CREDENTIALS",
    ObjectStore.AZURE: "AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY or another login",
}
"""What tells the credentials of a store."""


def is_without_bucket(cause: Exception) -> bool:
    """Whether what is not there is the bucket, and not the object."""
    return _NO_BUCKET.search(str(cause)) is not None


class FaultKind(Enum):
    """What can be in the way of a call."""

    NO_BUCKET = auto()
    LOGIN = auto()
    """The credentials are missing, wrong, or not enough."""
    UNREACHED = auto()
    BUSY = auto()
    """It answers, and has failed or asked for patience for as long as it was waited for."""
    NO_VERSION = auto()
    FULL = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class About:
    """Whose bucket it is, in a message: `the state 's3://…'`, and the setting that names it.

    `rights` are what its credentials need.
    """

    what: str
    setting: str
    store: ObjectStore
    bucket: str
    rights: str


@dataclass(frozen=True, slots=True)
class BucketFault:
    """A failure in words that everybody may read: no login is in them."""

    kind: FaultKind
    message: str
    hint: str


def fault_of(cause: Exception, about: About) -> BucketFault:
    """Return what went wrong; the names of obstore's classes tell what its texts do not."""
    kind, text, what = type(cause).__name__, str(cause).partition("\n\nDebug source")[0], about.what
    store = about.store
    if is_without_bucket(cause):
        return BucketFault(
            FaultKind.NO_BUCKET,
            f"{what} cannot be kept: there is no {store.bucket} '{about.bucket}'",
            f"make the {store.bucket}, or correct its name in {about.setting}",
        )
    if (refused := _login_fault(kind, text, about)) is not None:
        return refused
    if _REGION.search(text):
        return BucketFault(
            FaultKind.OTHER,
            f"{what} cannot be reached: the {store.bucket} is in another region",
            "set AWS_REGION to the region of the bucket",
        )
    if _CONFIGURED.search(text):
        return BucketFault(
            FaultKind.OTHER,
            f"{what} cannot be reached with these variables: {_first(text)}",
            f"correct the one of {_PREFIXES[store]}… that says so",
        )
    if _NO_VERSION.search(text):
        return no_versions(about)
    if _FULL.search(text):
        return BucketFault(
            FaultKind.FULL,
            f"the {store.bucket} '{about.bucket}' has no room for {what}{_told(text)}",
            f"free some room, or raise the limit of the {store.bucket}",
        )
    if _UNREACHED.search(text) and not _STATUS.search(text):
        return BucketFault(
            FaultKind.UNREACHED,
            f"{what} cannot be reached: its store does not answer",
            "check the network; a proxy is taken from HTTPS_PROXY"
            + (", another endpoint from AWS_ENDPOINT_URL" if store is ObjectStore.S3 else ""),
        )
    told = _told(text) or f": {_first(text) or kind}"
    what_kind = FaultKind.BUSY if _BUSY.search(text) else FaultKind.OTHER
    return BucketFault(what_kind, f"the store of {what} failed{told}", "run it again")


def no_versions(about: About) -> BucketFault:
    """Return that nothing tells an object from what was or will be in its place."""
    return BucketFault(
        FaultKind.NO_VERSION,
        f"the store of {about.what} does not tell versions of objects",
        "use a store that sends an ETag with each object",
    )


def _login_fault(kind: str, text: str, about: About) -> BucketFault | None:
    # Before what is not there: a refused login's text may name where others were looked for.
    if kind == "UnauthenticatedError" or _BAD_LOGIN.search(text):
        said = f"the credentials for {about.what} are not accepted{_told(text)}"
        hint = f"set other ones: {_VARIABLES[about.store]}"
    elif kind == "PermissionDeniedError":
        said = f"the credentials for {about.what} lack a right{_told(text)}"
        hint = f"give them {about.rights}"
    elif _NO_LOGIN.search(text):
        said = f"there are no credentials for {about.what}"
        hint = f"set {_VARIABLES[about.store]}"
    else:
        return None
    return BucketFault(FaultKind.LOGIN, said, hint)


def _first(text: str) -> str:
    """Return the first line of what obstore says, without a secret."""
    return redact(text.partition("\n")[0])[:_SAID]


def _told(text: str) -> str:
    """Return the code that a store gives its error, or the status; a message may have a login."""
    code, status = _CODE.search(text), _STATUS.search(text)
    said = " ".join(filter(None, (status and status[1].strip(), code and code[1])))
    return f": it answers {said}" if said else ""

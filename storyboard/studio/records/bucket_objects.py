"""Objects below a prefix of a bucket, one request each or a few. Knows no entry and no folder.

Whatever is in the way becomes a `FilesError` here, in words without a login.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from storyboard.buckets.failures import About, FaultKind, fault_of, is_without_bucket
from storyboard.buckets.opening import BucketPatience, failing, obstore_package, open_bucket
from storyboard.buckets.stores import ObjectStore
from storyboard.buckets.variables import EndpointRefused, secrets_of, variables_of
from storyboard.errors import FailureCode
from storyboard.studio.records.file_store import FilesAway, FilesError, FilesFull, StoredFile
from storyboard.studio.records.files_place import BucketPlace

EXTRA: Final = "cloud"
"""What installs obstore."""

PART: Final = 8 << 20
"""Bytes that are sent or asked for at once: S3 takes no part under 5 MB but the last, and a try of
one ends in time at three megabits a second."""

_SMALL: Final = 1 << 20
"""Bytes of an object that is read at once, at most: a list of ten thousand parts takes less."""

_PARTS_AT_ONCE: Final = 3
_REMOVED_AT_ONCE: Final = 10
PATIENCE: Final = BucketPatience(of_a_try=60.0, again_until=15.0)
"""As long as a database that restarts is waited for. A choice."""

HURRY: Final = BucketPatience(of_a_try=3.0, again_until=3.0, tries_again=3)
"""Within a transaction that writes: there is one at a time, of all servers and workers."""

_SECONDS_FOR_LITTLE: Final = 7.5
"""A try of what needs no body, or one of `_SMALL`: as fast a network as for a `PART` in a minute,
and two tries of a store that is silent end when `PATIENCE` does."""

_RIGHTS: Final = {
    ObjectStore.S3: "s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload on "
    "the objects, and s3:ListBucket on the bucket",
    ObjectStore.GCS: "the role Storage Object User",
    ObjectStore.AZURE: "the role Storage Blob Data Contributor",
}


class BucketObjects:
    """The objects whose names begin with a prefix; it can be sent to another process.

    `variables` are the operator's. Raises `FilesError`; `MissingExtraError` where obstore is not
    installed.
    """

    def __init__(
        self,
        place: BucketPlace,
        variables: Mapping[str, str],
        prefix: str = "",
        patience: BucketPatience | None = None,
    ) -> None:
        self._obstore = obstore_package(f"a place for files such as '{place}'", EXTRA)
        # Alone what is needed: another process gets it by a pipe.
        self._given = (place, variables_of(place.store, variables), prefix, patience)
        self._place = place
        self._prefix = _joined(place.prefix, prefix)
        self._failing = failing()
        self._secrets = secrets_of(place.store, variables)
        try:
            self._store, self._quick = _opened(place, variables, patience or PATIENCE)
        except EndpointRefused as cause:
            raise FilesError(str(cause), hint=cause.hint, code=FailureCode.CREDENTIALS) from cause
        except self._failing as cause:
            raise self._failure(cause) from cause

    def __reduce__(self) -> tuple[Any, ...]:
        return (BucketObjects, self._given)

    def below(self, name: str) -> BucketObjects:
        """Return the objects of a folder among these."""
        place, variables, prefix, patience = self._given
        return BucketObjects(place, variables, _joined(prefix, name), patience)

    def in_hurry(self) -> BucketObjects:
        """Return the same objects, not waited for longer than a transaction may last."""
        place, variables, prefix, _ = self._given
        return BucketObjects(place, variables, prefix, HURRY)

    def put(self, file: Path | bytes, name: str, content_type: str = "") -> None:
        """Write an object, whole or not at all; a large file goes in parts, some at once.

        Whoever fetches it from the bucket is told its `content_type`, where there is one.
        """
        with self._failures():
            self._obstore.put(
                self._store_for(_length(file)),
                self._key(name),
                file,
                attributes={"Content-Type": content_type} if content_type else None,
                chunk_size=PART,
                max_concurrency=_PARTS_AT_ONCE,
            )

    def signed(self, name: str, method: str, lasting: timedelta) -> str:
        """Return where an object can be asked for by this method, without a login, for a while.

        Azure's store signs what one may do, and reading is both: obstore names nothing for `HEAD`.
        """
        if method == "HEAD" and self._place.store is ObjectStore.AZURE:
            method = "GET"
        with self._failures():
            return str(self._obstore.sign(self._store, method, self._key(name), lasting))

    def create(self, content: bytes, name: str) -> None:
        """Write a small object, unless there is one with this name."""
        exceptions, key = self._obstore.exceptions, self._key(name)
        with self._failures():
            try:
                self._obstore.put(self._quick, key, content, mode="create", use_multipart=False)
            except (exceptions.AlreadyExistsError, exceptions.PreconditionError) as cause:
                if is_without_bucket(cause):
                    raise

    def size(self, name: str) -> int | None:
        """Return how large an object is, `None` where there is none."""
        try:
            with self._failures():
                return int(self._obstore.head(self._quick, self._key(name))["size"])
        except FileNotFoundError:
            return None

    def content(self, name: str) -> bytes:
        """Return all of a small object; raises `FileNotFoundError`, `FilesError` for more."""
        with self._failures():
            found = self._obstore.get(self._quick, self._key(name))
            if found.meta["size"] <= _SMALL:
                return bytes(found.bytes())
        raise FilesError(
            f"the object '{name}' in '{self._place}' is larger than the studio ever writes it",
            hint="restore what was there before, and see who may write to the bucket",
        )

    def stretch(self, name: str, start: int, length: int) -> bytes:
        """Return a stretch that is there; raises `FileNotFoundError`."""
        with self._failures():
            found = self._obstore.get_range(
                self._store_for(length), self._key(name), start=start, length=length
            )
        content = bytes(found)
        if len(content) != length:
            raise FilesError(
                f"the files '{self._place}' lack bytes: {len(content):,} of {length:,} came",
                hint="run it again",
            )
        return content

    def blocks(self, name: str, start: int, length: int, each: int = PART) -> Iterator[bytes]:
        """Yield a stretch that is there, a request for each block; raises `FileNotFoundError`."""
        end = start + length
        for at in range(start, end, each):
            yield self.stretch(name, at, min(each, end - at))

    def remove(self, names: Iterable[str]) -> None:
        """Remove objects; those that are gone already count as removed.

        Google's store has no call for several of them, and the first that is gone ends the others'.
        """
        keys = [self._key(name) for name in names]
        try:
            self._delete(keys)
        except FileNotFoundError:
            # At once, as the store's client does: others that write wait for this.
            with ThreadPoolExecutor(_REMOVED_AT_ONCE) as pool:
                for _ in pool.map(self._delete_one, keys):
                    pass

    def _delete_one(self, key: str) -> None:
        with suppress(FileNotFoundError):
            self._delete([key])

    def _delete(self, keys: Sequence[str]) -> None:
        if keys:
            with self._failures():
                self._obstore.delete(self._quick, keys)

    def listed(self, folder: str = "") -> Iterator[StoredFile]:
        """Yield all objects below the prefix, or those of a folder there."""
        start = f"{self._prefix}/" if self._prefix else ""
        with self._failures():
            for page in self._obstore.list(self._quick, prefix=self._key(folder) or None):
                for meta in page:
                    name = meta["path"].removeprefix(start)
                    yield StoredFile(name, meta["size"], meta["last_modified"].timestamp())

    def _store_for(self, length: int) -> Any:
        return self._quick if length <= _SMALL else self._store

    def _key(self, name: str) -> str:
        return _joined(self._prefix, name)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except self._failing as cause:
            if isinstance(cause, FileNotFoundError) and not is_without_bucket(cause):
                raise
            raise self._failure(cause) from cause

    def _failure(self, cause: Exception) -> FilesError:
        store = self._place.store
        what = f"the files in '{self._place}'"
        about = About(what, "`--files`", store, self._place.bucket, _RIGHTS[store])
        fault = fault_of(cause, about)
        if fault.kind is FaultKind.FULL:
            return FilesFull(fault.message, hint=fault.hint)
        if fault.kind in (FaultKind.UNREACHED, FaultKind.BUSY):
            return FilesAway(fault.message, hint=fault.hint)
        is_login = fault.kind is FaultKind.LOGIN
        code = FailureCode.CREDENTIALS if is_login else None
        return FilesError(fault.message, hint=fault.hint, code=code)


def _opened(place: BucketPlace, variables: Mapping[str, str], patience: BucketPatience) -> Any:
    """Return the bucket twice: for much that is sent or fetched, and for little."""
    quick = replace(patience, of_a_try=min(patience.of_a_try, _SECONDS_FOR_LITTLE))
    return tuple(
        open_bucket(place.store, place.bucket, variables, each) for each in (patience, quick)
    )


def _length(file: Path | bytes) -> int:
    return len(file) if isinstance(file, bytes) else file.stat().st_size


def _joined(*parts: str) -> str:
    return "/".join(filter(None, parts))

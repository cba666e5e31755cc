"""A small object store on loopback that speaks S3: objects, ETags, If-Match and If-None-Match.

Large objects come in parts, which are `open_uploads` until they are put together.

Written after Amazon's public reference of `PutObject` and `GetObject`; it also takes what clients
of Google's store and Azure's send for the same. What a test puts into `faults` happens to the next
requests, one each, and `always` to all. An address that is signed holds as the `clock` tells.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import md5
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from tests.support import azure_answers
from tests.support.presigned import holds
from tests.support.served import Answer, Asked, Fault, served

BUCKET = "films"
KEY_ID, SECRET = "AKIDEXAMPLE0123456", "secret-of-the-bucket-0123456789"


def error(status: int, code: str, message: str = "said by the store") -> Answer:
    """Return an error as S3 words it."""
    body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
    return Answer(status, body.encode(), (("content-type", "application/xml"),))


def refused(status: int, code: str) -> Fault:
    """Return a fault: the request has no effect, and this error is the answer."""
    return lambda asked, right: error(status, code)


@dataclass
class BucketServer:
    """The objects of one bucket by key, what was asked, and the faults to come."""

    objects: dict[str, bytes] = field(default_factory=dict)
    open_uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    open_blocks: dict[str, dict[str, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    always: Fault | None = None
    ignores: str = ""
    url: str = ""
    key_id: str = KEY_ID
    clock: Callable[[], float] = time.time
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def variables(self) -> dict[str, str]:
        """What the operator sets to reach it."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": KEY_ID,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "eu-central-1",
            "GOOGLE_BASE_URL": self.url,
            "GOOGLE_BEARER_TOKEN": SECRET,
            "AZURE_STORAGE_ENDPOINT": self.url,
            "AZURE_STORAGE_ACCOUNT_NAME": "account",
            "AZURE_STORAGE_TOKEN": SECRET,
        }

    def answer(self, asked: Asked) -> Answer:
        """Answer a request, or fail as the next fault says: others are answered meanwhile."""
        with self._turn:
            self.asked.append(f"{asked.method} {urlsplit(asked.path).path}")
            fault = self.faults.pop(0) if self.faults else self.always
        return fault(asked, lambda: self._in_turn(asked)) if fault else self._in_turn(asked)

    def reset(self) -> None:
        """Forget all, as if it had just been served."""
        for kept in (self.objects, self.open_uploads, self.open_blocks, self.asked, self.faults):
            kept.clear()
        self.always, self.ignores = None, ""

    @property
    def uploads_left(self) -> int:
        """Return how many objects were begun in parts, and neither put together nor given up."""
        return len(self.open_uploads)

    @property
    def keys(self) -> set[str]:
        """Return what its objects are called."""
        return {*self.objects}

    def _in_turn(self, asked: Asked) -> Answer:
        with self._turn:
            return self._right(asked)

    def _right(self, asked: Asked) -> Answer:
        bucket, _, key = unquote(urlsplit(asked.path).path).lstrip("/").partition("/")
        login = asked.headers.get("authorization", "")
        is_known = f"Credential={self.key_id}/" in login or login == f"Bearer {SECRET}"
        if not is_known and not holds(asked, SECRET, self.clock()):
            return error(403, "InvalidAccessKeyId")
        if bucket != BUCKET:
            return error(404, "NoSuchBucket", "The specified bucket does not exist")
        now = self.objects.get(key)
        told = dict(parse_qsl(urlsplit(asked.path).query, keep_blank_values=True))
        match asked.method:
            case "PUT" if azure_answers.is_azures(asked) and told.get("comp", "").startswith("blo"):
                return self._in_blocks(asked, key, told)
            case _ if key and told.keys() & {"uploads", "uploadId"}:
                return self._in_parts(asked, key, told)
            case "GET" if not key:
                return self._listed(asked)
            case "GET" | "HEAD":
                return _found(now, asked) if now is not None else error(404, "NoSuchKey")
            case "POST" if not key:
                return self._removed(asked)
            case "DELETE":
                return Answer(204 if self.objects.pop(key, None) is not None else 404)
            case "PUT":
                return self._written(asked, key, now)
            case _:
                return error(405, "MethodNotAllowed")

    def _in_blocks(self, asked: Asked, key: str, told: dict[str, str]) -> Answer:
        blocks = self.open_blocks.setdefault(key, {})
        if told["comp"] == "block":
            blocks[told["blockid"]] = asked.body
            return Answer(201)
        return self._kept(asked, key, azure_answers.joined(blocks, asked.body))

    def _listed(self, asked: Asked) -> Answer:
        prefix = dict(parse_qsl(urlsplit(asked.path).query)).get("prefix", "")
        if azure_answers.is_azures(asked):
            return azure_answers.listed(self.objects, prefix)
        rows = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(content)}</Size><ETag>{etag(content)}</ETag>"
            "<LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>"
            for key, content in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        return _document("ListBucketResult", f"<IsTruncated>false</IsTruncated>{rows}")

    def _in_parts(self, asked: Asked, key: str, told: dict[str, str]) -> Answer:
        upload = told.get("uploadId", "")
        if "uploads" in told:
            upload = secrets.token_hex(8)
            self.open_uploads[upload] = {}
            return _document(
                "InitiateMultipartUploadResult", f"<Key>{key}</Key><UploadId>{upload}</UploadId>"
            )
        if (parts := self.open_uploads.get(upload)) is None:
            return error(404, "NoSuchUpload")
        match asked.method:
            case "PUT":
                parts[int(told["partNumber"])] = asked.body
                return Answer(200, b"", _versions(asked.body))
            case "DELETE":
                del self.open_uploads[upload]
                return Answer(204)
            case _:
                self.objects[key] = b"".join(parts[number] for number in sorted(parts))
                del self.open_uploads[upload]
                whole = etag(self.objects[key])
                return _document("CompleteMultipartUploadResult", f"<ETag>{whole}</ETag>")

    def _removed(self, asked: Asked) -> Answer:
        if azure_answers.is_azures(asked):
            return azure_answers.removed(self.objects, BUCKET, asked)
        keys = re.findall("<Key>([^<]+)</Key>", asked.body.decode())
        for key in keys:
            self.objects.pop(key, None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        return _document("DeleteResult", gone)

    def _written(self, asked: Asked, key: str, now: bytes | None) -> Answer:
        wanted, unwanted = (asked.headers.get(n) for n in ("if-match", "if-none-match"))
        match asked.headers.get("x-goog-if-generation-match"):
            case "0":
                unwanted = "*"
            case str(generation):
                wanted = generation
        if wanted is not None and self.ignores != "if-match":
            if now is None:
                return error(404, "NoSuchKey")
            if wanted not in (etag(now), _generation(now)):
                return error(412, "PreconditionFailed")
        if unwanted == "*" and now is not None and self.ignores != "if-none-match":
            return error(412, "PreconditionFailed")
        return self._kept(asked, key, asked.body)

    def _kept(self, asked: Asked, key: str, content: bytes) -> Answer:
        self.objects[key] = content
        return Answer(201 if azure_answers.is_azures(asked) else 200, b"", _versions(content))


def etag(content: bytes) -> str:
    """Return what tells one content of an object from another."""
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


def _generation(content: bytes) -> str:
    """Return the number by which Google's store tells the same."""
    return str(int(md5(content, usedforsecurity=False).hexdigest()[:12], 16))


def _versions(content: bytes) -> tuple[tuple[str, str], ...]:
    """Return what tells a version, as a bucket with versioning does: anew at each look."""
    version = ("x-amz-version-id", secrets.token_hex(8))
    return (("etag", etag(content)), ("x-goog-generation", _generation(content)), version)


def _found(content: bytes, asked: Asked) -> Answer:
    facts = (("last-modified", formatdate(usegmt=True)), ("content-type", "application/json"))
    wanted = re.fullmatch("bytes=([0-9]+)-([0-9]+)", asked.headers.get("range", ""))
    if wanted is None:
        return Answer(200, content, (*_versions(content), *facts))
    start, end = int(wanted[1]), min(int(wanted[2]) + 1, len(content))
    place = ("content-range", f"bytes {start}-{end - 1}/{len(content)}")
    return Answer(206, content[start:end], (*_versions(content), *facts, place))


def _document(root: str, content: str) -> Answer:
    body = f"<?xml version='1.0'?><{root}>{content}</{root}>"
    return Answer(200, body.encode(), (("content-type", "application/xml"),))


@contextmanager
def bucket_server() -> Iterator[BucketServer]:
    """Serve an empty bucket."""
    bucket = BucketServer()
    with served(bucket.answer) as bucket.url:
        yield bucket


def keep_files_in(server: BucketServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the operator's variables, which programs inherit, name it as the place of files."""
    monkeypatch.setenv("STORYBOARD_FILES", f"s3://{BUCKET}/team")
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)


@contextmanager
def held(
    bucket: BucketServer, which: Callable[[Asked], bool]
) -> Iterator[tuple[Callable[[], bool], Callable[[], None]]]:
    """Have some requests wait; gives whether one is there, and what lets all of them go on."""
    came, may_go = threading.Event(), threading.Event()

    def holds(asked: Asked, right: Callable[[], Answer]) -> Answer:
        if which(asked):
            came.set()
            may_go.wait()
        return right()

    bucket.always = holds
    try:
        yield came.is_set, may_go.set
    finally:
        bucket.always = None
        may_go.set()

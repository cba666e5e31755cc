"""What Azure's store answers where S3 and Google's have other words: lists, blocks and batches.

Written after Microsoft's public reference of `List Blobs`, `Put Block List` and `Blob Batch`.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from email.utils import formatdate
from hashlib import md5
from xml.sax.saxutils import escape

from tests.support.served import Answer, Asked

_BOUNDARY = "batchresponse_of_a_test"


def is_azures(asked: Asked) -> bool:
    """Whether a request is in the words of Azure's store."""
    return "x-ms-version" in asked.headers


def listed(objects: MutableMapping[str, bytes], prefix: str) -> Answer:
    """Return the objects whose keys begin so."""
    blobs = "".join(
        f"<Blob><Name>{escape(key)}</Name><Properties><Last-Modified>{formatdate(0, usegmt=True)}"
        f"</Last-Modified><Etag>0x{md5(content, usedforsecurity=False).hexdigest()}</Etag>"
        f"<Content-Length>{len(content)}</Content-Length>"
        "<Content-Type>application/octet-stream</Content-Type></Properties></Blob>"
        for key, content in sorted(objects.items())
        if key.startswith(prefix)
    )
    body = f"<?xml version='1.0'?><EnumerationResults><Blobs>{blobs}</Blobs><NextMarker />"
    told = f"{body}</EnumerationResults>".encode()
    return Answer(200, told, (("content-type", "application/xml"),))


def joined(blocks: MutableMapping[str, bytes], body: bytes) -> bytes:
    """Return what a list of blocks names, in its order; the blocks are used up."""
    named = re.findall("<(?:Uncommitted|Latest)>([^<]+)</", body.decode())
    content = b"".join(blocks[name] for name in named)
    blocks.clear()
    return content


def removed(objects: MutableMapping[str, bytes], bucket: str, asked: Asked) -> Answer:
    """Remove each object of a batch, and say of each whether it was there."""
    parts = []
    for number, path in enumerate(re.findall(rb"DELETE /?(\S+) HTTP/1.1", asked.body)):
        key = path.decode().removeprefix(f"{bucket}/")
        told = "202 Accepted\r\n"
        if objects.pop(key, None) is None:
            told = "404 The specified blob does not exist.\r\nx-ms-error-code: BlobNotFound\r\n"
        parts.append(
            f"--{_BOUNDARY}\r\nContent-Type: application/http\r\nContent-ID: {number}\r\n\r\n"
            f"HTTP/1.1 {told}x-ms-version: 2023-11-03\r\n\r\n"
        )
    body = "".join(parts) + f"--{_BOUNDARY}--"
    kind = f"multipart/mixed; boundary={_BOUNDARY}"
    return Answer(202, body.encode(), (("content-type", kind),))

"""Addresses that are signed for Google's store and for Azure's: right by their own rules.

Checked by the public references of V4 signing and of a service SAS, with the login's own key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from storyboard.buckets.stores import ObjectStore
from storyboard.studio.records.bucket_objects import BucketObjects
from storyboard.studio.records.files_place import BucketPlace
from storyboard.studio.records.signed_files import LIFETIME, SignedFiles

NAME: Final = f"blobs/aa/{0:064}.mp4"
METHODS: Final = ("GET", "HEAD")
ACCOUNT_KEY: Final = bytes(range(64))


def signed(kind: ObjectStore, method: str, variables: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return the path of a signed address, as it stands there, and its query."""
    objects = BucketObjects(BucketPlace(kind, "films", "team"), variables, "one")
    address = urlsplit(SignedFiles(objects).address(NAME, method))
    assert address.scheme == "https"
    return address.path, dict(parse_qsl(address.query, strict_parsing=True))


@pytest.mark.parametrize("method", METHODS)
def test_googles_address_is_signed_by_the_service_account(method: str) -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    account = {"private_key": pem, "private_key_id": "1", "client_email": "studio@acme.example"}
    login = {"GOOGLE_SERVICE_ACCOUNT_KEY": json.dumps(account)}
    path, told = signed(ObjectStore.GCS, method, login)
    assert path == f"/films/team/one/{NAME}"
    assert told["X-Goog-Expires"] == str(round(LIFETIME.total_seconds()))
    signature = bytes.fromhex(told.pop("X-Goog-Signature"))
    query = "&".join(f"{name}={quote(told[name], safe='')}" for name in sorted(told))
    host = "host:storage.googleapis.com"
    request = "\n".join((method, path, query, host, "", "host", "UNSIGNED-PAYLOAD"))
    scope = told["X-Goog-Credential"].partition("/")[2]
    digest = hashlib.sha256(request.encode()).hexdigest()
    said = "\n".join((told["X-Goog-Algorithm"], told["X-Goog-Date"], scope, digest))
    key.public_key().verify(signature, said.encode(), padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize("method", METHODS)
def test_azures_address_is_signed_by_the_account(method: str) -> None:
    login = {
        "AZURE_STORAGE_ACCOUNT_NAME": "acme",
        "AZURE_STORAGE_ACCOUNT_KEY": base64.b64encode(ACCOUNT_KEY).decode(),
    }
    path, told = signed(ObjectStore.AZURE, method, login)
    assert path == f"/films/team/one/{NAME}"
    assert told["sp"] == "r", "it lets nobody write"
    begins, ends = (datetime.fromisoformat(told[name]) for name in ("st", "se"))
    assert ends - begins == LIFETIME
    assert abs(ends - LIFETIME - datetime.now(UTC)) < timedelta(minutes=1)
    names = (told["sp"], told["st"], told["se"], f"/blob/acme/films/team/one/{NAME}")
    rest = ("", "", "", told["sv"], told["sr"], *[""] * 7)
    said = "\n".join((*names, *rest)).encode()
    mark = hmac.new(ACCOUNT_KEY, said, hashlib.sha256).digest()
    assert told["sig"] == base64.b64encode(mark).decode()

"""Whether an address of S3 that is signed in its query holds, by Amazon's reference of SigV4."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote, urlsplit

from tests.support.served import Asked

_ALGORITHM = "AWS4-HMAC-SHA256"
_SIGNATURE = "X-Amz-Signature"


def holds(asked: Asked, secret: str, now: float) -> bool:
    """Return whether a request has a signature by `secret` that is not over at a unix time."""
    at = urlsplit(asked.path)
    told = dict(parse_qsl(at.query))
    signature = told.pop(_SIGNATURE, "")
    if not signature or told.get("X-Amz-SignedHeaders") != "host":
        return False
    made = datetime.strptime(told["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    scope = told["X-Amz-Credential"].partition("/")[2]
    query = "&".join(f"{quote(k, '')}={quote(v, '')}" for k, v in sorted(told.items()))
    host = f"host:{asked.headers['host']}\n"
    canonical = "\n".join((asked.method, at.path, query, host, "host", "UNSIGNED-PAYLOAD"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    wanted = _mac(key, "\n".join((_ALGORITHM, told["X-Amz-Date"], scope, digest))).hex()
    is_over = now > made.timestamp() + int(told["X-Amz-Expires"])
    return hmac.compare_digest(signature, wanted) and not is_over


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()

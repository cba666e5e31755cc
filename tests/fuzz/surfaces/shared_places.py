"""Where a shared state is, and who holds it: addresses of a project's file, and what places say.

An input is one of these texts; each parser gets it.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from storyboard.origins import is_loopback
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.lease import Status, format_lease, parse_lease
from storyboard.state.place_refused import PlaceRefused
from storyboard.state.server_lock_info import LockInfo, format_lock, parse_lock
from storyboard.state.server_place import ServerPlace
from tests.fuzz.surface import Broken, Surface, without_folder, words

_ASKING = LockInfo("0123456789abcdef")


def _law(content: bytes) -> None:
    lease = parse_lease(content)
    if lease.status is Status.HELD and parse_lease(format_lease(lease)).id != lease.id:
        raise Broken("another lease than was written")
    _ = (str(lease.holder), lease.dead_after)
    info = parse_lock(content, _ASKING)
    if parse_lock(format_lock(info, "x"), _ASKING).id != info.id:
        raise Broken("another lock than was written")
    _ = str(info.lease.holder)
    _place(content.decode("utf-8", "replace"))


def _place(text: str) -> None:
    try:
        place = BucketPlace.parse(text) or ServerPlace.parse(text)
    except PlaceRefused:
        return
    if place is None:
        return
    if type(place).parse(str(place)) != place:
        raise Broken(f"another place than was read: {place}")
    _ = place.history
    if isinstance(place, BucketPlace):
        if ".." in place.bucket or "//" in place.key("state") or "/../" in place.key("state"):
            raise Broken(f"a key that leads elsewhere: {place.key('state')}")
        return
    for url in (place.url, place.locking.url, place.unlocking.url):
        parts = urlsplit(url)
        if parts.username or parts.query or parts.fragment or parts.netloc.count("@"):
            raise Broken(f"an address with a login or a query: {url}")
        if {".", ".."} & set(unquote(parts.path).split("/")):
            raise Broken(f"an address that leads elsewhere: {url}")
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise Broken(f"a login in the clear: {url}")


SURFACE = Surface(
    "shared_places",
    without_folder(_law),
    (
        *words("""s3:// gs:// az:// https:// http:// bucket / .. . @ : ? # % %2f %2e 127.0.0.1
        localhost [::1] 0x7f.1 api/v4/projects/ /terraform/state/ /lock "status" "held" "free" "id"
        "epoch" "ttl" "beat" "who" "ID" "Who" "Info" "Created" "Operation" null [] {} 1e999 -1"""),
        b"9" * 5000, b'"Info": "{\\"host\\": \\"x\\"}"', "ö".encode(), b"\xff", b"\x00",
    ),
    rounds=4000,
    longest=10_000,
)  # fmt: skip

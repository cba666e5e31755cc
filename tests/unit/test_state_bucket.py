"""States in a bucket: the real client against a small store, and what can be in the way."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from storyboard.buckets.opening import BucketPatience
from storyboard.buckets.stores import ObjectStore
from storyboard.errors import ExitCode, MissingExtraError, StateAccessError, StateError
from storyboard.hidden import masked
from storyboard.kaltura.objects import Principal
from storyboard.state.blobs import Blob, Moved
from storyboard.state.bucket_blobs import PROBE, BucketBlobs
from storyboard.state.bucket_client import PATIENCE, BucketClient
from storyboard.state.bucket_failures import bucket_failure
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.format import format_state
from storyboard.state.lease import Holder, Status, parse_lease
from storyboard.state.lease_lock import LeaseLock
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.place_refused import PlaceRefused
from storyboard.state.shared import SharedStore
from tests.support.bucket_server import (
    BUCKET,
    SECRET,
    BucketServer,
    bucket_server,
    refused,
)
from tests.support.served import Answer, Asked, Fault, unanswered, unheard

STATE = "project/production/state.json"
NOW = LockPatience(0)
FIRST = next_serial(State.fresh(Principal(101, "maker", "http://studio.test/api/v1")))
SECOND = next_serial(FIRST)
PLACES = {
    "s3": BucketPlace(ObjectStore.S3, BUCKET, "project/production"),
    "gs": BucketPlace(ObjectStore.GCS, BUCKET, "project/production"),
    "az": BucketPlace(ObjectStore.AZURE, BUCKET, "project/production"),
}


@pytest.fixture(scope="module")
def serving() -> Iterator[BucketServer]:
    with bucket_server() as server:
        yield server


@pytest.fixture
def server(serving: BucketServer) -> BucketServer:
    serving.reset()
    return serving


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine gets as many tries as a quick one."""
    _wait(monkeypatch, replace(PATIENCE, again_until=600.0, tries_again=3))


def _wait(monkeypatch: pytest.MonkeyPatch, patience: BucketPatience) -> None:
    monkeypatch.setattr("storyboard.state.bucket_client.PATIENCE", patience)


def blobs_in(server: BucketServer, kind: str = "s3", **variables: str) -> BucketBlobs:
    place = PLACES[kind]
    return BucketBlobs(BucketClient(place, {**server.variables, **variables}), place)


def trusted(server: BucketServer) -> BucketBlobs:
    """Return blobs whose store was tried out already, so that faults meet what comes after."""
    blobs = blobs_in(server)
    blobs.put("trial", b"{}", None)
    server.asked.clear()
    return blobs


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_a_blob_is_replaced_only_by_who_knows_it(server: BucketServer, kind: str) -> None:
    one, two = blobs_in(server, kind), blobs_in(server, kind)
    assert one.get("state") is None
    first = one.put("state", b"1", None)
    assert two.get("state") == Blob(b"1", first)
    with pytest.raises(Moved):
        two.put("state", b"x", None)
    second = two.put("state", b"2", first)
    with pytest.raises(Moved):
        one.put("state", b"x", first)
    assert one.get("state") == Blob(b"2", second)
    assert set(server.objects) == {STATE, f"project/production/state.{PROBE}.json"}
    server.objects.clear()
    with pytest.raises(Moved):
        one.put("state", b"3", second)


@pytest.mark.parametrize("ignores", ["if-match", "if-none-match"])
def test_a_store_that_ignores_conditions_is_refused(server: BucketServer, ignores: str) -> None:
    server.ignores = ignores
    with pytest.raises(StateError, match=r"cannot keep a state: it (creates|replaces)") as raised:
        blobs_in(server).put("state", b"1", None)
    assert "conditional writes" in str(raised.value.hint)
    assert STATE not in server.objects
    with pytest.raises(StateError, match="cannot keep a state"):
        blobs_in(server).probe()


def test_a_store_that_refuses_each_condition_is_refused(server: BucketServer) -> None:
    blobs_in(server).probe()
    server.always = lambda asked, right: WRONG(asked, right) if asked.method == "PUT" else right()
    with pytest.raises(StateError, match="cannot keep a state: it refused 5 writes"):
        blobs_in(server).put("state", b"1", None)


def test_reading_tries_nothing_out(server: BucketServer) -> None:
    """A plan has the right to read, and may have no other."""
    assert blobs_in(server).get("state") is None
    assert server.asked == [f"GET /{BUCKET}/{STATE}"]


SLOW = refused(503, "SlowDown")
BROKEN = refused(500, "InternalError")
AT_ONCE = refused(409, "ConditionalRequestConflict")
BUSY = refused(429, "rateLimitExceeded")
WRONG = refused(412, "PreconditionFailed")
"""What stores answer on bad days; none of these writes was done."""


@pytest.mark.parametrize(
    "faults",
    [
        [SLOW],
        [BROKEN, BROKEN],
        [AT_ONCE],
        [BUSY],
        [WRONG],
        [WRONG, SLOW],
        [unanswered],
        [SLOW, unanswered],
    ],
    ids=[
        "slow",
        "broken",
        "409",
        "429",
        "wrong 412",
        "wrong 412 and slow",
        "unanswered",
        "slow, unansw.",
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_write_on_a_bad_day_is_done_once(
    server: BucketServer, faults: list[Fault], is_new: bool
) -> None:
    blobs = trusted(server)
    tag = None if is_new else blobs.put("state", b"1", None)
    server.faults[:] = faults
    new = blobs.put("state", b"2", tag)
    assert (server.objects[STATE], server.faults) == (b"2", [])
    assert blobs.put("state", b"3", new)


def test_a_store_that_is_busy_for_a_while_is_asked_until_the_time_is_over(
    server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, pause in (("_FIRST_PAUSE", 500), ("_LONGEST_PAUSE", 1000)):
        told = f"storyboard.buckets.opening.{name}"
        monkeypatch.setattr(told, timedelta(microseconds=pause))
    _wait(monkeypatch, replace(PATIENCE, again_until=600.0))
    server.faults[:] = [SLOW] * 40
    assert blobs_in(server).get("state") is None
    server.faults[:] = [SLOW] * 40
    blobs_in(server).put("state", b"1", None)
    assert (server.objects[STATE], server.faults) == (b"1", [])


@pytest.mark.parametrize("fault", [SLOW, WRONG, unanswered, unheard])
def test_a_bad_moment_at_any_request_loses_nothing(server: BucketServer, fault: Fault) -> None:
    def once(asked: Asked, right: Callable[[], Answer]) -> Answer:
        is_read = asked.method == "GET"
        return right() if is_read and fault is WRONG else fault(asked, right)

    at = 0
    while not server.faults:  # until the fault is beyond the last request
        server.reset()
        server.faults[:] = [*[lambda asked, right: right()] * at, once]
        blobs = blobs_in(server)
        store = SharedStore(blobs, LeaseLock(blobs, Holder()), pauses=(0.0,))
        with store.locked(NOW):
            assert store.read() is None
            store.write(FIRST)
            store.write(SECOND)
        assert server.objects[STATE] == format_state(replace(SECOND, epoch=1)).encode()
        left = parse_lease(server.objects["project/production/state.lock.json"])
        is_at_release = len(server.faults) == 0 and server.asked[-1].endswith("state.lock.json")
        assert left.status is Status.FREE or is_at_release
        at += 1
    assert at > 9


def test_a_write_that_was_not_done_says_so(server: BucketServer) -> None:
    blobs = trusted(server)
    server.faults[:] = [unheard]
    with pytest.raises(StateError, match="cannot be reached: its store does not answer") as raised:
        blobs.put("state", b"1", None)
    assert raised.value.exit_code is ExitCode.STATE_NOT_WRITTEN
    assert STATE not in server.objects
    assert blobs.put("state", b"1", None)


def test_an_unanswered_write_that_another_run_followed_is_lost(server: BucketServer) -> None:
    blobs = trusted(server)

    def overtaken(asked: Asked, right: Callable[[], Answer]) -> Answer:
        right()
        server.objects[STATE] = b"theirs"
        return Answer(is_reset=True)

    server.faults[:] = [overtaken]
    with pytest.raises(Moved):
        blobs.put("state", b"mine", None)
    assert server.objects[STATE] == b"theirs"


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (refused(403, "AccessDenied"), "lack a right: it answers 403", ExitCode.CREDENTIALS),
        (refused(403, "SignatureDoesNotMatch"), "are not accepted: it", ExitCode.CREDENTIALS),
        (refused(400, "ExpiredToken"), "are not accepted: it answers 400", ExitCode.CREDENTIALS),
        (refused(401, "Unauthorized"), "are not accepted: it answers 401", ExitCode.CREDENTIALS),
        (refused(404, "NoSuchBucket"), "there is no bucket 'films'", ExitCode.STATE_NOT_WRITTEN),
        (
            refused(400, "AuthorizationHeaderMalformed"),
            "is in another region",
            ExitCode.STATE_NOT_WRITTEN,
        ),
        (refused(501, "NotImplemented"), "failed: it answers 501", ExitCode.STATE_NOT_WRITTEN),
        (lambda asked, right: Answer(200, b"x"), "does not tell versions", ExitCode(11)),
    ],
)
def test_what_is_in_the_way_is_said(
    server: BucketServer, fault: Fault, said: str, code: ExitCode
) -> None:
    for call in (
        lambda: blobs_in(server).get("state"),
        lambda: blobs_in(server).put("state", b"1", None),
    ):
        server.always = fault
        with pytest.raises(StateError, match=re.escape(said)) as raised:
            call()
        assert (raised.value.exit_code, bool(raised.value.hint)) == (code, True)
        assert "\n" not in raised.value.message


def test_an_endpoint_that_is_empty_is_said(server: BucketServer) -> None:
    """The client ended in a panic, which is no exception of Python's usual kinds."""
    with pytest.raises(StateAccessError, match="the variable AWS_ENDPOINT_URL is empty") as raised:
        blobs_in(server, AWS_ENDPOINT_URL="")
    assert raised.value.hint == "unset AWS_ENDPOINT_URL"


def test_a_store_that_is_not_there_is_said(server: BucketServer) -> None:
    away = {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    with pytest.raises(StateError, match="cannot be reached: its store does not answer") as raised:
        blobs_in(server, **away).get("state")
    assert "AWS_ENDPOINT_URL" in str(raised.value.hint)


def test_what_the_environment_says_otherwise_changes_no_condition(
    server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """obstore reads the variables of its process, and would send what was refused, or a proxy."""
    for name, value in {
        "AWS_CONDITIONAL_PUT": "disabled",
        "AWS_BUCKET": "another",
        "AWS_ENDPOINT": "http://127.0.0.1:1",
        "HTTP_PROXY": "http://127.0.0.1:1",
        "http_proxy": "http://127.0.0.1:1",
    }.items():
        monkeypatch.setenv(name, value)
    blobs = blobs_in(server)
    assert blobs.put("state", b"1", None)
    with pytest.raises(Moved):
        blobs.put("state", b"2", None)
    monkeypatch.setenv("AWS_REQUEST_PAYER", "perhaps")
    with pytest.raises(StateError, match=r"cannot be reached with these variables: .*perhaps"):
        blobs_in(server)


def test_a_large_state_is_one_write(server: BucketServer) -> None:
    blobs = trusted(server)
    blobs.put("state", b"x" * (6 << 20), None)
    assert server.asked == [f"PUT /{BUCKET}/{STATE}"]


def test_what_is_not_ours_is_left_alone(server: BucketServer) -> None:
    server.objects[f"project/production/state.{PROBE}.json"] = b"theirs"
    with pytest.raises(StateError, match=r"'probe' of the state '.*' is not storyboard's"):
        blobs_in(server).put("state", b"1", None)
    assert list(server.objects.values()) == [b"theirs"]


def test_missing_credentials_are_said() -> None:
    """This is what obstore says if it finds none on the way to its last resort."""
    said = RuntimeError(
        "Generic S3 error: Error performing PUT http://169.254.169.254/latest/api/token in 5s, "
        "after 2 retries - HTTP error: error sending request\n\nDebug source:\nGeneric {}"
    )
    failure = bucket_failure(said, PLACES["s3"])
    assert (
        failure.message == "there are no credentials for the state 's3://films/project/production'"
    )
    assert (failure.exit_code, "AWS_ACCESS_KEY_ID" in str(failure.hint)) == (4, True)
    with pytest.raises(StateAccessError, match="there are no credentials") as raised:
        BucketClient(PLACES["az"], {})
    assert "AZURE_STORAGE_ACCOUNT_NAME" in str(raised.value.hint)


@pytest.mark.parametrize("url", ["http://store.example:9000", "https://me:pw@store.example", "x"])
def test_an_endpoint_is_a_host_for_a_secret(url: str) -> None:
    with pytest.raises(StateAccessError, match=r"^AWS_ENDPOINT_URL ") as raised:
        BucketClient(PLACES["s3"], {"AWS_ENDPOINT_URL": url})
    assert "pw" not in raised.value.message


def test_no_message_shows_the_secret(server: BucketServer) -> None:
    blobs = blobs_in(server)
    server.always = refused(501, SECRET)
    with pytest.raises(StateError) as raised:
        blobs.get("state")
    assert SECRET not in raised.value.message
    assert SECRET not in masked(f"a store that repeats {SECRET}")


def test_an_object_that_is_too_large_is_not_read(
    server: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.objects[STATE] = b"x" * 100
    monkeypatch.setattr("storyboard.state.bucket_client.MAX_STATE_BYTES", 99)
    with pytest.raises(StateError, match="is larger than"):
        blobs_in(server).get("state")


def test_the_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(MissingExtraError, match="needs the package 'obstore'") as raised:
        BucketClient(PLACES["s3"], {})
    assert "storyboard-as-code[cloud]" in str(raised.value.hint)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s3://b/x", "is not the name of a bucket"),
        ("s3://Bucket/x", "is not the name of a bucket"),
        ("s3://a..b/x", "is not the name of a bucket"),
        ("s3://bucket:9000/x", "is not the name of a bucket"),
        ("s3:///x", "is not the name of a bucket"),
        ("s3://bucket", "names no place in the bucket"),
        ("az://bucket/", "names no place in the container"),
        ("s3://bucket/a/../b", "'a/../b' in the state 's3://bucket/a/../b' is not a prefix"),
        ("s3://bucket//b", "is not a prefix"),
        ("s3://bucket/a?x=y", "is not a prefix"),
        ("s3://bucket/a%2fb", "is not a prefix"),
        ("s3://key:pw@bucket/a", "has a user name or password"),
    ],
)
def test_what_is_no_place_is_refused(text: str, said: str) -> None:
    with pytest.raises(PlaceRefused, match=re.escape(said)) as raised:
        BucketPlace.parse(text)
    assert ("pw" in str(raised.value), bool(raised.value.hint)) == (False, True)


def test_a_place_is_read() -> None:
    place = BucketPlace.parse("GS://bucket/a/b/")
    assert (str(place), place and place.key("state")) == ("gs://bucket/a/b", "a/b/state.json")
    assert BucketPlace.parse("https://x.example/y") is None
    assert place is not None
    assert "gcloud storage ls --all-versions gs://bucket/a/b/state.json" in place.history

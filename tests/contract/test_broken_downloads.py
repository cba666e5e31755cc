"""A film whose place fails while it is sent: the connection ends, and one line says why."""

from __future__ import annotations

import http.client
import logging
from pathlib import Path

import pytest

from storyboard.studio.execution import served
from storyboard.studio.records import bucket_files
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import open_test_studio, write_movie
from tests.support.bucket_server import BUCKET, bucket_server, refused
from tests.support.served import Fault


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (refused(403, "AccessDenied"), "lack a right"),
        (refused(404, "NoSuchKey"), "was removed while it was read"),
    ],
)
def test_a_place_that_fails_in_the_middle_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    said: str,
) -> None:
    monkeypatch.setattr(bucket_files, "_SENT_AT_ONCE", 100)
    caplog.set_level(logging.INFO)
    clip = write_movie(tmp_path / "clip.mp4", 1)
    listener = bind("127.0.0.1", 0)
    with bucket_server() as server:
        studio = open_test_studio(
            tmp_path / "w",
            public_url=url_of(listener, "127.0.0.1"),
            files=f"s3://{BUCKET}",
            variables=server.variables,
        )
        entry = studio.add_media(clip)
        name = f"{entry['sha256'][:2]}/{entry['sha256']}.mp4"
        studio.workspace.blobs.path(name).unlink()
        path = f"/p/{studio.partner_id}/sp/{studio.partner_id}00/raw/entry_id/{entry['id']}"
        with served(studio, listener):
            server.faults[:] = [*[lambda asked, right: right()] * 3, fault]
            asking = http.client.HTTPConnection(*listener.getsockname(), timeout=60)
            asking.request("GET", path)
            answer = asking.getresponse()
            assert (answer.status, int(answer.headers["content-length"])) == (200, entry["size"])
            with pytest.raises(http.client.IncompleteRead) as early:
                answer.read()
            assert early.value.partial == clip.read_bytes()[:200]
            asking.close()
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [f"{path} ends too early: " in record.getMessage() for record in told] == [True]
    assert said in told[0].getMessage()
    assert "Traceback" not in caplog.text

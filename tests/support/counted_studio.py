"""The embedded studio as a process of its own, whose films are counted and wait for a file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from storyboard.studio.records.identity import load_identity
from tests.support.passing_time import eventually

ROOT = Path(__file__).parents[2]
USER = "maker"


@dataclass(frozen=True)
class CountedStudio:
    """Where it is, and the folder in which it counts."""

    folder: Path
    url: str

    @property
    def credentials(self) -> Mapping[str, str]:
        """What the pipeline of a runner sets to log in."""
        identity = load_identity(self.folder / "workspace")
        return {
            "KALTURA_PARTNER_ID": str(identity.partner_id),
            "KALTURA_ADMIN_SECRET": identity.admin_secret,
        }

    @property
    def films(self) -> int:
        """How many films were begun."""
        tally = self.folder / "tally"
        return len(tally.read_text().splitlines()) if tally.exists() else 0

    def open_gate(self) -> None:
        """Let films end, these and all that follow."""
        (self.folder / "gate").touch()

    def wait_for_film(self) -> None:
        """Return once a film was begun."""
        eventually(lambda: self.films)

    def videos(self) -> list[dict[str, Any]]:
        """Return all videos of the user, as the API lists them."""
        identity = load_identity(self.folder / "workspace")
        login = {
            "format": "1",
            "partnerId": str(identity.partner_id),
            "secret": identity.admin_secret,
            "userId": USER,
            "type": "0",
        }
        start = f"{self.url}/api_v3/service/session/action/start"
        ks = httpx.post(start, data=login, timeout=60).json()
        body = {"filter": {"orderBy": "-createdAt"}, "pager": {"offset": 0, "limit": 100}}
        bearer = {"Authorization": f"Bearer {ks}"}
        listing = f"{self.url}/api/v1/video/list"
        told = httpx.post(listing, json=body, headers=bearer, timeout=60).json()
        found: list[dict[str, Any]] = told["objects"]
        return found


@contextmanager
def counted_studio(folder: Path) -> Iterator[CountedStudio]:
    """Serve one until the block ends; its workspace, gate and tally are in the folder."""
    places = [str(folder / name) for name in ("workspace", "gate", "tally")]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.studio_process", *places],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield CountedStudio(folder, process.stdout.readline().strip())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()

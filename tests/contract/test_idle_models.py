"""What a served studio has loaded: no model where it serves, and none anywhere once it is idle."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from storyboard.studio.records.identity import load_identity
from storyboard.studio.records.session import Session, mint
from tests.contract.studio_rig import BACKGROUND
from tests.contract.test_exposure import started
from tests.support.passing_time import eventually

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/maps").is_file(), reason="asks Linux's /proc"),
]


def loaded(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text()


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def test_models_are_loaded_beside_what_serves_and_not_for_ever(tmp_path: Path) -> None:
    """One film and a few previews kept 1.2 GB, half of it in the process that serves."""
    with started(tmp_path, "--unload-after", "0.001", "--workspace", str(tmp_path / "w")) as served:
        child, port, _ = served
        identity = load_identity(tmp_path / "w")
        ks = mint(identity.admin_secret, Session(identity.partner_id, "local", 0, 4_000_000_000))
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}/api/v1/",
            headers={"Authorization": f"Bearer {ks}"},
            trust_env=False,
            timeout=120,
        ) as client:
            avatar = client.post(
                "avatar/upsert", json={"templateId": "jane", "background": BACKGROUND}
            ).json()
            scene = {"narration": {"text": "Welcome to the training overview."}}
            body = {"name": "x", "avatarId": avatar["id"], "scenes": [scene]}
            video = client.post("video/add", json=body).json()
            asked = {"id": video["id"], "sceneId": 0}
            spoken = client.post("video/previewAudio", json=asked).content
            drawn = client.post("avatar/preview", json={"id": avatar["id"]}).content
        assert spoken[:1] == b"\xff" or spoken[:3] == b"ID3"
        assert drawn.startswith(b"\x89PNG")
        assert "storyboard" in Path(f"/proc/{child.pid}/cmdline").read_text()
        assert not [name for name in ("onnxruntime", "thorvg") if name in loaded(child.pid)]
        eventually(lambda: children(child.pid) == [])

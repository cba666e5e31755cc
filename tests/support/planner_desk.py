"""A person who plans a small project in this process, and all that may change between two plans."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from storyboard.cli import run
from tests.contract.studio_rig import write_picture
from tests.support.tiny_studio import TinyStudio

PROJECT = "locales: [en]\nvars: {product: Acme}\n"
FILES: Mapping[str, list[str]] = {
    "storyboard.yaml": [
        PROJECT,
        PROJECT + "policy: {maxGenerate: 1}\n",
        PROJECT + "environments: {kaltura: {state: other.json}, local: {studio: local}}\n",
        PROJECT + "entries: {clip: {entryId: 1_clip, media: clip.mp4}}\n",
    ],
    "storyboards/one.yaml": [
        "name: One\nscenes:\n  - {id: a, narration: 'Welcome to {{ product }} and its tour.'}\n",
        "name: One\nscenes:\n  - {id: a, narration: 'Another text of the same short tour.'}\n",
        "name: One\nprotect: true\nscenes:\n  - {id: a, narration: X}\n",
        "name: [\n",
    ],
    "storyboards/two.yaml": [
        "name: Two\nscenes:\n  - {id: a, narration: Look at this fine clip., broll: 1_clip}\n",
        "name: Two\nscenes:\n  - {id: a, narration: Look at this fine clip., broll: clip}\n",
    ],
    "clip.mp4": ["", "no film"],
}
Told = tuple[int, str, str]
"""Exit code, stdout and stderr."""


class Person:
    """Owns a project and what its operator sets; `act` is one thing that happens."""

    def __init__(self, root: Path, environment: str, studio: TinyStudio, url: str) -> None:
        self.root, self.environment, self.studio = root, environment, studio
        self.variables = {
            "KALTURA_VOD_AVATAR_URL": f"{url}/api/v1",
            "KALTURA_SERVICE_URL": f"{url}/api_v3",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_KS": "session",
            "KALTURA_USER_ID": "maker",
        }
        for path, texts in FILES.items():
            self.edit(path, texts[0])

    def edit(self, path: str, text: str | None) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            target.unlink(missing_ok=True)
        else:
            target.write_text(text)

    def run(self, *arguments: str) -> Told:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KALTURA_", "STORYBOARD"))}
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, {**kept, **self.variables}, clear=True),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(["-C", str(self.root), *arguments])
        return code, out.getvalue(), err.getvalue()

    def act(self, event: str) -> None:
        first = next(iter(self.studio.videos), None)
        match event.split():
            case ["apply", *scope]:
                self.run("apply", "--yes", "--no-generate", *scope, "-e", self.environment)
            case ["edited"] if first:
                self.studio.edit(first, name="Another name")
            case ["added"]:
                self.studio._act("video/add", {"name": "One", "avatarId": "av1", "scenes": []})
            case ["lost"] if first:
                del self.studio.videos[first]
            case ["odd"] if first:
                self.studio.edit(first, status="a new status")
            case ["user"]:
                self.variables["KALTURA_USER_ID"] += "x"
            case ["limit"]:
                self.variables["STORYBOARD_MAX_GENERATE"] = "0"
            case ["no", "state"]:
                shutil.rmtree(self.root / ".storyboard" / "state", ignore_errors=True)
            case ["gone", "state"]:
                self.edit(f".storyboard/state/{self.environment}.json", None)
            case ["no", "studio"]:
                folder = self.root / ".storyboard" / "studio"
                if folder.exists():
                    folder.rename(self.root / f"studio-{len(list(self.root.iterdir()))}")
            case ["media"]:
                write_picture(self.root / "picture.png")
                media = ("studio", "media", "add", "--entry-id", "1_clip")
                self.run(*media, str(self.root / "picture.png"))

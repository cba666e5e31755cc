"""A project that was applied, and what people do to its videos in a studio; all in this process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storyboard.commands.compiled_project import compile_request
from storyboard.commands.project import Comparison
from storyboard.commands.pull import Pull, PullEnd, pull_compared
from storyboard.commands.request import Request
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.compiler import Compilation
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.confirmed import confirmed_record
from storyboard.plan.current import Current
from storyboard.plan.merged import Prefer
from storyboard.plan.plan import Plan, make_plan
from storyboard.plan.shown import film_fingerprint, remote_shown
from storyboard.state.model import FilmRecord, State, VideoRecord
from storyboard.video import Avatar, Background
from storyboard.wire import VideoStatus
from tests.support.project import Project
from tests.support.tiny_studio import PRINCIPAL

_SHELL = {
    "KALTURA_VOD_AVATAR_URL": "https://studio.example/api/v1",
    "KALTURA_SERVICE_URL": "https://studio.example/api_v3",
    "KALTURA_KS": "a-session",
    "KALTURA_PARTNER_ID": "101",
    "KALTURA_USER_ID": "maker",
}


@dataclass
class Desk:
    """A project whose files were applied when it was made; `videos` are the studio's, by address.

    `avatars` maps the studio's ids to definitions; people make new ones with `avatar`.
    """

    project: Project
    environment: str = "kaltura"
    videos: dict[str, dict[str, Any]] = field(default_factory=dict)
    avatars: dict[str, Avatar] = field(default_factory=dict)
    state: State = field(default_factory=lambda: State.fresh(PRINCIPAL, lineage="0" * 32))

    @classmethod
    def of(cls, path: Path, files: dict[str, str], environment: str = "kaltura") -> Desk:
        desk = cls(Project.of(path, files), environment)
        desk.apply()
        return desk

    @property
    def request(self) -> Request:
        return Request(self.project.path, environment=self.environment, shell=_SHELL)

    def compiled(self) -> Compilation:
        compilation = compile_request(self.request)
        faults = [f"{f.span}: {f.message}" for f in compilation.report.diagnostics]
        assert not compilation.report.has_errors, faults
        return compilation

    def apply(self) -> None:
        """Make the studio hold what the files say, and the state know it."""
        for video in self.compiled().videos:
            if video.holds:
                continue
            ids = {avatar: self.avatar(avatar) for avatar in video.avatars}
            self.videos[str(video.address)] = json.loads(json.dumps(video.payload(ids)))
            remote = self.remote(str(video.address))
            written = confirmed_record(remote.id, video, remote_shown(remote, self.avatars))
            film = FilmRecord(film_fingerprint(video, {}), f"1_{remote.id}", "2026-01-01T00:00:00Z")
            self.state = self.state.with_video(
                video.address, VideoRecord(written, films=(film,), protect=video.protect)
            )
        known = {avatar.fingerprint: id_ for id_, avatar in self.avatars.items()}
        self.state = type(self.state)(
            self.state.lineage, PRINCIPAL, 1, avatars=known, videos=dict(self.state.videos)
        )

    def avatar(self, avatar: Avatar) -> str:
        """Return the studio's id of an avatar, which it makes where there is none."""
        for id_, known in self.avatars.items():
            if known == avatar:
                return id_
        self.avatars[f"av{len(self.avatars) + 1}"] = avatar
        return f"av{len(self.avatars)}"

    def chosen(self, template: str, kind: str = "color", value: str = "#CEEEDB") -> str:
        """Return the id of an avatar that a person chooses in the studio."""
        from storyboard.video import BackgroundKind

        return self.avatar(Avatar(template, Background(BackgroundKind(kind), value)))

    def scenes(self, address: str = "tour") -> list[dict[str, Any]]:
        scenes: list[dict[str, Any]] = self.videos[address]["scenes"]
        return scenes

    def says(self, number: int, text: str, address: str = "tour") -> None:
        """Let a person change what a scene says."""
        self.scenes(address)[number]["narration"]["text"] = text

    def remote(self, address: str) -> RemoteVideo:
        body = json.loads(json.dumps(self.videos[address]))
        id_ = f"v-{address}"
        return RemoteVideo(
            id_,
            body["name"],
            body["avatarId"],
            tuple(body["scenes"]),
            VideoStatus.READY,
            f"1_{id_}",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00Z",
        )

    def compared(self) -> tuple[Compilation, Comparison]:
        compilation = self.compiled()
        current = Current(PRINCIPAL, tuple(map(self.remote, self.videos)), self.avatars)
        plan = make_plan(compilation.videos, self.state, current)
        return compilation, Comparison(self.state, current, plan)

    def plan(self) -> Plan:
        return self.compared()[1].plan

    def pull(self, prefer: Prefer | None = None) -> Pull:
        """Pull, write, and see that what was taken is no difference any more."""
        compilation, compared = self.compared()
        pull = pull_compared(self.request, compilation, compared, prefer)
        assert not pull.refusals, [str(each) for each in pull.refusals]
        put_rewrites(self.project.path, pull.rewrites)
        taken = {(f.address, f.item.path) for f in pull.fields if f.end is PullEnd.TAKEN}
        differing = {(c.address, item.path) for c in self.plan().changes for item in c.changes}
        assert not taken & differing, (taken & differing, pull.fields)
        return pull

    def text(self, name: str = "tour.storyboard.yaml") -> str:
        return (self.project.path / name).read_bytes().decode()

    def ends(self, pull: Pull) -> dict[str, str]:
        """Return path → end of what was pulled."""
        return {field.item.path: field.end.value for field in pull.fields}

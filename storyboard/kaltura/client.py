"""The VOD Avatar API as methods that take and give values. Knows no plan and no state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from storyboard.caption_files import Cue
from storyboard.disk.writing import replacing
from storyboard.errors import ApiError, StudioError
from storyboard.kaltura.answers import Answers, Row
from storyboard.kaltura.at_once import some_at_once
from storyboard.kaltura.avatars import Avatars, GuideAvatars, same_id, unless_absent
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.caption_assets import CaptionAssets
from storyboard.kaltura.captions import RemoteCaptions
from storyboard.kaltura.catalog import CatalogAvatars
from storyboard.kaltura.compositions import by_sources
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.fields import MalformedReply, id_of
from storyboard.kaltura.media_entries import MediaEntries
from storyboard.kaltura.mp4 import why_no_film
from storyboard.kaltura.objects import (
    FilmShare,
    Principal,
    RemoteAvatar,
    RemoteCheck,
    RemoteEntry,
    RemoteTemplate,
    RemoteVideo,
)
from storyboard.kaltura.pages import PAGE, Needed, Page, nobody, parse_page, read_pages
from storyboard.kaltura.replies import is_refusal
from storyboard.wire import BURN_CAPTIONS, GUIDE, NEXT, Action, ErrorCode

_NO_VIDEO: Final = "VIDEO_NOT_FOUND"
_MAY_BE_THERE: Final = ErrorCode.OBJECT_NOT_FOUND_OR_STATUS_CHANGED.value
"""What a read says of a video that is not there, and a write also of one that is."""


class StudioClient:
    """Speaks to one studio as one user; `control` is there for a local studio only.

    `profile` is the generation of the API that the studio speaks; the values are the same in all.
    """

    def __init__(
        self,
        calls: Calls,
        *,
        principal: Principal,
        control: ControlPlane | None = None,
        profile: str = GUIDE,
    ) -> None:
        self.principal = principal
        self._calls = calls
        self._entries = MediaEntries(calls)
        self._captions = CaptionAssets(calls)
        self._control = control
        self._profile = profile
        self._is_next = profile == NEXT
        self._avatars: Avatars = CatalogAvatars(calls) if self._is_next else GuideAvatars(calls)

    @property
    def is_local(self) -> bool:
        """Whether the studio takes stand-ins and tells its progress."""
        return self._control is not None

    @property
    def met_local_studio(self) -> bool:
        """Whether what answered until now is a local studio, which may be served for a team."""
        return self._calls.met_local_studio

    def note_in(self, answers: Answers) -> None:
        """Note from here on what the studio is asked, as `Calls.note_in`.

        What a control plane is asked besides cannot be compared.
        """
        self._calls.note_in(answers)
        if self._control is not None:
            answers.asking(is_read=False)

    def unnoted(self) -> StudioClient:
        """Return a client of the same studio, of whose questions nothing is noted."""
        calls = self._calls.unnoted()
        own, profile = self._control, self._profile
        return StudioClient(calls, principal=self.principal, control=own, profile=profile)

    def doubt_answers(self) -> None:
        """Note that what was planned of the answers may not be told again by them alone."""
        self._calls.doubt_answers()

    async def check_answers(self, rows: Sequence[Row], answers: Answers) -> bool:
        """Whether the studio answers each question as a row tells; some are asked at once.

        All of its answers wait in `answers`, so that none has to be asked for again.
        """

        async def is_same(row: Row) -> bool:
            return await self._calls.check_answer(row, answers)

        return all(await some_at_once(rows, is_same))

    async def list_templates(self) -> tuple[RemoteTemplate, ...]:
        """Fetch the presenters that the account may use."""
        return await self._avatars.list_templates()

    async def upsert_avatar(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Make or find the avatar with this template and background."""
        return await self._avatars.upsert(body)

    async def get_avatar(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        return await self._avatars.get(avatar_id)

    async def preview_avatar(self, avatar_id: str) -> bytes:
        """Fetch the PNG of a presenter on its background."""
        return await self._avatars.preview(avatar_id)

    async def add_video(self, body: Mapping[str, Any]) -> RemoteVideo:
        """Create a video, once; raises `UnknownOutcomeError` where it may exist now."""
        return await self._calls.act(Action.VIDEO_ADD, body, RemoteVideo.parse)

    async def get_video(self, video_id: str) -> RemoteVideo | None:
        """Fetch a video; `None` where there is none."""
        return await unless_absent(
            self._act_on(video_id, Action.VIDEO_GET), _NO_VIDEO, _MAY_BE_THERE
        )

    async def list_videos(
        self, order_by: str = "-createdAt", *, needed: Needed = nobody
    ) -> tuple[RemoteVideo, ...]:
        """Fetch all videos of the user, page by page; read anew where they moved meanwhile.

        A video of unknown form is left out; one that is `needed` is an error instead.
        """

        def parse(body: Any) -> Page:
            return parse_page(body, needed)

        async def fetch(offset: int) -> Page:
            body = {"filter": {"orderBy": order_by}, "pager": {"offset": offset, "limit": PAGE}}
            return await self._calls.act(Action.VIDEO_LIST, body, parse)

        return await read_pages(fetch)

    async def update_video(self, video_id: str, fields: Mapping[str, Any]) -> RemoteVideo:
        """Replace the fields given; scenes are replaced as a whole."""
        return await self._act_on(video_id, Action.VIDEO_UPDATE, fields)

    async def delete_video(self, video_id: str) -> None:
        """Delete a video; one that is not there counts as deleted.

        What is no clear answer is believed where the studio says that the video is gone.
        """
        parse = _deleted(video_id)
        call = self._calls.act(Action.VIDEO_DELETE, {"id": video_id}, parse)
        try:
            await unless_absent(call, _NO_VIDEO)
        except StudioError as cause:
            if isinstance(cause, ApiError) and is_refusal(cause):
                raise
            # Garbage in place of an answer: the next look tells more than a second order to
            # delete.
            if not await self._is_gone(video_id):
                raise

    async def generate(self, video_id: str, *, burns_captions: bool = False) -> RemoteVideo:
        """Start the rendering, once; raises `UnknownOutcomeError` where it may have started.

        Only the local studio knows how to burn captions in.
        """
        fields = {BURN_CAPTIONS: True} if burns_captions else {}
        return await self._act_on(video_id, Action.VIDEO_GENERATE, fields)

    async def compose(self, video_id: str, body: Mapping[str, Any]) -> RemoteVideo:
        """Start the composition, once; raises `UnknownOutcomeError` where it may have started."""
        asked = by_sources(body) if self._is_next else body
        return await self._act_on(video_id, Action.VIDEO_COMPOSE, asked)

    async def reset_status(self, video_id: str) -> RemoteVideo:
        """Lead a failed video back to where it can be tried again."""
        return await self._act_on(video_id, Action.VIDEO_RESET_STATUS)

    async def preview_audio(self, video_id: str, scene: int) -> bytes:
        """Fetch the MP3 of a scene's narration; `scene` counts from 0."""
        body = {"id": video_id, "sceneId": scene}
        return await self._calls.act_bytes(Action.VIDEO_PREVIEW_AUDIO, body, "audio/mpeg")

    async def check_configuration(self) -> tuple[RemoteCheck, ...]:
        """Fetch the account's own checks."""
        action = Action.INIT_CONFIGURATION if self._is_next else Action.CHECK_CONFIGURATION
        return await self._calls.act(action, {}, RemoteCheck.parse_all)

    async def get_entry(self, entry_id: str) -> RemoteEntry | None:
        """Fetch a media entry's facts; `None` where there is none."""
        return await self._entries.get(entry_id)

    async def film_dates(self, entry_ids: Sequence[str]) -> dict[str, float]:
        """Fetch entry id → when it was made, in seconds since 1970, where the service tells it."""
        return await self._entries.dates_of(entry_ids)

    async def check_entry(self, entry_id: str) -> bool:
        """Return whether there is an entry of any kind, a document too."""
        return await self._entries.has(entry_id)

    async def list_entry_names(self, entry_ids: Sequence[str]) -> dict[str, str]:
        """Fetch entry id → name, where the service tells it; entries that are gone have none."""
        return await self._entries.names_of(entry_ids)

    async def list_captions(self, entry_ids: Sequence[str]) -> tuple[RemoteCaptions, ...]:
        """Fetch the captions that entries have, without their texts."""
        return await self._captions.assets_of(entry_ids)

    async def get_captions(self, captions: RemoteCaptions) -> tuple[Cue, ...]:
        """Fetch the cues of captions, without markup."""
        return await self._captions.cues_of(captions)

    async def download_film(
        self,
        entry_id: str,
        path: Path,
        *,
        look: Callable[[Path, float], str | None] = lambda path, seconds: None,
        on_bytes: Callable[[int, int | None], None] = lambda done, total: None,
        inside: Path | None = None,
    ) -> None:
        """Save a film under `path`: whole, and proved to be one, or not at all.

        `look` gets the file and its seconds by the studio's word, 0 for unknown, and says why it
        is no film, as `why_no_film` does before it.

        No link leads it out of `inside`, which is the file's own folder where nothing is said.
        Raises `OSError` too, and `FileRefused`.
        """
        entry = await self.get_entry(entry_id)
        if entry is None or entry.download_url is None:
            raise StudioError(f"entry '{entry_id}' has nothing to download")
        with replacing(path, inside=inside or path.parent) as part:

            def fault() -> str | None:
                return why_no_film(part) or look(part, entry.duration)

            await self._calls.download(entry.download_url, part, on_bytes, fault=fault)

    async def put_media(self, entry_id: str, path: Path, name: str) -> None:
        """Put a stand-in under an entry id of our choice; local studio only."""
        if self._control is None:
            raise StudioError("only the local studio takes stand-ins for entries")
        await self._control.put_media(entry_id, path, name)

    async def put_captions(self, entry_id: str, path: Path, name: str) -> None:
        """Give an entry its captions, in place of those put before; local studio only."""
        if self._control is None:
            raise StudioError("only the local studio takes captions for entries")
        await self._control.put_captions(entry_id, path, name)

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex) of the local studio's media; empty for a remote one."""
        return {} if self._control is None else await self._control.list_media()

    async def film_progress(self, video_ids: Sequence[str]) -> dict[str, FilmShare]:
        """Fetch video id → how far its film is, where the studio tells it."""
        shares = {} if self._control is None else await self._control.film_progress()
        return {key: shares[key] for key in video_ids if key in shares}

    async def failure_reason(self, video: RemoteVideo) -> str | None:
        """Return why a video failed, if the studio tells it: Kaltura never does.

        A local studio tells each user of it, and who has its control plane all that it knows.
        """
        if self._control is None:
            return video.reason or None
        return await self._control.failure_reason(video.id)

    async def _is_gone(self, video_id: str) -> bool:
        """Whether the studio says that there is no such video; no answer says nothing."""
        try:
            return await self.get_video(video_id) is None
        except StudioError:
            return False

    async def _act_on(
        self, video_id: str, action: Action, fields: Mapping[str, Any] | None = None
    ) -> RemoteVideo:
        """Do something to one video; an answer about another one is none."""
        body = {"id": video_id, **(fields or {})}
        return await self._calls.act(action, body, same_id(video_id, RemoteVideo.parse))


def _deleted(wanted: str) -> Callable[[Any], None]:
    """Return a parser of what may stand for a deletion: nothing, or the object that is gone."""

    def checked(body: Any) -> None:
        is_it = isinstance(body, dict) and "id" in body and id_of(body) == wanted
        if body is not None and not is_it:
            raise MalformedReply("the reply does not say that it was deleted")

    return checked

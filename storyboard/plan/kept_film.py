"""Whether a film stays the published one though the studio shows its video without it. Pure.

An edit of the scenes of a ready video ends that status, and with it what the studio shows of the
film (guide §3). Edited back, the video is as the files say and so is the film, whose entry is still
there: another one would cost money and minutes, and have another entry. So is it where somebody has
the video filmed in the studio then: that film has the settings of the studio, and not the files'.
"""

from __future__ import annotations

from storyboard.kaltura.objects import RemoteVideo
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import VideoRecord
from storyboard.wire import PROCESSING, VideoStatus


def has_film(record: VideoRecord | None, fingerprint: str) -> bool:
    """Whether the published film is the wanted one."""
    film = None if record is None else record.film
    return film is not None and is_same_film(film.fingerprint, fingerprint)


def is_kept(record: VideoRecord | None, live: RemoteVideo | None, fingerprint: str) -> bool:
    """Whether the published film is the wanted one, and the studio shows none or another one."""
    if record is None or live is None or not has_film(record, fingerprint):
        return False
    # Beside a successor, the film is the published object's, which nobody edits.
    if record.successor is not None or record.current.id != live.id:
        return False
    shows_none = live.status is not VideoStatus.READY and live.status not in PROCESSING
    return shows_none or other_film(record, live) is not None


def other_film(record: VideoRecord, live: RemoteVideo) -> str | None:
    """Return the entry of the film that the studio shows, if it is none of ours."""
    known = {None, *(film.entry_id for film in record.films)}
    is_other = live.status is VideoStatus.READY and live.entry_id not in known
    return live.entry_id if is_other else None

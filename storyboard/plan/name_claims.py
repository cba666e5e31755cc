"""Whose each video of a studio is where names are keys: by its name alone, or by a mark. Pure.

Of several with one name, a film of the wanted scenes decides, then the oldest; so whoever looks
chooses the same, and two runners that add at once end with one video.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.nonce_mark import marked_name, nonce_of, title_of
from storyboard.plan.recognized import recognize
from storyboard.state.model import VideoRecord
from storyboard.texts import name_key
from storyboard.video import Address, Avatar, Video
from storyboard.wire import VideoStatus

_Avatars = Mapping[str, Avatar]


@dataclass(frozen=True, slots=True)
class Claim:
    """The objects of one desired video: `current`, and a `successor` that a run had begun."""

    current: RemoteVideo
    successor: RemoteVideo | None = None

    @property
    def written(self) -> RemoteVideo:
        """The object that edits go to."""
        return self.successor or self.current

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all its objects."""
        return frozenset(each.id for each in (self.current, self.successor) if each is not None)


@dataclass(frozen=True, slots=True)
class Claims:
    """What was found of each desired video, what an interrupted run left of it, and the rest.

    `leftovers` are marked videos; `spare` have the name of a video that another one was taken for,
    `strangers` a name that no desired video has. `renamed` maps addresses of which nothing was
    found to the one stranger that says the same.
    """

    found: Mapping[Address, Claim] = field(default_factory=dict)
    leftovers: Mapping[Address, RemoteVideo] = field(default_factory=dict)
    spare: tuple[RemoteVideo, ...] = ()
    strangers: tuple[RemoteVideo, ...] = ()
    renamed: Mapping[Address, RemoteVideo] = field(default_factory=dict)


def claim_videos(
    desired: Sequence[Video],
    videos: Iterable[RemoteVideo],
    avatars: _Avatars,
    cached: Mapping[Address, VideoRecord],
) -> Claims:
    """Give each desired video what the studio has of its name, or, failing that, its cached id.

    A held video may still have its source's name, so it takes only what no other one wants.
    """
    plain: dict[str, list[RemoteVideo]] = {}
    marked: list[RemoteVideo] = []
    for each in sorted(videos, key=_age):
        is_marked = nonce_of(each.name) is not None
        (marked if is_marked else plain.setdefault(name_key(each.name), [])).append(each)
    found: dict[Address, Claim] = {}
    spare: list[RemoteVideo] = []
    # `sorted` keeps the order of the files otherwise, so that every runner takes the same.
    for video in sorted(desired, key=lambda video: bool(video.holds)):
        group = plain.pop(name_key(video.name), [])
        if group:
            claim = found[video.address] = choose(video, group, avatars)
            spare += [each for each in group if each.id not in claim.ids]
    others = {each.id: each for group in plain.values() for each in group}
    for video in desired:
        record = cached.get(video.address)
        if record is not None and record.current.id in others and video.address not in found:
            found[video.address] = Claim(others.pop(record.current.id))
    leftovers = dict(_leftovers(desired, found, marked, avatars))
    left = {each.id for each in leftovers.values()}
    missing = [v for v in desired if v.address not in found and v.address not in leftovers]
    return Claims(
        found,
        leftovers,
        tuple(spare),
        (*others.values(), *(each for each in marked if each.id not in left)),
        dict(_renamed([v for v in missing if not v.holds], tuple(others.values()))),
    )


def choose(video: Video, group: Sequence[RemoteVideo], avatars: _Avatars) -> Claim:
    """Return which of the videos of one name is the desired one; `group` is not empty.

    A published one of other scenes stays what it is while one of the wanted scenes comes to its
    film: a studio that lets no ready video be edited has one replaced so. Of a protected video,
    nothing is replaced unasked.
    """
    oldest = sorted(group, key=_age)
    if len(oldest) == 1:
        return Claim(oldest[0])
    wanted = [each for each in oldest if shows_wanted(video, each, avatars)]
    filmed = [each for each in wanted if each.status is VideoStatus.READY]
    making = [each for each in wanted if each.status is VideoStatus.GENERATING]
    if filmed:
        return Claim(filmed[0])
    ids = {each.id for each in wanted}
    published = [e for e in oldest if e.status is VideoStatus.READY and e.id not in ids]
    if wanted and published and not video.protect:
        return Claim(published[0], (making or wanted)[0])
    return Claim((making or oldest)[0])


def shows_wanted(video: Video, remote: RemoteVideo, avatars: _Avatars) -> bool:
    """Whether a studio's video shows what is wanted, whatever its name is."""
    named = replace(remote, name=video.name)
    return bool(recognize(video, named, avatars, {}).written.applied)


def marked_title(name: str) -> str:
    """Return what is left of a name that is sent with a mark, as a key."""
    return name_key(title_of(marked_name(name, "0" * 16)))


def may_be_marked(remote: RemoteVideo, name: str) -> bool:
    """Whether a name was sent with the mark that a studio's video has; it may have been cut."""
    is_marked = nonce_of(remote.name) is not None
    return is_marked and marked_title(name).startswith(name_key(title_of(remote.name)))


def _leftovers(
    desired: Sequence[Video],
    found: Mapping[Address, Claim],
    marked: Sequence[RemoteVideo],
    avatars: _Avatars,
) -> Iterator[tuple[Address, RemoteVideo]]:
    """Yield what interrupted adds left: of a video that is missing, or of a successor of one.

    The mark leaves little room for the title, so several names may begin with it: then the scenes
    decide, and where they do not, it is left alone.
    """
    titled: dict[str, list[Video]] = {}
    for video in desired if marked else ():
        if not video.holds:
            titled.setdefault(marked_title(video.name), []).append(video)
    taken: set[Address] = set()
    for each in marked:
        title = name_key(title_of(each.name))
        likely = titled.get(title) or [
            video for told, of in titled.items() if told.startswith(title) for video in of
        ]
        free = [v for v in likely if v.address not in taken and _may_take(v, found, each, avatars)]
        if len(likely) > 1:
            free = [video for video in free if shows_wanted(video, each, avatars)]
        if len(free) == 1:
            taken.add(free[0].address)
            yield free[0].address, each


def _may_take(
    video: Video, found: Mapping[Address, Claim], left: RemoteVideo, avatars: _Avatars
) -> bool:
    """Whether a marked video is of use: nothing of the name is there, or what is cannot be edited.

    The latter shows by what is marked: it has the wanted scenes, and the published one has others.
    """
    claim = found.get(video.address)
    if claim is None:
        return True
    replaces = claim.successor is None and claim.current.status is VideoStatus.READY
    return (
        replaces
        and not video.protect
        and not shows_wanted(video, claim.current, avatars)
        and shows_wanted(video, left, avatars)
    )


def _renamed(
    missing: Sequence[Video], others: Sequence[RemoteVideo]
) -> Iterator[tuple[Address, RemoteVideo]]:
    """Pair what is missing with the video of another name that says the same, if there is one."""
    saying: dict[tuple[str, ...], list[RemoteVideo]] = {}
    for each in others if missing else ():
        spoken = (scene.get("narration") for scene in each.scenes)
        texts = (s.get("text") if isinstance(s, dict) else None for s in spoken)
        saying.setdefault(tuple(name_key(str(t or "")) for t in texts), []).append(each)
    for video in missing:
        words = tuple(name_key(scene.narration or "") for scene in video.scenes)
        same = saying.get(words, []) if words else []
        if len(same) == 1:
            yield video.address, same[0]


def _age(video: RemoteVideo) -> tuple[str, str]:
    # The id parts what was made in one second: whoever looks has to choose the same.
    return (video.created_at, video.id)

"""Whether files plan empty against the videos that they were made of: compiled and compared.

What no file can say exactly is found here, whatever the reason, by the code that will judge it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.checks.studio_facts import StudioFacts
from storyboard.codes import CODES
from storyboard.compiler import Compilation, compile_project
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.diff import compare_videos
from storyboard.plan.recognized import recognize
from storyboard.plan.shown import ShownVideo, remote_shown
from storyboard.source.diagnostic import Diagnostic, Severity
from storyboard.source.files import Files
from storyboard.state.model import VideoRecord
from storyboard.video import Address, Avatar, Video


@dataclass(frozen=True, slots=True)
class Verdict:
    """What files are worth: the record of each video that they make, exactly or not.

    `faults` has the reasons by file, for what cannot be as it is. `lowerable` are the codes of
    errors that a project may lower, in files that have no others: its studio made such videos.
    `misfits` are the addresses of videos that the files do not say exactly.
    """

    records: Mapping[Address, VideoRecord]
    faults: Mapping[str, tuple[str, ...]]
    lowerable: frozenset[str]
    misfits: frozenset[Address]


def judge(
    files: Files,
    videos: Mapping[Address, RemoteVideo],
    avatars: Mapping[str, Avatar],
    environment: str,
) -> Verdict:
    """Compile files, and compare what comes of it with the videos of their addresses.

    A studio that tells of words and of titles is a local one, which is told of them again.
    """
    shown = {address: remote_shown(remote, avatars) for address, remote in videos.items()}
    is_shared = any(
        scene.said or scene.title or scene.locale
        for each in shown.values()
        for scene in each.scenes
    )
    studio = StudioFacts(is_shared=is_shared)
    compiled = compile_project(files, environment=environment, studio=studio)
    errors = errors_of(compiled)
    faults = {
        file: tuple(dict.fromkeys(e.message for e in found)) for file, found in errors.items()
    }
    lowerable = set[str]()
    for file, found in errors.items():
        codes = {error.code for error in found}
        if all(CODES[code].can_change for code in codes):
            lowerable |= codes
            del faults[file]
    records: dict[Address, VideoRecord] = {}
    misfits = set[Address]()
    for video in compiled.videos:
        record = recognize(video, videos[video.address], avatars, {})
        reasons = tuple(_reasons(video, shown[video.address], record))
        if reasons:
            misfits.add(video.address)
            faults[video.span.file] = (*faults.get(video.span.file, ()), *reasons)
        records[video.address] = record
    return Verdict(records, faults, frozenset(lowerable), frozenset(misfits))


def errors_of(compiled: Compilation) -> Mapping[str, list[Diagnostic]]:
    """Return the errors by file; those of no file by an empty name."""
    errors: dict[str, list[Diagnostic]] = {}
    for finding in compiled.report.diagnostics:
        if finding.severity is Severity.ERROR:
            file = "" if finding.span is None else finding.span.file
            errors.setdefault(file, []).append(finding)
    return errors


def _reasons(video: Video, shown: ShownVideo, record: VideoRecord) -> list[str]:
    """Return what a plan would show."""
    changes = compare_videos(video, shown, record.current)
    held = [hold.reason for hold in video.holds]
    return [*held, *(f"no file can say '{change.path}' as it is" for change in changes)]

"""What the documents leave open, as switches: each with its default and where that comes from.

Data only; what is chosen of them is in `contract`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.wire import GUIDE, MAX_SCENES, MAX_SOURCES, NEXT


class Certainty(Enum):
    """How well a behavior is known."""

    DOCUMENTED = "documented"
    OBSERVED = "observed"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Switch:
    """One open behavior; `values` in the order of preference, the default first."""

    name: str
    values: tuple[str, ...]
    certainty: Certainty
    source: str
    meaning: str

    @property
    def default(self) -> str:
        """Return the value that holds unless told otherwise."""
        return self.values[0]


TRUE, _FALSE = "true", "false"

SWITCHES: Final[tuple[Switch, ...]] = (
    Switch(
        "actions",
        (GUIDE, NEXT),
        Certainty.DOCUMENTED,
        "guide §5 to §9; the newest public revision moves avatars to a catalog of their own, "
        "composes from sources, and shows slides",
        "which actions, fields and error codes there are",
    ),
    Switch(
        "ready_videos_editable",
        (TRUE, _FALSE),
        Certainty.DOCUMENTED,
        "guide §6 locks scenes in composing and generating only; a later revision names draft and "
        "composed as the only editable ones",
        "whether scenes and avatar of a ready video can be changed",
    ),
    Switch(
        "failed_videos_editable",
        (TRUE, _FALSE),
        Certainty.DOCUMENTED,
        "guide §6 locks scenes in composing and generating only; a later revision names draft and "
        "composed as the only editable ones",
        "whether scenes and avatar can be changed in compose-error and generate-error, before a "
        "reset",
    ),
    Switch(
        "ready_edit_refusal",
        ("VIDEO_IS_PROCESSING", "INVALID_STATUS_TRANSITION"),
        Certainty.INFERRED,
        "guide §12: the code for scenes that cannot be modified",
        "the code that an edit of a ready or failed video gets where it is refused",
    ),
    Switch(
        "ready_edit_status",
        ("editable", "ready"),
        Certainty.INFERRED,
        "guide §9 generates from draft and composed only, so an edited video has to go back there",
        "the status after an edit of a ready video: composed (if it ever was) or draft; or ready",
    ),
    Switch(
        "generate_from_ready",
        (_FALSE, TRUE),
        Certainty.DOCUMENTED,
        "guide §9 and §12: draft or composed",
        "whether a ready video can be generated again as it is",
    ),
    Switch(
        "entry_id_while_generating",
        ("ready", "kept", "early"),
        Certainty.DOCUMENTED,
        "guide §6: populated only when status is ready; a later revision keeps it until the next "
        "film, and another sees it as soon as the parts of a film are joined",
        "when entryId is shown: while the video is ready; from its first film on; or while a film "
        "is made too, as that of the coming one",
    ),
    Switch(
        "generations_at_once",
        ("any", "one"),
        Certainty.DOCUMENTED,
        "guide §12 refuses a second film of the same video only; the newest revision refuses one "
        "while another video is generated",
        "how many videos of a user may be generated at once; a second one gets "
        "VIDEO_GENERATION_ALREADY_IN_PROGRESS",
    ),
    Switch(
        "most_scenes",
        (str(MAX_SCENES), "200"),
        Certainty.DOCUMENTED,
        "guide §11 limits scenes to 20; later revisions say that of the widget and of compositions "
        "only, and name no other limit",
        "how many scenes a video may have",
    ),
    Switch(
        "delete_while_processing",
        (TRUE, _FALSE),
        Certainty.UNKNOWN,
        "the guide names no status in which delete is refused",
        "whether a composing or generating video can be deleted, which cancels its work",
    ),
    Switch(
        "avatar_required_on_add",
        (TRUE, _FALSE),
        Certainty.DOCUMENTED,
        "guide §6 requires avatarId; §12 knows videos without one",
        "whether video/add refuses a video without avatarId",
    ),
    Switch(
        "deleted_answer",
        ("null", "empty"),
        Certainty.UNKNOWN,
        "the guide shows no reply of video/delete; the API server writes null where an action has "
        "nothing to return",
        "what video/delete answers: the JSON value null, or no body at all",
    ),
    Switch(
        "color_case",
        ("same", "differs"),
        Certainty.INFERRED,
        "guide §5: avatar/upsert is idempotent by template and background, and a color is one in "
        "either case",
        "whether #ceeedb and #CEEEDB are one background, which keeps the case that it had first",
    ),
    Switch(
        "unknown_background_entry",
        ("accept", "refuse"),
        Certainty.INFERRED,
        "guide §12 has BACKGROUND_NOT_FOUND for library backgrounds alone",
        "what avatar/upsert does with an entry that does not exist (yet): make the avatar, whose "
        "preview and films fail until it does, or answer BACKGROUND_NOT_FOUND",
    ),
    Switch(
        "scene_avatars",
        ("refuse", "enough"),
        Certainty.INFERRED,
        "guide §12: VIDEO_AVATAR_NOT_CONFIGURED where the video has no avatar set; §6 calls a "
        "scene's avatar an override",
        "whether a video without avatar can be generated if each of its scenes has one",
    ),
    Switch(
        "equal_sources",
        ("once", "each"),
        Certainty.INFERRED,
        f"guide §7 limits the entries to {MAX_SOURCES}; a later revision counts distinct entries "
        "of b-roll",
        "how equal entryIds of video/compose count towards that limit: once, or each",
    ),
    Switch(
        "null_in_requests",
        ("nothing",),
        Certainty.INFERRED,
        "guide §6: avatarId, narration and broll may be missing, and entryId and composeParams "
        "are null in replies",
        "null for avatarId of video/update, for narration and broll of a scene and for avatarId "
        "of a narration means none, and is shown as it was sent; elsewhere it is refused",
    ),
    Switch(
        "order_of_refusals",
        ("session-action-fields-video-status-rest",),
        Certainty.INFERRED,
        "guide §4, §6 and §12 name the refusals, and no order",
        "which refusal is told where there are several: the session's first, then those of action, "
        "fields, video and status, then what the action looks at",
    ),
    Switch(
        "empty_narration",
        ("accept", "refuse"),
        Certainty.DOCUMENTED,
        "guide §6 asks nothing of a scene's text, and §12 has SCENE_EMPTY_NARRATION for a preview; "
        "a later revision takes none that is empty, and scenes without narration",
        "whether a scene may have a narration without text, or its text has a character at least",
    ),
    Switch(
        "unknown_fields",
        ("refuse", "ignore"),
        Certainty.INFERRED,
        "sibling services answer 'property X should not exist'",
        "what happens to fields that the guide does not know",
    ),
    Switch(
        "validation_status",
        ("200", "400"),
        Certainty.UNKNOWN,
        "a later revision says always 200; sibling services send 400",
        "the HTTP status of a validation error",
    ),
    Switch(
        "authentication_status",
        ("200", "401"),
        Certainty.UNKNOWN,
        "a later revision says always 200",
        "the HTTP status where the session is missing or refused",
    ),
    Switch(
        "expired_ks_code",
        ("EXPIRED_KS", "INVALID_KS"),
        Certainty.INFERRED,
        "the guide's family names EXPIRED_KS; the API server itself sends INVALID_KS",
        "the code of an expired session on the avatar API (the v3 services send INVALID_KS)",
    ),
    Switch(
        "default_page",
        ("30", "10", "500"),
        Certainty.UNKNOWN,
        "the guide gives pager.limit no default; the API server lists 30 at a time",
        "how many videos video/list returns where no limit is given",
    ),
    Switch(
        "largest_page",
        ("500", "100", "10"),
        Certainty.UNKNOWN,
        "the guide gives pager.limit no maximum; the API server lists 500 at a time at most",
        "how many videos video/list returns at most, whatever the limit; totalCount tells of more",
    ),
    Switch(
        "too_many_sources",
        ("generate-error", "refuse"),
        Certainty.OBSERVED,
        "a later revision lists it among the causes of generate-error",
        "what more than 5 distinct b-roll entries do: fail the generation, or refuse to start it",
    ),
    Switch(
        "broll_overrun",
        ("fail", "hold-last-frame", "loop"),
        Certainty.OBSERVED,
        "a later revision lists it among the causes of generate-error; the vendor's help pages say "
        "that a clip shorter than its narration loops",
        "what a narration that outlasts its clip does: fail the generation, leave the last picture "
        "on screen, or have the clip begin again at its start time",
    ),
    Switch(
        "broll_frame_rates",
        ("25,30", "any"),
        Certainty.OBSERVED,
        "a later revision lists other rates among the causes of generate-error",
        "the b-roll frame rates that can be filmed",
    ),
)

"""The statements on avatars, videos, entries and captions, by name."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    ClauseElement,
    ColumnElement,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy import update as updated

from storyboard.studio.records.sql.tables import AVATARS, CAPTIONS, ENTRIES, VIDEOS
from storyboard.studio.records.sql.words import (
    EMPTY,
    ONE,
    ZERO,
    added,
    added_below,
    age_of,
    columns_of,
    count_of,
    given,
    has_id,
    instr,
    is_owners,
    items_of,
    later,
    newest,
)
from storyboard.studio.records.videos import CHANGED

_ENTRY: Final = tuple(column.name for column in ENTRIES.c if column.name != "seq")
_LISTED: Final = (
    "id", "entry_id", "language", "label", "format", "is_default", "size", "created_at",
)  # fmt: skip
"""All of them stand in an index too, so that a list of captions reads no page of a text."""


def _avatars() -> Mapping[str, ClauseElement]:
    all_of, part = select(*columns_of(AVATARS)), bindparam("part", type_=Text())
    of_template = all_of.where(
        is_owners(AVATARS), AVATARS.c.template_id == given(AVATARS, "template_id")
    )
    background = given(AVATARS, "background")
    return {
        "avatars.add": added(
            AVATARS,
            *("id", "partner_id", "user_id", "template_id", "background", "name", "tags"),
            *("created_at", "updated_at"),
        ),
        "avatars.change": updated(AVATARS)
        .where(has_id(AVATARS))
        .values(
            name=given(AVATARS, "name"),
            background=background,
            updated_at=given(AVATARS, "now", "updated_at"),
        ),
        "avatars.delete": delete(AVATARS).where(has_id(AVATARS)),
        "avatars.find_same": of_template.where(AVATARS.c.background == background)
        .order_by(AVATARS.c.seq)
        .limit(ONE)
        .offset(ZERO),
        "avatars.page": all_of.where(_is_chosen())
        .order_by(AVATARS.c.seq.desc())
        .limit(bindparam("limit"))
        .offset(bindparam("offset")),
        "avatars.count_chosen": count_of(AVATARS).where(_is_chosen()),
        "avatars.find_in_any_case": of_template.where(
            func.lower(AVATARS.c.background) == func.lower(background)
        )
        .order_by(AVATARS.c.seq)
        .limit(ONE)
        .offset(ZERO),
        "avatars.find": all_of.where(has_id(AVATARS)),
        "avatars.count": count_of(AVATARS),
        "avatars.count_of_user": count_of(AVATARS).where(is_owners(AVATARS)),
        "avatars.latest": all_of.order_by(*newest(AVATARS)).limit(bindparam("limit")).offset(ZERO),
        "avatars.find_before": select(ONE.label("found"))
        .where(instr(AVATARS.c.background, part) > ZERO)
        .limit(ONE)
        .offset(ZERO),
    }


def _is_chosen() -> ColumnElement[bool]:
    """Return whether an avatar is the user's, of the given ids, and has one of the given tags."""
    ids, tags = (select(items_of(bindparam(name, type_=Text()))) for name in ("ids", "tags"))
    tag = items_of(AVATARS.c.tags)
    has_tag = select(ONE).where(tag.in_(tags)).correlate(AVATARS).exists()
    return and_(
        is_owners(AVATARS),
        or_(bindparam("any_id", type_=Boolean()), AVATARS.c.id.in_(ids)),
        or_(bindparam("any_tag", type_=Boolean()), has_tag),
    )


def _videos() -> Mapping[str, ClauseElement]:
    names = ("id", "partner_id", "user_id", "name", "avatar_id", "scenes", "status")
    all_of, of_user = columns_of(VIDEOS), count_of(VIDEOS).where(is_owners(VIDEOS))
    made: dict[str, ClauseElement] = {
        "videos.add": added_below(of_user, VIDEOS, *names, "created_at", "updated_at").returning(
            *all_of
        ),
        "videos.find": select(*all_of).where(has_id(VIDEOS)),
        "videos.find_in": select(VIDEOS.c.id)
        .where(is_owners(VIDEOS), VIDEOS.c.status == given(VIDEOS, "status"))
        .limit(ONE)
        .offset(ZERO),
        "videos.find_some": select(*all_of).where(
            VIDEOS.c.id.in_(select(items_of(bindparam("ids", type_=Text()))))
        ),
        "videos.count": count_of(VIDEOS),
        "videos.count_of_user": of_user,
        "videos.latest": select(VIDEOS.c.id)
        .order_by(VIDEOS.c.updated_at.desc(), VIDEOS.c.seq.desc())
        .limit(bindparam("limit"))
        .offset(ZERO),
        "videos.delete": delete(VIDEOS).where(has_id(VIDEOS)),
        "videos.change": updated(VIDEOS)
        .where(has_id(VIDEOS))
        .values(
            updated_at=later(VIDEOS.c.updated_at, given(VIDEOS, "now", "updated_at")),
            **{name: _changed(name) for name in CHANGED},
        )
        .returning(*all_of),
    }
    for column, falls in product(("created_at", "updated_at"), (True, False)):
        keys = (VIDEOS.c[column], VIDEOS.c.seq)
        made[f"videos.ids_by_{column}{'_falling' if falls else ''}"] = (
            select(VIDEOS.c.id)
            .where(is_owners(VIDEOS))
            .order_by(*(key.desc() if falls else key.asc() for key in keys))
            .limit(bindparam("limit"))
            .offset(bindparam("offset"))
        )
    return made


def _changed(name: str) -> Any:
    """Return what a column becomes: one statement serves for any number of them."""
    is_set = bindparam(f"sets_{name}", type_=Boolean())
    return case((is_set, given(VIDEOS, name)), else_=VIDEOS.c[name])


def _entries() -> Mapping[str, ClauseElement]:
    all_of, has_content = select(*columns_of(ENTRIES)), ENTRIES.c.blob != EMPTY
    is_upload = and_(ENTRIES.c.video_id.is_(None), has_content)
    put = added(ENTRIES, *_ENTRY)
    stays = ("id", "partner_id", "user_id", "created_at")
    made: dict[str, ClauseElement] = {
        "entries.put": put.on_conflict_do_update(
            index_elements=["id"],
            set_={name: put.excluded[name] for name in _ENTRY if name not in stays},
        ),
        "entries.find": all_of.where(has_id(ENTRIES)),
        "entries.count_of_user": count_of(ENTRIES).where(is_owners(ENTRIES)),
        "entries.count_uploads": count_of(ENTRIES).where(is_upload),
        "entries.latest_uploads": all_of.where(is_upload)
        .order_by(*newest(ENTRIES))
        .limit(bindparam("limit"))
        .offset(ZERO),
        "entries.ids_with_content": select(ENTRIES.c.id).where(has_content),
        "entries.blobs": select(ENTRIES.c.blob).distinct(),
        "entries.find_with_blob": select(ONE.label("found"))
        .where(ENTRIES.c.blob == given(ENTRIES, "blob"))
        .limit(ONE)
        .offset(ZERO),
        "entries.find_film": select(ONE.label("found")).where(
            has_id(ENTRIES), ENTRIES.c.video_id.is_not(None)
        ),
        "entries.rename": updated(ENTRIES)
        .where(has_id(ENTRIES))
        .values(name=given(ENTRIES, "name"), updated_at=given(ENTRIES, "now", "updated_at")),
        "entries.delete": delete(ENTRIES).where(has_id(ENTRIES)),
        "entries.bytes_of_uploads": _bytes_of_uploads(),
        "entries.bytes_of_users_uploads": _bytes_of_uploads().where(is_owners(ENTRIES)),
    }
    among = ENTRIES.c.id.in_(select(items_of(bindparam("ids", type_=Text()))))
    equal = {name: ENTRIES.c[name] == given(ENTRIES, name) for name in ("id", "user_id")}
    tests = {"ids": among, **equal}
    for wanted in ((), ("id",), ("ids",), ("user_id",), ("id", "user_id"), ("ids", "user_id")):
        where = (tests[name] for name in wanted)
        made[".".join(("entries.all", *wanted))] = all_of.where(*where).order_by(*newest(ENTRIES))
    return made


def _bytes_of_uploads() -> Any:
    total = func.coalesce(func.sum(ENTRIES.c.size), ZERO).label("bytes")
    return select(total).where(ENTRIES.c.video_id.is_(None))


def _captions() -> Mapping[str, ClauseElement]:
    listed = select(*(CAPTIONS.c[name] for name in _LISTED))
    of_entry = CAPTIONS.c.entry_id == given(CAPTIONS, "entry_id")
    uploads = select(ENTRIES.c.id).where(is_owners(ENTRIES), ENTRIES.c.video_id.is_(None))
    return {
        "captions.add": added(CAPTIONS, *_LISTED, "content"),
        "captions.set_content": updated(CAPTIONS)
        .where(has_id(CAPTIONS))
        .values({name: given(CAPTIONS, name) for name in ("content", "format", "size")}),
        "captions.find": listed.where(has_id(CAPTIONS)),
        "captions.content": select(CAPTIONS.c.content).where(has_id(CAPTIONS)),
        "captions.of_entry": listed.where(of_entry).order_by(
            CAPTIONS.c.created_at, age_of(CAPTIONS)
        ),
        "captions.set_default": updated(CAPTIONS)
        .where(of_entry)
        .values(is_default=case((has_id(CAPTIONS), ONE), else_=ZERO)),
        "captions.delete": delete(CAPTIONS).where(has_id(CAPTIONS)),
        "captions.delete_of_entry": delete(CAPTIONS).where(of_entry),
        "captions.count_of_users_uploads": count_of(CAPTIONS).where(
            CAPTIONS.c.entry_id.in_(uploads)
        ),
    }


STATEMENTS: Final[Mapping[str, ClauseElement]] = {
    **_avatars(),
    **_videos(),
    **_entries(),
    **_captions(),
}

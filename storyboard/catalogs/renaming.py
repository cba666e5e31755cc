"""Which token of an entry got another name: for `locale sync`, and for what it has yet to do."""

from __future__ import annotations

from dataclasses import replace

from storyboard.catalogs.entry import Entry
from storyboard.catalogs.tokens import renamed_token, with_token
from storyboard.texts import same_text


def with_renamed_token(known: Entry, msgid: str) -> Entry:
    """Return the entry as it were if one token had always been called as in `msgid`."""
    names = renamed_token(known.source, msgid)
    if names is None:
        return known
    translation = with_token(known.translation, *names)
    previous = None if known.previous is None else with_token(known.previous, *names)
    source = with_token(known.source, *names)
    return replace(known, source=source, translation=translation, previous=previous)


def is_only_renamed(known: Entry, msgid: str) -> bool:
    """Whether a token's name is all that `msgid` has changed of the entry's source."""
    if same_text(known.source, msgid):
        return False
    return same_text(with_renamed_token(known, msgid).source, msgid)


def with_words_of(known: Entry, msgid: str) -> Entry:
    """Return the entry as if it were made from the words of `msgid`, and its tokens' old names.

    Only a sync gives a token its new name in a translation too.
    """
    names = renamed_token(known.source, msgid)
    if names is None:
        return replace(known, source=msgid)
    old, new = names
    return replace(known, source=with_token(msgid, new, old))

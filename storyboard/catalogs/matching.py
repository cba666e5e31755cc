"""Which entry of an old catalog each text goes on with: by its key, else by the very same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storyboard.catalogs.entry import Entry
from storyboard.texts import normal_text, same_text


@dataclass(frozen=True, slots=True)
class Matches:
    """The old entry of each text that has one, under the context of the text; and what is left.

    An entry serves one text. One that was retired comes back without its layout, which comments it
    out. `left` are those that serve none and hold a translator's work.
    """

    found: Mapping[str, Entry]
    left: tuple[Entry, ...]


def match_entries(
    texts: Mapping[str, str], current: Sequence[Entry], retired: Sequence[Entry]
) -> Matches:
    """Match texts (context → what a translator sees) with entries.

    First come a text's own entries that were made for it, then entries of other contexts that were
    made for the very same words and serve nothing else, then a text's own entry for other words.
    So a new item in front of a loop whose ids count takes no translation from its neighbor, and a
    renamed scene keeps its own.
    """
    work = _Matching((*current, *retired), frozenset(map(id, retired)))
    for context, text in texts.items():
        # In this order, which the docstring above tells: with the last step first, a loop whose
        # ids count would give each item the translation of the one before it.
        work.settle(context, (e for e in work.own[context] if e.translation and is_for(e, text)))
    by_text = work.by_text()
    for context, text in texts.items():
        work.settle(context, by_text[normal_text(text)])
    for context in texts:
        work.settle(context, sorted(work.own[context], key=lambda entry: not entry.translation))
    for context in texts:
        work.gather_notes(context)
    return Matches(work.found, tuple(work.left()))


def is_for(entry: Entry, text: str) -> bool:
    """Tell whether the translation was made for these words, or waits to be made for them."""
    seen = entry.previous if entry.stale and entry.previous is not None else None
    return same_text(entry.source, text) or (seen is not None and same_text(seen, text))


@dataclass(slots=True)
class _Matching:
    """The entries, and what became of each so far."""

    entries: tuple[Entry, ...]
    retired: frozenset[int]
    """The ids of those that a tool may have laid out as comments."""
    own: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    found: dict[str, Entry] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self.own[entry.context].append(entry)

    def settle(self, context: str, candidates: Iterator[Entry] | Sequence[Entry]) -> None:
        """Let a text that has no entry yet go on with the first candidate that is free."""
        if context in self.found:
            return
        for entry in candidates:
            if id(entry) not in self.taken:
                self.taken.add(id(entry))
                is_back = id(entry) in self.retired
                # A retired entry lies there as comments: kept so, it would be back and not be
                # read.
                self.found[context] = replace(entry, layout=None) if is_back else entry
                return

    def by_text(self) -> Mapping[str, list[Entry]]:
        """Return the free translated entries by the words that they were made for."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.translation and id(entry) not in self.taken:
                made_for = entry.previous if entry.stale else None
                for text in dict.fromkeys((entry.source, made_for or entry.source)):
                    found[normal_text(text)].append(entry)
        return found

    def gather_notes(self, context: str) -> None:
        """Give a text the notes that stand at an empty entry of its own."""
        for entry in self.own[context]:
            if id(entry) in self.taken or entry.translation:
                continue
            self.taken.add(id(entry))
            known = self.found[context]
            new = tuple(note for note in entry.notes if note not in known.notes)
            if new:
                self.found[context] = replace(known, notes=(*known.notes, *new), layout=None)

    def left(self) -> Iterator[Entry]:
        """Yield what serves no text and has words of a translator, each once."""
        seen = set()
        for entry in self.entries:
            key = (entry.context, entry.source, entry.translation, entry.notes)
            if id(entry) in self.taken or key in seen or not (entry.translation or entry.notes):
                continue
            seen.add(key)
            yield entry

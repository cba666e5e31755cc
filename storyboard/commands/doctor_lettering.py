"""Whether the films of a project can show titles and captions in their pictures. Sets none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from storyboard.commands.doctor_finding import Finding, Level

if TYPE_CHECKING:  # whoever asks nothing needs no rule's words
    from storyboard.checks.studio_facts import Unset

_TOPIC: Final = "lettering"
_SAMPLES: Final = {
    "ar": "Arabic", "he": "Hebrew", "hi": "Hindi", "th": "Thai", "zh": "Chinese",
    "ja": "Japanese", "ko": "Korean",
}  # fmt: skip
"""Languages that the fonts of the package have no letters for, and that many films are made in."""


def examine_lettering(
    tags: Iterable[str], unset: Callable[[str], Unset | None]
) -> Iterator[Finding]:
    """Tell the locales whose letters cannot be set here, each cause once, and other languages."""
    told: dict[str, tuple[Unset, list[str]]] = {}
    for tag in tags:
        if (cause := unset(_own_name(tag))) is not None:
            told.setdefault(cause.told, (cause, []))[1].append(tag)
    for cause, of in told.values():
        text = f"no titles and burned-in captions in {', '.join(of)}: {cause.told}"
        yield Finding(_TOPIC, Level.WARNING, text, cause.hint)
    if told:
        return
    causes = {name: unset(_own_name(tag)) for tag, name in _SAMPLES.items()}
    missing = [name for name, cause in causes.items() if cause is not None]
    unshaped = [cause for cause in causes.values() if cause is not None and cause.wants_shaping]
    text = f"titles and captions in all languages but {', '.join(missing)}"
    if unshaped:
        yield Finding(_TOPIC, Level.WARNING, text, unshaped[0].hint)
    else:
        all_of_them = "titles and captions in all languages"
        yield Finding(_TOPIC, Level.OK, text if missing else all_of_them)


def _own_name(tag: str) -> str:
    """Return a language's name in its own letters, such as 'ไทย'; the tag if it is unknown."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag

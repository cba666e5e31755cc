"""What a storyboard says of its locales before any of them is expanded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.expand.scene_ids import NamedScene
from storyboard.language.names import did_you_mean
from storyboard.language.storyboard import Storyboard
from storyboard.locales import fallback_chain
from storyboard.source.diagnostic import Diagnostic, diagnose


def check_locales(
    storyboard: Storyboard, locales: Sequence[str | None], named: Sequence[NamedScene]
) -> Iterator[Diagnostic]:
    """Yield overrides of locales that are not there, and scenes that need an id."""
    known = [locale for locale in locales if locale is not None]
    used = {tag for locale in known for tag in fallback_chain(locale)}
    for tag, localization in storyboard.localize.items():
        if tag not in used:
            yield diagnose(
                "unknown-locale",
                f"'{tag}' is not among the locales of this storyboard, and has no effect",
                localization.place.key_span,
                did_you_mean(tag, known) or "list it in `locales`, or delete it",
            )
    if len(locales) > 1:
        yield from _ids_needed(named)


def _ids_needed(named: Sequence[NamedScene]) -> Iterator[Diagnostic]:
    for scene in named:
        if scene.item.id is None:
            made = f'"{scene.id}-{{{{ index }}}}"' if scene.item.for_each else scene.id
            yield diagnose(
                "scene-id-needed",
                "a scene needs an id if there is more than one locale",
                scene.span,
                f"add `id: {made}`, or run: storyboard fmt --ids; translations go by it",
            )

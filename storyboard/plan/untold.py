"""Says what a studio does not tell where names are keys, for the plan. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.plan.by_name import Recalled
from storyboard.plan.options import PlanOptions
from storyboard.shell import word
from storyboard.texts import normal_text


def remarks(recalled: Recalled, options: PlanOptions, *, cached: bool) -> Iterator[str]:
    """Yield a line for each thing that is not certain; `cached` where there is a state, too."""
    if not cached and recalled.state.videos:
        yield (
            "no state here, videos are found by name: it is not known who changed a value, nor "
            "what `protect` said of files that are gone"
        )
    if recalled.doubtful and not options.film_doubtful:
        named = listed([str(address) for address in recalled.doubtful], NAMES_IN_LINE)
        yield (
            f"changed in the studio after the film was made, perhaps only the name: {named}; the "
            "film is kept, and --film-doubtful makes it again"
        )
    for address, video in list(recalled.renamed.items())[:NAMES_IN_LINE]:
        command = f"storyboard state adopt {word(str(address))} {word(video.id)}"
        yield (
            f"video '{video.id}' ('{normal_text(video.name)}') says the same as '{address}', and "
            f"its name is in no file: if it was renamed, `{command}` keeps it and its film"
        )
    if recalled.spare:
        named = listed([f"'{normal_text(v.name)}' ({v.id})" for v in recalled.spare], NAMES_IN_LINE)
        yield f"second videos of a name, not used: {named}"
    if recalled.unfinished and not options.prune:
        count = counted(len(recalled.unfinished), "unfinished video")
        yield f"{count} of other runs, which may go on; deleted with --prune"
    if recalled.unsure and (recalled.strangers or recalled.spare):
        named = listed([str(address) for address in recalled.unsure], NAMES_IN_LINE)
        count = counted(len(recalled.strangers) + len(recalled.spare), "video")
        yield (
            f"{count} of other names kept, also with --prune, until the names of these videos are "
            f"known: {named}"
        )

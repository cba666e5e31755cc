"""How well a passage can begin and end with a sentence. Knows the words that lean on others.

A passage that begins with "And so this" needs what was said before, one that ends in a question
needs what comes after; both are for passages where nothing better meets the length.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.sentence_marks import OPENERS, ends_with_mark
from storyboard.studio.compose.sentences import Sentence

PARTED: Final = 2.0
"""The cost of an edge inside of a sentence."""

LEANING: Final = 0.6
"""The cost of an edge that a listener stumbles over."""

_LEANS: Final = re.compile(
    r"(?:and|but|or|nor|so|then|because|however|therefore|thus|hence|instead|otherwise|also|again"
    r"|which|who|it|its|it's|they|they're|their|he|she|his|her|them|both|either|neither|such"
    r"|yes|yeah|no|right|exactly|okay|ok|well|only|afterwards|meanwhile|as a result|in addition"
    r"|for example|for instance|that's|on the other hand|the (?:other|second|third|last|latter)"
    r"|(?:this|that|these|those)(?= (?:is|was|are|were|means?|meant|will|would|has|have|had|can"
    r"|could|makes?|made|gives?|gave|way|one|ones|alone|also)\b)"
    r"|und|aber|oder|denn|doch|sondern|deshalb|daher|darum|dann|dadurch|dabei|damit|davon|dazu"
    r"|außerdem|trotzdem|jedoch|er|sie|auch|dort|zum beispiel|(?:das|dies|diese|dieser)"
    r"(?= (?:ist|war|sind|waren|hat|haben|heißt|wird|kann|bedeutet)\b)"
    r"|et|mais|ou|donc|car|or|puis|alors|ainsi|cependant|il|elle|ils|elles|cela|ça|c'est|ce sont"
    r"|par exemple|y|pero|o|porque|pues|entonces|además|también|esto|eso|ellos|ellas|así que"
    r"|sin embargo|por ejemplo)\b"
    r"|しかし|だから|そして|また|それ|これ|その|でも|但是|所以|因此|而且|然后|这|那|它|他们",
    re.IGNORECASE,
)
_ASKS: Final = "?:;,؟？：；，…"


def opening(sentence: Sentence) -> float:
    """Return what it costs to begin a passage here, 0 to 2; a source's first one costs nothing."""
    if not sentence.begins:
        return PARTED
    if sentence.position == 0:
        return 0.0
    return LEANING if _LEANS.match(sentence.text.lstrip(OPENERS + " ").replace("’", "'")) else 0.0


def closing(sentence: Sentence) -> float:
    """Return what it costs to end a passage here, 0 to 2."""
    if not sentence.ends:
        return PARTED
    return LEANING if ends_with_mark(sentence.text, _ASKS) else 0.0

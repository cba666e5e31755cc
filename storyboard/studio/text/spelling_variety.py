"""Whether an English text is spelt as in Britain. Knows no voice; a text that does not tell is not.

Counts words of either spelling; what both countries write (-ize in Oxford, -ise in surprise) says
nothing.
"""

from __future__ import annotations

import re

_BRITISH = re.compile(
    r"\b(?:"
    r"(?:dis|un|mis)?(?:behavi|col|demean|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|rum|sav"
    r"|splend|vap|vig)our(?:s|ed|ing|ite|ites|able|ably|ful|fully|less|al|hood|hoods|er|ers)?"
    r"|(?:cent|fib|lit|lust|meag|spect|theat|(?:kilo|centi|milli)?met|(?:milli)?lit)re(?:s|d)?"
    r"|(?:apolog|author|categor|central|critic|custom|digit|emphas|final|general|harmon|local"
    r"|maxim|memor|minim|mobil|modern|normal|optim|organ|personal|priorit|real|recogn|reorgan"
    r"|special|stabil|standard|summar|synchron|util|visual)is(?:e|es|ed|er|ers|ing|ation|ations)"
    r"|(?:anal|catal|paral)ys(?:e|ed|er|ers|ing)"
    r"|(?:cancel|channel|counsel|dial|fuel|label|level|marvel|model|signal|total|travel)"
    r"l(?:ed|ing|er|ers)"
    r"|ageing|aluminium|artefacts?|catalogues?|cheques?|cosy|cosier|defence|enrol|enrolments?"
    r"|fulfil|fulfils|fulfilment|gre(?:y|ys)|instalments?|jewellery|judgement|kerbs?|learnt|licence"
    r"|licences|lorry|lorries|maths|mum|offence|petrol|plough|practis(?:e|ed|es|ing)|programmes?"
    r"|pyjamas|sceptic(?:al|s)?|skilful|spelt|storeys?|sulphur|tyres?|whilst"
    r")\b",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"\b(?:"
    r"(?:dis|un|mis)?(?:behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rum|sav|splend|vap"
    r"|vig)or(?:s|ed|ing|ite|ites|able|ably|ful|fully|less|al|hood|hoods)?"
    r"|(?:cent|fib|lit|lust|meag|theat|(?:kilo|centi|milli)?met|(?:milli)?lit)er(?:s|ed)?"
    r"|(?:anal|catal|paral)yz(?:e|ed|es|er|ers|ing)"
    r"|(?:cancel|channel|counsel|dial|fuel|label|level|marvel|model|signal|total|travel)"
    r"(?:ed|ing|er|ers)"
    r"|aging|aluminum|artifacts?|check(?:ing)? account|cozy|defense|enrollments?|fulfill"
    r"|fulfillment|gray|grays|installments?|jewelry|license|mom|offense|plow|pajamas|skeptic(?:al|s)?"
    r"|skillful|sulfur|tires?"
    r")\b",
    re.IGNORECASE,
)


def is_british(text: str) -> bool:
    """Tell whether an English text has more British spellings than American ones."""
    british = len(_BRITISH.findall(text))
    return british > 0 and british > len(_AMERICAN.findall(text))

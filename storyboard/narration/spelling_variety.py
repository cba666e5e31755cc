"""Which country's English, Portuguese or Spanish a text is in, by words that only one has.

Knows no voice. What both countries write (-ize in Oxford, -ise in surprise) says nothing, and a
text that does not tell is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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


_BRAZILIAN = re.compile(
    r"R\$|\b(?:"
    r"vocês?|ônibus|equipes?|usuári[oa]s?|telas?|celular(?:es)?|cadastr(?:o|os|ar|e|ada|ado)"
    r"|registros?|contatos?|fatos|planejamento|planejar|gerenci(?:ar|e|amento|ador)|seção|seções"
    r"|esportes?|banheiros?|xícaras?|geladeiras?|trens|bilhão|bilhões|trilhão|trilhões"
    r"|dezesseis|dezessete|dezenove|quatorze|quilômetros?|gêneros?|fenômenos?|bônus|tênis"
    r"|(?:econ|aut|an|astron|ergon|agron)ômic[oa]s?|eletrônic[oa]s?|acadêmic[oa]s?"
    r"|(?:atend|conhec|faz|trabalh|us|cresc|aument|pass|olh|est|fic)(?:a|e|i)ndo"
    r")\b",
    re.IGNORECASE,
)
_PORTUGUESE = re.compile(
    r"\b(?:"
    r"ecrãs?|ficheiros?|utilizador(?:a|as|es)?|equipas?|telemóve(?:l|is)|autocarros?|comboios?"
    r"|contactos?|factos|registos?|planeamento|gerir|secção|secções|desportos?|frigoríficos?"
    r"|dezasseis|dezassete|dezanove|catorze|quilómetros?|géneros?|fenómenos?|bónus|ténis|autoclismo"
    r"|(?:econ|aut|an|astron|ergon|agron)ómic[oa]s?|ele(?:c)?trónic[oa]s?|académic[oa]s?"
    r"|mil milhões|casa de banho|pequeno-almoço|palavra-passe"
    r")\b",
    re.IGNORECASE,
)
_AMERICAN_SPANISH = re.compile(
    r"\b(?:"
    r"computador(?:a|as|es)?|celular(?:es)?|carros?|videos?|jugos?|estacionamientos?|ahorita|acá"
    r"|reportes?|reportar|checar|platicar|pláticas?|elevador(?:es)?|refrigerador(?:es)?|plomeros?"
    r"|licuadora"
    r")\b|\bMX\$|\b(?:MXN|COP|ARS|CLP)\b",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"\b(?:"
    r"ordenador(?:es)?|vídeos?|vosotr[oa]s|vuestr[oa]s?|zumos?|aparcamientos?|aparcar|ratón"
    r"|patatas?|frigoríficos?|fontaneros?"
    r"|(?:hab|ten|pod|sab|quer|deb|hac|ver|ser)éis|(?:est|us|habl|trabaj|mir)áis"
    r")\b",
    re.IGNORECASE,
)
_VARIETIES: Final[Mapping[str, tuple[str, re.Pattern[str], re.Pattern[str]]]] = MappingProxyType(
    {
        "en": ("en-GB", _BRITISH, _AMERICAN),
        "pt": ("pt-BR", _BRAZILIAN, _PORTUGUESE),
        "es": ("es-419", _AMERICAN_SPANISH, _SPANISH),
    }
)
"""By language: the variety that is found by its words, those words, and the other ones'."""


def variety_of(language: str, text: str) -> str:
    """Return the language, or its variety where the text has more words of that than others."""
    if language not in _VARIETIES:
        return language
    variety, its, others = _VARIETIES[language]
    found = len(its.findall(text))
    return variety if found > 0 and found > len(others.findall(text)) else language

"""French: numbers, ordinals, clock, money, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_ONES: Final = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit"),
    "dix-neuf",
)
_TENS: Final = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")
_SCALES: Final = ((12, "billion"), (9, "milliard"), (6, "million"))
_FEMININE: Final = re.compile(
    r"(?:[stx]ion|son|té|ette|elle|esse|ance|ence|ure|ade|ée|erie|ie|ille|ine|ise|ive|ière|yse|ude"
    r"|tude|onne|enne|euse|trice|ique|oire|ande|ude)s?$"
    r"|^(?:minute|seconde|heure|semaine|page|foi|tonne|livre|étape|question|leçon|scène|ligne|ville"
    r"|image|piste|clé|clef|vi|pièce|vanne|pompe|carte|porte|main|touche|alarme|erreur|valeur"
    r"|couleur|longueur|largeur|hauteur|épaisseur|profondeur|fleur|dose|goutte|tasse|boîte|caisse"
    r"|chaîne|règle|liste|table|chaise|place|salle|chambre|classe|note|lettre|phrase|langue|base"
    r"|once|tête|roue|borne|lampe|ampoule|marque|bague|bride|plaque|tige|came|douille|tôle|cale"
    r"|charge|décharge|panne|fuite|norme|méthode|forme|surface|zone|course|cause|conséquence|tâche"
    r"|demande|commande|consigne|agence|banque|usine|route|voie|voiture|femme|fille|dame|équipe"
    r"|journée|vidéo|diapositive|fenêtre|icône|barre|case|colonne|somme|part|fin|fois|nuit|loi|mer"
    r"|dent|peau|eau|croix|voix|noix|souris|app|web|cuillère|sphère|mère|fonction|cuiller)s?$",
    re.IGNORECASE,
)
"""Endings of feminine nouns, and nouns that only a table tells."""

_NOT_FEMININE: Final = re.compile(
    r"(?:mille|musée|lycée|trophée|incendie|génie|parapluie|comité|traité|pâté|côté|été|arrêté|silence"
    r"|magazine|domaine|moteur|squelette|stade|grade|pique|murmure|mercure|graphique|service|office"
    r"|kilomètre|poisson|boisson|son|ton|bastion|laboratoire|territoire|répertoire|historique|disque"
    r"|risque|périodique|lexique|plastique|élastique|portique|diagnostique|accessoire|formulaire"
    r"|pourboire|interrogatoire|conservatoire|moratoire|dispositif|gorille|quadrille|vaudeville"
    r"|foie|messie|sosie|amphibie|volontaire|exercice|indice|bénéfice|avantage|parachute|euro)s?$",
    re.IGNORECASE,
)


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; one before a noun takes its gender."""
    said = _said(number)
    if said.endswith("un") and _FEMININE.search(noun) and not _NOT_FEMININE.search(noun):
        return f"{said}e"
    return said


def _said(number: int, *, ends: bool = True) -> str:
    """Say it; `ends` is False before "mille", where "cents" and "vingts" lose their s."""
    if number < 20:
        return _ONES[number]
    if number < 70:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (" et un" if ones == 1 else f"-{_ONES[ones]}" if ones else "")
    if number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{_ONES[number - 60]}"
    if number < 100:
        rest = number - 80
        return f"quatre-vingt-{_ONES[rest]}" if rest else "quatre-vingt" + "s" * ends
    if number < 1000:
        many, rest = divmod(number, 100)
        head = "cent" if many == 1 else f"{_ONES[many]} cent"
        return f"{head} {_said(rest, ends=ends)}" if rest else head + "s" * (ends and many > 1)
    if number < 1_000_000:
        many, rest = divmod(number, 1000)
        head = "mille" if many == 1 else f"{_said(many, ends=False)} mille"
        return f"{head} {_said(rest, ends=ends)}" if rest else head
    for power, name in _SCALES:
        many, rest = divmod(number, 10**power)
        if many:
            head = f"{_said(many)} {name}{'s' * (many > 1)}"
            return f"{head} {_said(rest)}" if rest else head
    raise AssertionError(number)


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal: `premier`, `vingt et unième`."""
    if number == 1:
        return "première" if form is Form.FEMININE else "premier"
    words = _said(number, ends=False)
    if words.endswith("cinq"):
        return f"{words}uième"
    if words.endswith("neuf"):
        return f"{words[:-1]}vième"
    return f"{words.removesuffix('e')}ième"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    said = f"{cardinal(hour, 'heure')} heure{'s' * (hour > 1)}"
    return f"{said} {cardinal(minute)}" if minute else said


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    if whole == 2:
        return "un demi"
    if whole == 3:
        return f"{cardinal(part)} tiers"
    name = "quart" if whole == 4 else ordinal(whole)
    return f"{cardinal(part)} {name}{'s' * (part > 1)}"


def _of(unit: str) -> str:
    return " d'" if unit[:1].lower() in "aeiouhéèêœ" else " de "


_THOUSAND, _MILLION, _MILLIARD = (
    (3, "mille", "mille"), (6, "million", "millions"), (9, "milliard", "milliards")
)  # fmt: skip

GRAMMAR: Final = Grammar(
    tag="fr", thousands=" .\u00a0\u202f\u2009", decimal=",", point="virgule", dot="point",
    digits=_ONES[:10], cardinal=cardinal, ordinal=ordinal, to="à", by="par", fold="fois",
    ratio="sur", slash="barre oblique", power="puissance", squared="au carré", cubed="au cube",
    version="version", clock=clock, fraction=fraction, joined=_of, reads_decimals_as_number=True,
    one_below_two=True,
    money={
        "$": Money("dollar", "dollars", "cent", "cents"),
        "€": Money("euro", "euros", "centime", "centimes"),
        "£": Money("livre", "livres", "penny", "pence"),
        "¥": Money("yen", "yens"),
        "₹": Money("roupie", "roupies"),
        "₩": Money("won", "wons"),
        "₽": Money("rouble", "roubles"),
        "₿": Money("bitcoin", "bitcoins"),
        "¢": Money("cent", "cents"),
    },
    cents=" ",
    scales={
        **dict.fromkeys(("Mio.", "mio", "mio."), _MILLION),
        **dict.fromkeys(("Md.", "Mds.", "Mrd.", "mrd", "mrd.", "md", "mds"), _MILLIARD),
        "k": _THOUSAND, "K": _THOUSAND, "M": _MILLION, "million": _MILLION,
        "millions": _MILLION, "Mio": _MILLION,
        "Md": _MILLIARD, "Mds": _MILLIARD, "Mrd": _MILLIARD, "Mrds": _MILLIARD,
        "milliard": _MILLIARD, "milliards": _MILLIARD,
        **dict.fromkeys(("billion", "billions"), (12, "billion", "billions")),
    },
    signs={
        "\\": "barre oblique inverse",
        "&": "et", "@": "arobase", "%": "pour cent", "‰": "pour mille", "°": "degrés",
        "+": "plus", "−": "moins", "±": "plus ou moins", "×": "fois", "÷": "divisé par",
        "=": "égale", "≙": "correspond à",
        "≠": "différent de", "≈": "environ", "~": "environ",
        "<": "inférieur à", ">": "supérieur à", "≤": "inférieur ou égal à",
        "≥": "supérieur ou égal à", "∞": "l'infini", "√": "racine carrée de",
        "§": "paragraphe", "#": "numéro", "№": "numéro", "↑": "en hausse", "↓": "en baisse",
        "Ω": "ohms", "∑": "la somme de", "∆": "delta", "º": "degrés", "∅": "diamètre",
        "★": "étoile", "✓": "coche",
    },
    per="par", conjunction="et", dash="tiret",
    dialed_behind=frozenset(("le", "appelez", "composez", "au", "numéro")),
    code_labels=frozenset(("pin", "code", "mot de passe", "poste", "digicode")),
    parts=frozenset(
        ("chap", "art", "vol",
         "chapitre", "partie", "phase", "guerre", "type", "section", "tome", "niveau", "annexe",
         "article", "classe", "acte", "livre", "étape")
    ),
)  # fmt: skip

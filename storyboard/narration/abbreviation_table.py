"""The abbreviations of each language as rows: what each is read as, and what follows it.

Knows no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from storyboard.narration.calendar_names import SHORT_DAYS, SHORT_MONTHS


class Before(Enum):
    """What follows an abbreviation whose dot ends no sentence."""

    ANYTHING = "the rest of its sentence"
    LABEL = "a number or a single capital; before anything else the dot ends a sentence"
    NUMBER = "a number; before anything else the dot ends a sentence"
    LOWER = "a small letter; a capital begins the next sentence"
    NAME = "a name or a number; behind a number it is a unit, and a capital begins a sentence"
    MORE = "the rest of its sentence, unless a word follows that opens one, such as 'The'"
    DAY = "a day of a month, or a time; before anything else the dot ends a sentence"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form without its last dot, and what a reader says; empty if the voice knows it."""

    short: str
    said: str = ""
    before: Before = Before.ANYTHING


def _rows(before: Before, *rows: str) -> tuple[Abbreviation, ...]:
    """Read `short=said` rows; a row without `=` is left to the voice."""
    parted = (row.partition("=") for row in rows)
    return tuple(Abbreviation(short, said, before) for short, _, said in parted)


ABBREVIATIONS: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        "en": (
            *_rows(
                Before.ANYTHING,
                *("Mr", "Mrs", "Ms", "Prof=Professor", "Gen=General", "Capt=Captain"),
                *("Sgt=Sergeant", "Rev=Reverend", "Hon=Honorable", "Mt=Mount"),
                *("vs=versus", "e. g=for example,", "i. e=that is,", "approx=approximately"),
                *("incl=including", "cf=compare", "resp=respectively"),
                *("Lt=Lieutenant", "Col=Colonel", "Gov=Governor", "Sen=Senator", "ca=circa"),
                *("Mon.–Fri=Monday to Friday", "Mon.-Fri=Monday to Friday"),
                *("a. k. a=also known as",),
                *("Pres=President", "Maj=Major", "Mme=Madame", "Fr=Father", "Cpl=Corporal"),
            ),
            *_rows(
                Before.MORE,
                *("Ph. D=P H D", "St", "Dr", "max=maximum", "dept=department", "avg=average"),
                "est=estimated",
            ),
            *_rows(
                Before.NUMBER,
                *("no=number", "nos=numbers", "p=page", "pp=pages", "vol=volume"),
                *("vols=volumes", "chap=chapter", "eqs=equations"),
                *("min=minimum", "rel=release", "ed=edition", "pt=part", "cl=clause"),
                *("ext=extension", "sec=section", "ch=chapter", "art=article"),
                *("ver=version", "apt=apartment", "para=paragraph", "tel=telephone"),
                *("hrs=hours", "mins=minutes", "ref=reference", "et al", "Rm=room"),
                *map("=".join, SHORT_MONTHS["en"].items()),
            ),
            *_rows(
                Before.LABEL,
                *("fig=figure", "figs=figures", "eq=equation", "rev=revision", "App=appendix"),
                *("tab=table", "Sun=Sunday", "Sat=Saturday", "Bldg=building"),
            ),
            *_rows(
                Before.LOWER,
                "Co. Ltd=Company Limited",
                "Co., Ltd=Company Limited",
                *("etc=et cetera", "Jr=Junior", "Sr=Senior", "Inc=Incorporated", "Ltd=Limited"),
                *("Corp=Corporation", "Co=Company", "Ave=Avenue", "Blvd=Boulevard", "Rd=Road"),
                *(
                    "p. a=per annum",
                    "wks=weeks",
                    "yrs=years",
                    "mos=months",
                    "Mon=Monday",
                    "Tue=Tuesday",
                    "Wed=Wednesday",
                    "Thu=Thursday",
                ),
                *("Thurs=Thursday", "Fri=Friday"),
            ),
        ),
        "de": (
            *_rows(
                Before.ANYTHING,
                *("z. B=zum Beispiel", "d. h=das heißt", "u. a=unter anderem"),
                *("i. d. R=in der Regel", "bzw=beziehungsweise", "ca=circa", "vgl=vergleiche"),
                *("inkl=inklusive", "exkl=exklusive", "ggf=gegebenenfalls", "evtl=eventuell"),
                *("Dr", "Prof=Professor", "Hr=Herr", "Hrn=Herrn", "Fr=Frau", "St"),
                *("Mio=Millionen", "Mrd=Milliarden", "Tsd=Tausend", "sog=sogenannte"),
                *(
                    "zzgl=zuzüglich",
                    "abzgl=abzüglich",
                    "mind=mindestens",
                    "max=maximal",
                    "gem=gemäß",
                ),
                *("ggü=gegenüber", "bspw=beispielsweise", "o. g=oben genannte", "v. a=vor allem"),
                *("u. U=unter Umständen", "z. T=zum Teil", "s. o=siehe oben", "s. u=siehe unten"),
                *("geb=geboren", "Dipl=Diplom", "Ing=Ingenieur", "Mo.–Fr=Montag bis Freitag"),
                *("Mo.-Fr=Montag bis Freitag", "zzt=zurzeit", "entspr=entsprechend"),
                *("Art.-Nr=Artikelnummer", "insb=insbesondere", "insbes=insbesondere"),
                *("Fa=Firma", "bzgl=bezüglich", "einschl=einschließlich", "lfd=laufende"),
                *(
                    "z. Hd=zu Händen",
                    "i. A=im Auftrag",
                    "i. V. m=in Verbindung mit",
                    "i. V=in Vertretung",
                    "s. a=siehe auch",
                ),
                *("tägl=täglich", "mtl=monatlich", "jährl=jährlich", "wg=wegen"),
                *("i. Allg=im Allgemeinen", "bes=besonders", "Hrsg=Herausgeber", "Aufl=Auflage"),
                *("Vj=Vorjahr", "rd=rund", "Best.-Nr=Bestellnummer", "Bestell-Nr=Bestellnummer"),
                *("lt=laut", "tgl=täglich", "jew=jeweils", "allg=allgemein", "engl=englisch"),
            ),
            *_rows(
                Before.NUMBER,
                *("Nr=Nummer", "Abs=Absatz", "Art=Artikel", "S=Seite", "Kap=Kapitel"),
                *(
                    "Bd=Band",
                    "Tel=Telefon",
                    "Str=Straße",
                    "Ziff=Ziffer",
                    "Pos=Position",
                    "Vers=Version",
                ),
                *("Anm=Anmerkung", "Rn=Randnummer", "Kl=Klasse", "Jg=Jahrgang"),
                *("Abt=Abteilung", "Az=Aktenzeichen", "Ausg=Ausgabe", "Bsp=Beispiel"),
                *("Bspl=Beispiel", "Pkt=Punkt", "Nrn=Nummern", "Abschn=Abschnitt", "Lfg=Lieferung"),
                # "So" is a word besides, and ends sentences.
                *("=".join(each) for each in SHORT_DAYS["de"].items() if each[0] != "So"),
                *map("=".join, SHORT_MONTHS["de"].items()),
                *("Min", "Sek", "Std", "v=vom", "Gr=Größe"),
            ),
            *_rows(Before.DAY, "So"),
            *_rows(
                Before.LABEL,
                *("Abb=Abbildung", "Tab=Tabelle", "Rev=Revision", "Anl=Anlage", "Anh=Anhang"),
            ),
            *_rows(
                Before.LOWER,
                *(
                    "usw=und so weiter",
                    "etc=et cetera",
                    "usf=und so fort",
                    "MwSt=Mehrwertsteuer",
                    "u. v. m=und vieles mehr",
                    "o. ä=oder ähnliches",
                    "o. Ä=oder Ähnliches",
                    "u. Ä=und Ähnliches",
                    "Hbf=Hauptbahnhof",
                ),
                *("v. u. Z=vor unserer Zeitrechnung", "n. u. Z=nach unserer Zeitrechnung"),
                *(
                    "u. a. m=und andere mehr",
                    "Stk=Stück",
                    "Ltr=Liter",
                    "Pers=Personen",
                    "Pkt=Punkt",
                ),
                *("ff=fortfolgende", "Pkt=Punkt"),
                *("p. a=pro Jahr", "v. Chr=vor Christus", "n. Chr=nach Christus", "Jh=Jahrhundert"),
                *("Co=Co", "zus=zusammen", "Ltd=Limited", "e. V=e V", "n. V=nach Vereinbarung"),
            ),
        ),
        "fr": (
            *_rows(
                Before.ANYTHING,
                *("p. ex=par exemple", "c.-à-d=c'est-à-dire", "M=Monsieur", "MM=Messieurs"),
                *(
                    "Mme=Madame",
                    "Mlle=Mademoiselle",
                    "Dr=docteur",
                    "St=Saint",
                    "Ste=Sainte",
                    "env=environ",
                ),
                *("Mgr=Monseigneur", "max=maximum", "cf=voir", "réf=référence", "n. b=notez bien"),
                *("bd=boulevard", "av=avenue", "tél=téléphone", "approx=approximativement"),
                *("janv=janvier", "févr=février", "sept=septembre", "oct=octobre"),
                *("nov=novembre", "déc=décembre"),
            ),
            *_rows(
                Before.NUMBER,
                "p=page",
                "pp=pages",
                "chap=chapitre",
                "art=article",
                "vol=volume",
                "al=alinéa",
                "no=numéro",
                "nos=numéros",
                "ch=chapitre",
                "sect=section",
                "t=tome",
                *("éd=édition", "arr=arrondissement"),
                *(*SHORT_MONTHS["fr"], *SHORT_DAYS["fr"]),
            ),
            *_rows(
                Before.LABEL,
                "bât=bâtiment",
                "fig=figure",
                "rév=révision",
                "rev=révision",
                "tab=tableau",
            ),
            *_rows(
                Before.LOWER,
                "Cie=Compagnie",
                "etc=et cetera",
                "hab=habitants",
                "av. J.-C=avant Jésus-Christ",
                "apr. J.-C=après Jésus-Christ",
            ),
        ),
        "es": (
            *_rows(
                Before.ANYTHING,
                *("p. ej=por ejemplo", "Sr=señor", "Sra=señora", "Srta=señorita", "Dr=doctor"),
                *("Dra=doctora", "Ud=usted", "Uds=ustedes", "aprox=aproximadamente"),
                *("EE=Estados", "Av=avenida", "Avda=avenida", "Prof=profesor", "tel=teléfono"),
                *("máx=máximo", "mín=mínimo", "Ing=ingeniero", "Lic=licenciado", "incl=incluido"),
                *("Sta=Santa", "Sto=Santo", "vers=versión", "Dpto=departamento"),
                *("Dña=doña", "Gral=general", "Ctra=carretera", "Pza=plaza"),
            ),
            *_rows(Before.LABEL, "fig=figura", "rev=revisión"),
            *_rows(
                Before.NUMBER,
                *("no=número", "nos=números"),
                "t=tomo",
                "ed=edición",
                "sec=sección",
                "pág=página",
                "págs=páginas",
                "cap=capítulo",
                "núm=número",
                "ext=extensión",
                *("arts=artículos", "núms=números"),
                *(*SHORT_MONTHS["es"], *SHORT_DAYS["es"]),
                "art=artículo",
                "vol=volumen",
                "pp=páginas",
                "p=página",
            ),
            *_rows(
                Before.LOWER,
                "etc=etcétera",
                "UU=Unidos",
                "Cía=compañía",
                "a. C=antes de Cristo",
                "d. C=después de Cristo",
            ),
        ),
        "it": (
            *_rows(
                Before.ANYTHING,
                "dott=dottor",
                "sig=signor",
                "prof=professor",
                "D. Lgs=decreto legislativo",
                *("Sigg=signori", "ing=ingegner", "avv=avvocato", "max=massimo", "min=minimo"),
                "p. es=per esempio",
                "es=esempio",
                "ca=circa",
            ),
            *_rows(
                Before.NUMBER,
                "pag=pagina",
                "pp=pagine",
                "pagg=pagine",
                "art=articolo",
                "cap=capitolo",
                "n=numero",
                "int=interno",
                "co=comma",
                *SHORT_DAYS["it"],
            ),
            *_rows(Before.LABEL, "fig=figura"),
            *_rows(Before.LOWER, "ecc=eccetera"),
        ),
        "pt": (
            *_rows(
                Before.ANYTHING,
                "Sr=Senhor",
                "Sra=Senhora",
                "Dr=Doutor",
                "Dra=Doutora",
                "p. ex=por exemplo",
                "aprox=aproximadamente",
                *("máx=máximo", "mín=mínimo", "incl=incluindo", "tel=telefone"),
            ),
            *_rows(
                Before.NUMBER,
                "pág=página",
                "págs=páginas",
                "art=artigo",
                "cap=capítulo",
                "n=número",
                *(*SHORT_MONTHS["pt"], *SHORT_DAYS["pt"]),
            ),
            *_rows(Before.LABEL, "fig=figura"),
            *_rows(Before.LOWER, "etc=et cetera"),
        ),
        "nl": (
            *_rows(
                Before.ANYTHING,
                "bijv=bijvoorbeeld",
                "d. w. z=dat wil zeggen",
                "m. b. t=met betrekking tot",
                "o. a=onder andere",
                "dhr=de heer",
                "mevr=mevrouw",
                "dr=doctor",
                "ca=circa",
            ),
            *_rows(Before.NUMBER, "nr=nummer", "blz=bladzijde", "art=artikel"),
            *_rows(Before.LOWER, "enz=enzovoort", "etc=et cetera"),
        ),
        "pl": (
            *_rows(
                Before.ANYTHING,
                "np=na przykład",
                "tzn=to znaczy",
                "tzw=tak zwany",
                "m. in=między innymi",
                "prof=profesor",
                "ul=ulica",
                "św=święty",
            ),
            *_rows(Before.NUMBER, "nr=numer", "str=strona", "art=artykuł"),
            *_rows(Before.LABEL, "rys=rysunek"),
            *_rows(Before.LOWER, "itd=i tak dalej", "itp=i tym podobne"),
        ),
    }
)

"""The abbreviations of English, German and Dutch. Knows no text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before, rows
from storyboard.narration.calendar_names import SHORT_DAYS, SHORT_MONTHS

GERMANIC: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        "en": (
            *rows(
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
            *rows(
                Before.MORE,
                *("Ph. D=P H D", "St", "Dr", "max=maximum", "dept=department", "avg=average"),
                "est=estimated",
            ),
            *rows(
                Before.NUMBER,
                *("no=number", "nos=numbers", "p=page", "pp=pages", "vol=volume"),
                *("vols=volumes", "chap=chapter", "Secs=sections"),
                *(
                    "min=minimum",
                    "div=division",
                    "rel=release",
                    "ed=edition",
                    "pt=part",
                    "cl=clause",
                ),
                *("ext=extension", "sec=section", "ch=chapter", "art=article"),
                *("ver=version", "apt=apartment", "para=paragraph", "tel=telephone"),
                *("hrs=hours", "mins=minutes", "ref=reference", "et al", "Rm=room"),
                *map("=".join, SHORT_MONTHS["en"].items()),
            ),
            *rows(
                Before.LABEL,
                *("fig=figure", "figs=figures", "eq=equation", "rev=revision", "App=appendix"),
                *("eqs=equations", "tab=table", "Sun=Sunday", "Sat=Saturday", "Bldg=building"),
            ),
            *rows(
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
            *rows(
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
                *(
                    "Vj=Vorjahr",
                    "Hj=Halbjahr",
                    "rd=rund",
                    "Best.-Nr=Bestellnummer",
                    "Bestell-Nr=Bestellnummer",
                ),
                *("Tel.-Nr=Telefonnummer", "Fax-Nr=Faxnummer", "Kd.-Nr=Kundennummer"),
                *("Ser.-Nr=Seriennummer", "Rg.-Nr=Rechnungsnummer", "Re.-Nr=Rechnungsnummer"),
                *("Mat.-Nr=Materialnummer", "Inv.-Nr=Inventarnummer", "St.-Nr=Steuernummer"),
                *("Pers.-Nr=Personalnummer", "Vers.-Nr=Versicherungsnummer"),
                *("lt=laut", "tgl=täglich", "jew=jeweils", "allg=allgemein", "engl=englisch"),
            ),
            *rows(
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
                *("Min", "Sek", "Std", "v=vom", "Gr=Größe", "min=minimal"),
            ),
            *rows(Before.DAY, "So"),
            *rows(
                Before.LABEL,
                *("Abb=Abbildung", "Tab=Tabelle", "Rev=Revision", "Anl=Anlage", "Anh=Anhang"),
            ),
            *rows(
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
        "nl": (
            *rows(
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
            *rows(Before.NUMBER, "nr=nummer", "blz=bladzijde", "art=artikel"),
            *rows(Before.LOWER, "enz=enzovoort", "etc=et cetera"),
        ),
    }
)

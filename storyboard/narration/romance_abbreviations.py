"""The abbreviations of French, Spanish, Italian and Portuguese. Knows no text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before, rows
from storyboard.narration.calendar_names import SHORT_DAYS, SHORT_MONTHS

ROMANCE: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        "fr": (
            *rows(Before.MORE, "trim=trimestre"),
            *rows(Before.NAME, "sem=semaine"),
            *rows(
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
            *rows(
                Before.NUMBER,
                "p=page",
                "pp=pages",
                "chap=chapitre",
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
            *rows(
                Before.LABEL,
                "art=article",
                "bât=bâtiment",
                "fig=figure",
                "rév=révision",
                "rev=révision",
                *("tab=tableau", "tabl=tableau", "ann=annexe", "pos=position", "réf=référence"),
            ),
            *rows(
                Before.LOWER,
                "Cie=Compagnie",
                "etc=et cetera",
                "hab=habitants",
                "av. J.-C=avant Jésus-Christ",
                "apr. J.-C=après Jésus-Christ",
            ),
        ),
        "es": (
            *rows(
                Before.MORE,
                *(
                    "trim=trimestre",
                    "R. D=Real Decreto",
                    "temp=temperatura",
                ),
            ),
            *rows(Before.NAME, "sem=semana"),
            *rows(
                Before.ANYTHING,
                *("p. ej=por ejemplo", "Sr=señor", "Sra=señora", "Srta=señorita", "Dr=doctor"),
                *("Dra=doctora", "Ud=usted", "Uds=ustedes", "aprox=aproximadamente"),
                *("EE=Estados", "Av=avenida", "Avda=avenida", "Prof=profesor", "tel=teléfono"),
                *("máx=máximo", "mín=mínimo", "Ing=ingeniero", "Lic=licenciado", "incl=incluido"),
                *("Sta=Santa", "Sto=Santo", "vers=versión", "Dpto=departamento"),
                *("Dña=doña", "Gral=general", "Ctra=carretera", "Pza=plaza"),
            ),
            *rows(
                Before.LABEL,
                *("fig=figura", "figs=figuras", "rev=revisión", "tab=tabla", "apdo=apartado"),
                *("pos=posición", "ref=referencia"),
            ),
            *rows(
                Before.NUMBER,
                *("no=número", "nos=números"),
                "t=tomo",
                "ed=edición",
                "sec=sección",
                "pág=página",
                "págs=páginas",
                "cap=capítulo",
                "núm=número",
                "nro=número",
                "ext=extensión",
                *("arts=artículos", "núms=números"),
                *(*SHORT_MONTHS["es"], *SHORT_DAYS["es"]),
                "art=artículo",
                "vol=volumen",
                "pp=páginas",
                "p=página",
            ),
            *rows(
                Before.LOWER,
                "etc=etcétera",
                "UU=Unidos",
                "Cía=compañía",
                "a. C=antes de Cristo",
                "d. C=después de Cristo",
            ),
        ),
        "it": (
            *rows(
                Before.MORE,
                *(
                    "trim=trimestre",
                    "temp=temperatura",
                    "conf=confezione",
                    "pz=pezzi",
                ),
            ),
            *rows(
                Before.ANYTHING,
                "dott=dottor",
                "sig=signor",
                "prof=professor",
                "D. Lgs=decreto legislativo",
                *("Sigg=signori", "ing=ingegner", "avv=avvocato", "max=massimo", "min=minimo"),
                "p. es=per esempio",
                *("es=esempio", "ca=circa", "tel=telefono"),
            ),
            *rows(
                Before.NUMBER,
                "pag=pagina",
                "nr=numero",
                "num=numero",
                "pp=pagine",
                "pagg=pagine",
                "art=articolo",
                "cap=capitolo",
                "n=numero",
                "int=interno",
                *(
                    "co=comma",
                    "c=comma",
                    "sem=semestre",
                    "par=paragrafo",
                    "vol=volume",
                    "voll=volumi",
                ),
                *SHORT_DAYS["it"],
            ),
            *rows(
                Before.LABEL,
                *(
                    "sez=sezione",
                    "fig=figura",
                    "figg=figure",
                    "tab=tabella",
                    "tabb=tabelle",
                    "all=allegato",
                ),
                *("rev=revisione", "pos=posizione", "rif=riferimento", "lett=lettera"),
            ),
            *rows(Before.LOWER, "ecc=eccetera"),
        ),
        "pt": (
            *rows(
                Before.MORE,
                *("trim=trimestre", "temp=temperatura", "cx=caixa"),
            ),
            *rows(
                Before.ANYTHING,
                "Sr=Senhor",
                "Sra=Senhora",
                "Dr=Doutor",
                "Dra=Doutora",
                "p. ex=por exemplo",
                "aprox=aproximadamente",
                *("máx=máximo", "mín=mínimo", "incl=incluindo", "tel=telefone"),
                *("Av=Avenida", "Prof=Professor", "Profa=Professora", "Eng=Engenheiro"),
                *("Pça=Praça", "Rod=Rodovia", "Trav=Travessa", "Srs=Senhores"),
            ),
            *rows(
                Before.NUMBER,
                "pág=página",
                "págs=páginas",
                "art=artigo",
                "cap=capítulo",
                *("n=número", "p=página", "pp=páginas", "al=alínea"),
                *(*SHORT_MONTHS["pt"], *SHORT_DAYS["pt"]),
            ),
            *rows(
                Before.LABEL,
                *("fig=figura", "figs=figuras", "tab=tabela", "rev=revisão", "ref=referência"),
                *("pos=posição", "sec=secção", "vol=volume"),
            ),
            *rows(Before.LOWER, "etc=et cetera"),
        ),
    }
)

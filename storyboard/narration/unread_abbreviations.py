"""Abbreviations that their voices know, or spell: only that their dots end no sentence counts.

Knows no text. `abbreviation_table` has those that are read out as words, of fewer languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.abbreviation_kinds import Abbreviation, Before


def _short(
    anything: str, number: str, *, name: str = "", lower: str = ""
) -> tuple[Abbreviation, ...]:
    """Return rows of the short forms in each text, by what follows them."""
    kinds = {
        Before.ANYTHING: anything,
        Before.NUMBER: number,
        Before.NAME: name,
        Before.LOWER: lower,
    }
    return tuple(
        Abbreviation(each, "", kind) for kind, all in kinds.items() for each in all.split()
    )


_SCANDINAVIAN: Final = _short(
    "dr prof hr fr ca inkl ekskl exkl evt ev maks max jf jfr resp iflg",
    "nr s sid kap art fig tab kl tlf tel stk pkt avd bil bd jan feb mar apr aug sep"
    " sept okt nov dec des",
)
_SOUTH_SLAVIC: Final = _short(
    "ul prof dr mr mag doc ing inž dipl sv npr tzv tj gosp gđa ga",
    "str sl čl br št tel tab st pribl god odj",
    name="g",
    lower="itd itn",
)

UNREAD: Final[Mapping[str, tuple[Abbreviation, ...]]] = MappingProxyType(
    {
        "it": _short(
            "sig.na sig.ri dott.ssa dott.ri dr prof.ssa"
            " rag rev gent.ma Sen Cav Comm Ten Magg p.zza v.le"
            " c.so cell prov loc",
            "rif artt capp figg tab tabb all lett cod"
            " min gen feb apr mag giu lug ago sett ott nov dic sec",
        ),
        "pt": _short(
            "Prof.ª Profª Engª Adv Ilmo Ilma Rev Maj Ten Sgt ref obs cf vs Sto Sta Depto Dpto",
            "no nos nº pg caps vol vols núm fl fls inc sec seç séc tab gráf figs",
            lower="Cia",
        ),
        "es": _short("", "s"),
        "nl": _short(
            "hr gem",
            "dl jg jan feb mrt apr jun jul aug sept okt nov dec",
        ),
        "pl": _short(
            "tj dr mgr inż hab doc lek mec red gen płk ppłk mjr kpt por ks bp abp al pl os pow"
            " woj gm zob maks max im dyr st",
            "s ss pkt ust par rozdz ryc tab zał poz lit tom t vol wyd godz ok tel min r",
        ),
        "ru": _short(
            "ул пер просп пр-т пл наб бул им акад доц д-р г-н г-жа инж",
            "гл п пп ст ч т кв корп оф эт каб доб вып изд мин макс ок янв февр"
            " апр авг сент окт нояб дек разд прил",
            name="г д с р о см св гр тов пос ред",
            lower="т.д т.п др",
        ),
        "uk": _short(
            "вул пров просп пл бул наб ім акад доц інж д-р",
            "мал ст п гл розд т ч буд кв корп оф",
            name="м с див св гр",
            lower="т.д т.п ін",
        ),
        "bg": _short(
            "ул бул пл проф доц инж д-р г-н г-жа напр вж",
            "стр фиг табл чл ал т гл тел ет ап бл вх",
            name="гр с св",
            lower="т.н др",
        ),
        "sr": (
            *_SOUTH_SLAVIC,
            *_short("ул проф др инж св нпр тзв", "стр сл чл бр тел таб", name="г", lower="итд"),
        ),
        "hr": _SOUTH_SLAVIC,
        "bs": _SOUTH_SLAVIC,
        "sl": _SOUTH_SLAVIC,
        "cs": _short(
            "ul nám tř doc ing mgr bc mudr judr phdr rndr sv tzv tzn resp vč kpt",
            "str s čl odst obr tab kap tel odd příl písm",
            name="p",
        ),
        "sk": _short(
            "ul nám prof doc dr ing mgr bc mudr judr phdr sv napr tzv tzn tj resp vrát",
            "str s č čl ods obr tab kap tel písm",
            name="p",
            lower="atď",
        ),
        "tr": _short(
            "Doç Av Sn Öğr Arş Gör Yrd Müh Mim Uzm Op Alb Gen Yzb Bşk Hz Mah Cad Sok Sk"
            " Bul Blv Apt ör bkz krş",
            "sf sy şek tab böl md fık",
            lower="vd",
        ),
        "hi": _short("डॉ प्रो श्री श्रीमती कु पं स्व मो सुश्री इंजी एड", "पृ सं क्र रु फोन"),
        "mr": _short("डॉ प्रा प्रो श्री श्रीमती सौ कु पं", "पृ क्र रु दू"),
        "ar": _short("", "ص ج ت ط", name="د أ م ا"),
        "fa": _short("", "ص ج ت"),
        "sv": _SCANDINAVIAN,
        "da": _SCANDINAVIAN,
        "nb": _SCANDINAVIAN,
        "nn": _SCANDINAVIAN,
        "no": _SCANDINAVIAN,
        "fi": _short("prof toht esim ns vrt ks", "s nro klo puh n kpl", lower="jne ym"),
        "hu": _short("dr prof ifj id özv kb ill pl ún vö ld", "tel", lower="stb"),
        "ro": _short(
            "dl dna ing șos d-l d-na sf max",
            "p alin lit fig tab vol",
        ),
        "el": _short("κα δρ καθ αγ λεωφ οδ βλ", "σελ αρ άρθρ παρ εικ κεφ τηλ πιν", name="κ"),
        "et": _short("dr prof hr pr nt vt", "lk nr p tel joon tab", lower="jne"),
        "lv": _short("dr prof piem sk", "lpp nr tel att tab", lower="utt"),
        "lt": _short("dr prof pvz žr gerb kv", "p psl nr str pav lent tel", name="g", lower="pan"),
        "ca": _short("Sr Sra Dr Dra Prof Av Avda", "pàg pàgs núm art cap fig tel vol p"),
        "id": _short(
            "Bpk Sdr Jl Dr Prof Ir Drs Hj Kec Kab Kel Gg", "No hlm hal tel gb tab", lower="dll"
        ),
        "ms": _short("Dr Prof Jln En Pn", "No hlm tel", lower="dll"),
        "vi": _short("TS ThS PGS GS BS TP Tp", ""),
        "sw": _short("Bw Bi Dk Prof Mhe", "uk", lower="n.k"),
    }
)
"""By language; those of a language that `abbreviation_table` has too are added to its rows."""

"""Korean: numbers, clock, money, units, signs. Knows no text."""

from __future__ import annotations

import re
from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money
from storyboard.narration.grammars.myriads import myriad_cardinal

_DIGITS: Final = "영일이삼사오육칠팔구"
_NATIVE_ONES: Final = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_NATIVE_TENS: Final = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")

_COUNTED: Final = re.compile(
    r"시간|시(?!스)|개(?![월년국소인])|명|사람|살|마리|권|가지|잔|곳|달(?!러)|군데|켤레|송이|그루|번째"
)
"""Measure words that native numbers count."""

_count = myriad_cardinal(_DIGITS, ("", "십", "백", "천"), ("", "만", "억", "조"), full=False)


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion, in native words before a noun that they count."""
    is_late = number > 12 and noun[:1] == "시" and noun[:2] != "시간"
    if 0 < number < 100 and _COUNTED.match(noun) and not is_late:
        tens, ones = divmod(number, 10)
        return "스무" if number == 20 else _NATIVE_TENS[tens] + _NATIVE_ONES[ones]
    return _count(number)


def with_and(word: str) -> str:
    """Return "and" as it stands behind a word: its form depends on how the word ends."""
    return "과" if (ord(word[-1]) - ord("가")) % 28 else "와"


def counter_of(noun: str) -> str:
    """Return the measure word that a noun begins with, if native numbers count it."""
    found = _COUNTED.match(noun)
    return found[0] if found else ""


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal."""
    return f"제{_count(number)}"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day: hours in native numbers, minutes in the others."""
    half = {"a": "오전 ", "p": "오후 "}.get(mark[:1].lower(), "")
    said = f"{half}{cardinal(hour, '시' if 0 < hour <= 12 else '')} 시"
    return f"{said} {cardinal(minute)} 분" if minute else said


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    return f"{cardinal(whole)}분의 {cardinal(part)}"


_K, _M, _B, _T = (3, "천", "천"), (6, "백만", "백만"), (9, "십억", "십억"), (12, "조", "조")

GRAMMAR: Final = Grammar(
    tag="ko", thousands=",", decimal=".", point="점", dot="점", digits=tuple(_DIGITS),
    cardinal=cardinal, ordinal=ordinal, to="에서", by="곱하기", fold="배", ratio="대",
    slash="슬래시", power="의 {}제곱", squared=" 제곱", cubed=" 세제곱", version="버전",
    clock=clock, fraction=fraction, multiplies=True,
    money={
        "$": Money("달러", "달러"), "€": Money("유로", "유로"), "£": Money("파운드", "파운드"),
        "¥": Money("엔", "엔"), "￥": Money("엔", "엔"), "₩": Money("원", "원"),
        "₹": Money("루피", "루피"), "₽": Money("루블", "루블"), "₿": Money("비트코인", "비트코인"),
    },
    cents="",
    scales={
        "k": _K, "K": _K, "M": _M, "m": _M, "bn": _B, "B": _B, "T": _T,
        "천": (3, "천", "천"), "만": (4, "만", "만"), "백만": (6, "백만", "백만"),
        "억": (8, "억", "억"), "조": (12, "조", "조"),
    },
    units={
        "%": "{} 퍼센트", "‰": "{} 퍼밀", "°C": "섭씨 {}도", "°F": "화씨 {}도", "°": "{}도",
        "km": "{} 킬로미터", "m": "{} 미터", "cm": "{} 센티미터", "mm": "{} 밀리미터",
        "µm": "{} 마이크로미터", "nm": "{} 나노미터", "kg": "{} 킬로그램", "g": "{} 그램",
        "mg": "{} 밀리그램", "t": "{} 톤", "l": "{} 리터", "ml": "{} 밀리리터", "h": "{}시간",
        "min": "{}분", "s": "{}초", "ms": "{} 밀리초", "km/h": "시속 {} 킬로미터",
        "m/s": "초속 {} 미터", "m/s²": "{} 미터 매 초 제곱", "kN": "{} 킬로뉴턴",
        "µs": "{} 마이크로초", "km²": "{} 제곱킬로미터", "m²": "{} 제곱미터",
        "cm²": "{} 제곱센티미터", "m³": "{} 세제곱미터", "ha": "{} 헥타르", "W": "{} 와트",
        "kW": "{} 킬로와트", "MW": "{} 메가와트", "GW": "{} 기가와트", "kWh": "{} 킬로와트시",
        "MWh": "{} 메가와트시", "V": "{} 볼트", "kV": "{} 킬로볼트", "mA": "{} 밀리암페어",
        "Ω": "{} 옴", "Hz": "{} 헤르츠", "kHz": "{} 킬로헤르츠", "MHz": "{} 메가헤르츠",
        "GHz": "{} 기가헤르츠", "KB": "{} 킬로바이트", "MB": "{} 메가바이트", "GB": "{} 기가바이트",
        "TB": "{} 테라바이트", "Mbit/s": "초당 {} 메가비트", "px": "{} 픽셀", "bar": "{} 바",
        "Pa": "{} 파스칼", "MPa": "{} 메가파스칼",
        "hPa": "{} 헥토파스칼", "kPa": "{} 킬로파스칼", "dB": "{} 데시벨",
        "dB(A)": "{} 데시벨",
        "kcal": "{} 킬로칼로리", "kJ": "{} 킬로줄", "N": "{} 뉴턴", "Nm": "{} 뉴턴미터",
        "lx": "{} 럭스", "lm": "{} 루멘", "ppm": "백만분의 {}", "mph": "시속 {} 마일",
        "ft": "{} 피트", "′": "{} 피트", "″": "{} 인치",
        "lb": "{} 파운드", "oz": "{} 온스", "rpm": "분당 {} 회전", "%p": "{} 퍼센트포인트",
        "mm²": "{} 제곱밀리미터", "mm³": "{} 세제곱밀리미터", "cm³": "{} 세제곱센티미터",
        "GPa": "{} 기가파스칼", "kΩ": "{} 킬로옴", "MΩ": "{} 메가옴",
        "mV": "{} 밀리볼트", "Wh": "{} 와트시", "mAh": "{} 밀리암페어시", "Ah": "{} 암페어시",
        "GWh": "{} 기가와트시", "TWh": "{} 테라와트시", "MJ": "{} 메가줄",
        "psi": "제곱인치당 {} 파운드", "mol/L": "리터당 {} 몰", "mol/l": "리터당 {} 몰",
        "bps": "{} 베이시스포인트", "fps": "초당 {} 프레임", "pp": "{} 퍼센트포인트",
        "µg": "{} 마이크로그램", "dL": "{} 데시리터", "mmHg": "{} 수은주밀리미터",
        "cd": "{} 칸델라", "gal": "{} 갤런", "mi": "{} 마일", "yd": "{} 야드", "hp": "{} 마력",
        "W/(m·K)": "{} 와트 매 미터 켈빈", "W/(m²·K)": "{} 와트 매 제곱미터 켈빈",
    },
    signs={
        "\\": "백슬래시",
        "&": "앤드", "@": "골뱅이", "%": "퍼센트", "‰": "퍼밀", "°": "도", "+": "플러스",
        "−": "마이너스", "±": "플러스 마이너스", "×": "곱하기", "÷": "나누기", "=": "는",
        "≠": "같지 않음", "≈": "약", "~": "약", "<": "작음", ">": "큼", "≤": "작거나 같음",
        "≥": "크거나 같음", "∞": "무한대", "√": "루트", "#": "샵", "№": "번호", "↑": "상승",
        "↓": "하락", "Ω": "옴", "∆": "델타", "℃": "섭씨 도", "★": "별", "∑": "합",
    },
    per="퍼", dash="다시",
    code_labels=frozenset(("pin", "비밀번호", "코드", "인증번호")),
)  # fmt: skip

"""Chinese: numbers, clock, money, units, signs. Knows no text."""

from __future__ import annotations

from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money
from storyboard.narration.grammars.myriads import myriad_cardinal

_DIGITS: Final = "零一二三四五六七八九"
_MEASURES: Final = frozenset(
    "个位名次条本张种台件套块天年周小分倍杯辆家步层点项组米公元人秒吨升页岁部支"
    "片粒滴瓶包袋盒箱桶把只颗根座栋轮批笔份篇句双对趟场遍圈间"
)
"""What two is 两 before."""

_count = myriad_cardinal(_DIGITS, ("", "十", "百", "千"), ("", "万", "亿", "万亿"), full=True)


def cardinal(number: int, noun: str = "") -> str:
    """Say a whole number below a quadrillion; two before a measure word is 两."""
    return "两" if number == 2 and noun[:1] in _MEASURES else _count(number)


def year(number: int, noun: str) -> str | None:
    """Say the digits of a year; None for what is said as any number."""
    is_year = noun[:1] == "年" and 1000 <= number <= 2999
    return "".join(_DIGITS[int(digit)] for digit in str(number)) if is_year else None


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal."""
    return f"第{_count(number)}"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    half = {"a": "上午", "p": "下午"}.get(mark[:1].lower(), "")
    said = f"{half}{cardinal(hour, '点')}点"
    return said + (f"{'零' if minute < 10 else ''}{cardinal(minute)}分" if minute else "")


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    return f"{cardinal(whole)}分之{cardinal(part)}"


_K, _M, _B, _T = (3, "千", "千"), (6, "百万", "百万"), (9, "十亿", "十亿"), (12, "万亿", "万亿")

GRAMMAR: Final = Grammar(
    tag="zh", thousands=",", decimal=".", point="点", dot="点", digits=tuple(_DIGITS),
    cardinal=cardinal, ordinal=ordinal, to="到", by="乘", fold="倍", ratio="比", slash="斜杠",
    power="的{}次方", squared="的平方", cubed="的立方", version="版本", clock=clock,
    fraction=fraction, year=year, spaced=False, multiplies=True,
    money={
        "$": Money("美元", "美元"), "€": Money("欧元", "欧元"), "£": Money("英镑", "英镑"),
        "¥": Money("元", "元"), "￥": Money("元", "元"), "₹": Money("卢比", "卢比"),
        "₩": Money("韩元", "韩元"), "₽": Money("卢布", "卢布"), "₿": Money("比特币", "比特币"),
    },
    cents="",
    scales={
        "k": _K, "K": _K, "M": _M, "m": _M, "bn": _B, "B": _B, "T": _T,
        "万": (4, "万", "万"), "亿": (8, "亿", "亿"),
    },
    units={
        "%": "百分之{}", "‰": "千分之{}", "°C": "{}摄氏度", "°F": "{}华氏度", "°": "{}度",
        "km": "{}公里", "m": "{}米", "cm": "{}厘米", "mm": "{}毫米", "µm": "{}微米", "nm": "{}纳米",
        "kg": "{}公斤", "g": "{}克", "mg": "{}毫克", "t": "{}吨", "l": "{}升", "ml": "{}毫升",
        "h": "{}小时", "min": "{}分钟", "s": "{}秒", "ms": "{}毫秒", "km/h": "每小时{}公里",
        "m/s": "每秒{}米", "m/s²": "{}米每二次方秒", "kN": "{}千牛", "µs": "{}微秒",
        "km²": "{}平方公里", "m²": "{}平方米", "cm²": "{}平方厘米",
        "m³": "{}立方米", "ha": "{}公顷", "W": "{}瓦", "kW": "{}千瓦", "MW": "{}兆瓦",
        "GW": "{}吉瓦",
        "kWh": "{}千瓦时", "MWh": "{}兆瓦时", "V": "{}伏", "kV": "{}千伏", "mA": "{}毫安",
        "Ω": "{}欧姆",
        "Hz": "{}赫兹", "kHz": "{}千赫", "MHz": "{}兆赫", "GHz": "{}吉赫", "KB": "{}千字节",
        "MB": "{}兆字节", "GB": "{}吉字节", "TB": "{}太字节", "Mbit/s": "每秒{}兆比特",
        "px": "{}像素",
        "bar": "{}巴", "Pa": "{}帕", "MPa": "{}兆帕",
        "hPa": "{}百帕", "kPa": "{}千帕", "dB": "{}分贝",
        "dB(A)": "{}分贝",
        "kcal": "{}千卡",
        "kJ": "{}千焦", "N": "{}牛", "Nm": "{}牛米", "lx": "{}勒克斯", "lm": "{}流明",
        "ppm": "百万分之{}", "mph": "每小时{}英里", "ft": "{}英尺",
        "′": "{}英尺", "″": "{}英寸", "lb": "{}磅", "oz": "{}盎司",
        "rpm": "每分钟{}转",
        "mm²": "{}平方毫米", "mm³": "{}立方毫米", "cm³": "{}立方厘米",
        "GPa": "{}吉帕", "kΩ": "{}千欧", "MΩ": "{}兆欧", "mV": "{}毫伏", "Wh": "{}瓦时",
        "mAh": "{}毫安时", "Ah": "{}安时", "GWh": "{}吉瓦时", "TWh": "{}太瓦时", "MJ": "{}兆焦",
        "psi": "每平方英寸{}磅", "mol/L": "每升{}摩尔", "mol/l": "每升{}摩尔",
        "bps": "{}个基点", "fps": "每秒{}帧", "pp": "{}个百分点", "µg": "{}微克",
        "dL": "{}分升", "mmHg": "{}毫米汞柱", "cd": "{}坎德拉", "gal": "{}加仑", "mi": "{}英里",
        "yd": "{}码", "hp": "{}马力", "W/(m·K)": "{}瓦每米开尔文",
        "W/(m²·K)": "{}瓦每平方米开尔文",
    },
    signs={
        "\\": "反斜杠",
        "&": "和", "@": " at ", "%": "百分之", "‰": "千分之", "°": "度", "+": "加", "−": "负",
        "±": "正负", "×": "乘以", "÷": "除以", "=": "等于", "≠": "不等于", "≈": "约", "~": "约",
        "<": "小于", ">": "大于", "≤": "小于等于", "≥": "大于等于", "∞": "无穷大", "√": "根号",
        "#": "井号", "№": "号", "↑": "上升", "↓": "下降", "Ω": "欧姆", "∆": "德尔塔",
        "℃": "摄氏度", "★": "星", "∑": "求和",
    },
    per="每", dash="杠",
    dialed_behind=frozenset(("拨打", "打")),
    code_labels=frozenset(("pin", "密码", "代码", "验证码")),
)  # fmt: skip

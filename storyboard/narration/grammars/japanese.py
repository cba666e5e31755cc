"""Japanese: clock, money, units, signs. Its digits stay: what counts them has to be read along.

Knows no text.
"""

from __future__ import annotations

from typing import Final

from storyboard.narration.grammar import Form, Grammar, Money

_DIGITS: Final = ("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ")
HOURS: Final = {4: "ヨ", 7: "シチ", 9: "ク", 14: "ジュウヨ", 17: "ジュウシチ", 19: "ジュウク"}
"""Hours whose number is said otherwise than anywhere else."""


def cardinal(number: int, noun: str = "") -> str:
    """Return the digits, which the voice reads with what they count; great ones by myriads."""
    parts = []
    for unit in ("", "万", "億", "兆"):
        number, part = divmod(number, 10_000)
        if part or (not unit and not number):
            parts.append(f"{part}{unit}")
    return "".join(reversed(parts))


def ordinal(number: int, form: Form = Form.PLAIN) -> str:
    """Say an ordinal."""
    return f"第{number}"


def minutes(minute: int) -> str:
    """Say minutes, whose word changes with the number."""
    return f"{minute}{'プン' if minute % 10 in (0, 1, 3, 4, 6, 8) else '分'}"


def clock(hour: int, minute: int, mark: str) -> str:
    """Say a time of day."""
    half = {"a": "午前", "p": "午後"}.get(mark[:1].lower(), "")
    return f"{half}{HOURS.get(hour, hour)}ジ" + (minutes(minute) if minute else "")


def fraction(part: int, whole: int) -> str:
    """Say a proper fraction of tenths at most."""
    return f"{whole}ブンノ{part}"


_K, _M, _B, _T = (3, "千", "千"), (6, "百万", "百万"), (9, "十億", "十億"), (12, "兆", "兆")

GRAMMAR: Final = Grammar(
    tag="ja", thousands=",", decimal=".", point="テン", dot="テン", digits=_DIGITS,
    cardinal=cardinal, ordinal=ordinal, to="から", by="かける", fold="倍", ratio="対",
    slash="スラッシュ", power="の{}乗", squared="の2乗", cubed="の3乗", version="バージョン",
    clock=clock, fraction=fraction, spaced=False, multiplies=True,
    money={
        "$": Money("ドル", "ドル"), "€": Money("ユーロ", "ユーロ"), "£": Money("ポンド", "ポンド"),
        "¥": Money("円", "円"), "￥": Money("円", "円"), "元": Money("元", "元"),
        "₹": Money("ルピー", "ルピー"),
        "₩": Money("ウォン", "ウォン"), "₽": Money("ルーブル", "ルーブル"),
        "₿": Money("ビットコイン", "ビットコイン"),
    },
    cents="",
    scales={
        "k": _K, "K": _K, "M": _M, "m": _M, "bn": _B, "B": _B, "T": _T,
        "千": (3, "千", "千"), "万": (4, "万", "万"), "億": (8, "億", "億"), "兆": (12, "兆", "兆"),
    },
    units={
        "%": "{}パーセント", "‰": "{}パーミル", "°C": "摂氏{}度", "°F": "華氏{}度", "°": "{}度",
        "km": "{}キロメートル", "m": "{}メートル", "cm": "{}センチメートル", "mm": "{}ミリメートル",
        "µm": "{}マイクロメートル", "nm": "{}ナノメートル", "kg": "{}キログラム", "g": "{}グラム",
        "mg": "{}ミリグラム", "t": "{}トン", "l": "{}リットル", "ml": "{}ミリリットル",
        "h": "{}時間",
        "min": "{}分", "s": "{}秒", "ms": "{}ミリ秒", "km/h": "時速{}キロメートル",
        "m/s": "秒速{}メートル", "m/s²": "{}メートル毎秒毎秒", "kN": "{}キロニュートン",
        "µs": "{}マイクロ秒", "km²": "{}平方キロメートル", "m²": "{}平方メートル",
        "cm²": "{}平方センチメートル", "m³": "{}立方メートル", "ha": "{}ヘクタール",
        "W": "{}ワット",
        "kW": "{}キロワット", "MW": "{}メガワット", "GW": "{}ギガワット", "kWh": "{}キロワット時",
        "MWh": "{}メガワット時", "V": "{}ボルト", "kV": "{}キロボルト", "mA": "{}ミリアンペア",
        "Ω": "{}オーム", "Hz": "{}ヘルツ", "kHz": "{}キロヘルツ", "MHz": "{}メガヘルツ",
        "GHz": "{}ギガヘルツ", "KB": "{}キロバイト", "MB": "{}メガバイト", "GB": "{}ギガバイト",
        "TB": "{}テラバイト", "Mbit/s": "毎秒{}メガビット", "px": "{}ピクセル", "bar": "{}バール",
        "Pa": "{}パスカル", "MPa": "{}メガパスカル",
        "hPa": "{}ヘクトパスカル", "kPa": "{}キロパスカル", "dB": "{}デシベル",
        "dB(A)": "{}デシベル",
        "kcal": "{}キロカロリー", "kJ": "{}キロジュール", "N": "{}ニュートン",
        "Nm": "{}ニュートンメートル", "lx": "{}ルクス", "lm": "{}ルーメン", "ppm": "100万分の{}",
        "mph": "時速{}マイル", "ft": "{}フィート", "′": "{}フィート", "″": "{}インチ",
        "lb": "{}ポンド", "oz": "{}オンス",
        "rpm": "毎分{}回転", "pt": "{}ポイント",
        "mm²": "{}平方ミリメートル", "mm³": "{}立方ミリメートル", "cm³": "{}立方センチメートル",
        "GPa": "{}ギガパスカル", "kΩ": "{}キロオーム",
        "MΩ": "{}メガオーム", "mV": "{}ミリボルト", "Wh": "{}ワット時",
        "mAh": "{}ミリアンペア時", "Ah": "{}アンペア時", "GWh": "{}ギガワット時",
        "TWh": "{}テラワット時", "MJ": "{}メガジュール", "psi": "{}ポンド毎平方インチ",
        "mol/L": "{}モル毎リットル", "mol/l": "{}モル毎リットル", "bps": "{}ベーシスポイント",
        "fps": "毎秒{}フレーム", "pp": "{}パーセントポイント", "µg": "{}マイクログラム",
        "dL": "{}デシリットル", "mmHg": "{}ミリメートル水銀柱", "cd": "{}カンデラ",
        "gal": "{}ガロン", "mi": "{}マイル", "yd": "{}ヤード", "hp": "{}馬力",
        "W/(m·K)": "{}ワット毎メートル毎ケルビン",
        "W/(m²·K)": "{}ワット毎平方メートル毎ケルビン",
    },
    signs={
        "\\": "バックスラッシュ",
        "&": "アンド", "@": "アットマーク", "%": "パーセント", "‰": "パーミル", "°": "度",
        "+": "プラス", "−": "マイナス", "±": "プラスマイナス", "×": "かける", "÷": "わる",
        "=": "イコール", "≠": "ノットイコール", "≈": "約", "~": "約", "<": "小なり", ">": "大なり",
        "≤": "小なりイコール", "≥": "大なりイコール", "∞": "無限大", "√": "ルート", "#": "シャープ",
        "№": "ナンバー", "↑": "アップ", "↓": "ダウン", "Ω": "オーム", "∆": "デルタ",
        "〒": "郵便番号", "℃": "度",
        "★": "星", "∑": "シグマ", "※": "注",
    },
    per="毎", dash="の",
    code_labels=frozenset(("pin", "暗証番号", "コード", "パスワード")),
)  # fmt: skip

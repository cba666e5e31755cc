"""Words in capitals that Japanese says as words: ON, LAN, NASA. It says the letters of others.

Knows no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

JAPANESE_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PASSWORD": "パスワード", "LOGIN": "ログイン", "LOGOUT": "ログアウト", "USER": "ユーザー",
        "CANCEL": "キャンセル", "SEARCH": "サーチ", "PRINT": "プリント", "SCAN": "スキャン",
        "COPY": "コピー", "UPDATE": "アップデート", "DOWNLOAD": "ダウンロード",
        "ON": "オン", "OFF": "オフ", "START": "スタート", "STOP": "ストップ", "ENTER": "エンター",
        "SHIFT": "シフト", "DELETE": "デリート", "TAB": "タブ", "MENU": "メニュー",
        "HOME": "ホーム", "BACK": "バック", "NEXT": "ネクスト", "POWER": "パワー",
        "RESET": "リセット", "SAVE": "セーブ", "OPEN": "オープン", "CLOSE": "クローズ",
        "YES": "イエス", "NO": "ノー", "MAX": "マックス", "MIN": "ミニマム", "AUTO": "オート",
        "MODE": "モード", "TEST": "テスト", "NEW": "ニュー", "ERROR": "エラー", "LOCK": "ロック",
        "READY": "レディー", "SET": "セット", "HIGH": "ハイ", "LOW": "ロー", "LINE": "ライン",
        "ZOOM": "ズーム", "SALE": "セール", "WEB": "ウェブ", "SELECT": "セレクト",
        "CLEAR": "クリア", "MEMO": "メモ", "FREE": "フリー", "TOP": "トップ", "FAX": "ファックス",
        "PIN": "ピン", "SIM": "シム", "LAN": "ラン", "WAN": "ワン", "VLAN": "ブイラン",
        "RAM": "ラム", "ROM": "ロム", "RAID": "レイド", "CAD": "キャド", "CAM": "キャム",
        "JPEG": "ジェイペグ", "MPEG": "エムペグ", "GIF": "ジフ", "JSON": "ジェイソン",
        "JIS": "ジス", "JAS": "ジャス", "HACCP": "ハサップ", "SWOT": "スウォット",
        "PET": "ペット", "NATO": "ナトー", "NASA": "ナサ", "JAXA": "ジャクサ", "JICA": "ジャイカ",
        "JETRO": "ジェトロ", "UNESCO": "ユネスコ", "UNICEF": "ユニセフ", "ASEAN": "アセアン",
        "OPEC": "オペック", "APEC": "エイペック", "NISA": "ニーサ", "TOEIC": "トーイック",
        "TOEFL": "トーフル", "COVID": "コビッド", "SARS": "サーズ", "MERS": "マーズ",
        "AIDS": "エイズ", "JAF": "ジャフ", "JAL": "ジャル", "UNIX": "ユニックス",
        "LINUX": "リナックス", "EXCEL": "エクセル", "WORD": "ワード", "SUICA": "スイカ",
        "CAPTCHA": "キャプチャ", "SCADA": "スキャダ",
    }
)  # fmt: skip
"""How each sounds. Without OK, NG and ISO, of which Japanese says the letters."""

"""The vendored file is the one that vendor.json names, and every package in it is licensed so."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "storyboard/studio/web/vendor"
PINS = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


def test_the_file_is_the_one_that_make_vendor_made() -> None:
    content = (VENDOR / PINS["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == PINS["sha256"]
    assert len(content) < 32_000
    assert sorted(path.name for path in VENDOR.iterdir()) == [
        "LICENSES",
        PINS["file"],
        "vendor.json",
    ]


def test_each_package_is_in_notice_and_its_license_text_in_the_wheel() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for package in PINS["packages"]:
        text = (VENDOR / "LICENSES" / package["licenseText"]).read_text(encoding="utf-8")
        assert {"MIT": "The MIT License", "Apache-2.0": "Apache License"}[
            package["license"]
        ] in text
        line = f"  {package['name']} {package['version']}"
        assert [row.split()[-1] for row in notice.splitlines() if row.startswith(line)] == [
            package["license"]
        ]
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    listed = {path for pattern in told["project"]["license-files"] for path in ROOT.glob(pattern)}
    assert {VENDOR / "LICENSES" / each["licenseText"] for each in PINS["packages"]} <= listed
    assert len(list((VENDOR / "LICENSES").iterdir())) == len(PINS["packages"])

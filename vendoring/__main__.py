"""`make vendor`: pack the packages that vendor.json pins, check their hashes, bundle one file.

Arguments NAME=VERSION pin other versions: the hashes of those are written, not checked.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
VENDOR: Final = HERE.parent / "storyboard" / "studio" / "web" / "vendor"
PINS: Final = VENDOR / "vendor.json"
LICENSES: Final = VENDOR / "LICENSES"
_BUNDLE: Final = (
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--legal-comments=none",
)


def main(updates: list[str]) -> None:
    """Make the file, its license texts and its hashes anew."""
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    wanted = dict(update.split("=", 1) for update in updates)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archives = [_pack(package, wanted, folder) for package in pins["packages"]]
        bundled = _bundle(folder, archives, pins["bundler"])
    (VENDOR / pins["file"]).write_bytes(bundled)
    pins["sha256"] = _sha256(bundled)
    PINS.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")
    print(f"{pins['file']}: {len(bundled)} bytes")


def _pack(package: dict[str, Any], wanted: dict[str, str], folder: Path) -> Path:
    """Fetch one archive, keep its license text, and check or renew its hash."""
    name = package["name"]
    package["version"] = wanted.get(name, package["version"])
    told = _run("npm", "pack", "--silent", f"{name}@{package['version']}", within=folder)
    archive = folder / told.split()[-1]
    digest = _sha256(archive.read_bytes())
    if name not in wanted and digest != package["sha256"]:
        sys.exit(
            f"{name}: the archive's hash is {digest}, but vendor.json says {package['sha256']}"
        )
    package["sha256"] = digest
    with tarfile.open(archive) as opened:
        text = opened.extractfile("package/LICENSE")
        assert text is not None
        (LICENSES / package["licenseText"]).write_bytes(text.read())
    return archive


def _bundle(folder: Path, archives: list[Path], bundler: str) -> bytes:
    """Return the packages as one module; no script of any package is run."""
    quiet = ("--silent", "--ignore-scripts", "--no-audit", "--no-fund")
    _run("npm", "install", *quiet, *map(str, archives), bundler, within=folder)
    entry = folder / "entry.js"
    entry.write_bytes((HERE / "entry.js").read_bytes())
    _run("npx", "--no-install", "esbuild", str(entry), *_BUNDLE, "--outfile=made.js", within=folder)
    return (folder / "made.js").read_bytes()


def _run(*command: str, within: Path) -> str:
    return subprocess.run(command, cwd=within, check=True, capture_output=True, text=True).stdout


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])

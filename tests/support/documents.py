"""Documents for tests: a PDF that is written by hand, as small as one can be."""

from __future__ import annotations

from pathlib import Path


def pdf(path: Path, *pages: str) -> Path:
    """Write a PDF of landscape pages with these words, a line of the page a line of the text."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for text in pages:
        lines = "".join(f"({_escaped(line)}) Tj 0 -60 Td " for line in text.splitlines())
        stream = f"BT /F1 48 Tf 60 440 Td {lines}ET"
        parts.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(parts) + 1} 0 R")
        parts.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 960 540] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(parts)} 0 R >>"
        )
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(parts) + 1
    body += f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    start = body.index("xref\n0 ")
    body += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    path.write_bytes(body.encode("latin-1"))
    return path


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

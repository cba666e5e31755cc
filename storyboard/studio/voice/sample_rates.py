"""How many samples a second a voice may give. Knows no sound."""

from __future__ import annotations

from typing import Final

SAMPLE_RATES: Final = range(8_000, 96_001)
"""From a telephone's to twice that of films. With fewer, a short file of a stranger would become
hours of sound."""

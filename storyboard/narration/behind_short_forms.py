"""What goes on behind the dot of a short form, in the same sentence. Knows no short form."""

from __future__ import annotations

import re
from typing import Final

SMALLER_UNIT: Final = (
    r"[0-9]{1,2}(?:[./][0-9]{1,2})?\s?(?:(?:oz|min|sec|mos?|ft)(?![^\W_])"
    r"|in(?:\.|(?=[,;:)]|\s(?:tall|long|wide|high|deep|thick)(?!\w))))"
)
"""What goes on behind a larger unit: 5 ft. 6 in., 2 hr. 30 min."""

SMALLER: Final = re.compile(SMALLER_UNIT)
NAMED_AFTER: Final = re.compile(
    r"(?:Day|Blvd|Boulevard|Drive|Way|Street|St|Avenue|Ave|Library|Park|Memorial|Center|Award"
    r"|Elementary|Middle|High|School|Hospital|Foundation|Stadium|Bridge)(?!\w)"
)
"""What has the name of a junior: Martin Luther King Jr. Day."""

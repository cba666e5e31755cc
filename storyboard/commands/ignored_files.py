"""What of a project git leaves alone: what is of one machine, or of one moment."""

from __future__ import annotations

from typing import Final

IGNORED: Final = """\
.storyboard/*
!.storyboard/schemas/
films/
speech/
*.json.lock
*.json.backup/
*.json.journal*
*.json.spool
*.json.conflict
*.json.damaged
"""
"""The `.gitignore` of a new project."""

"""Presenters as drawings: heads, faces, and who they are. Knows no room and no time."""

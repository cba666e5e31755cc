"""What the studio keeps: rows in SQLite and files by content. Decides nothing, knows no HTTP."""

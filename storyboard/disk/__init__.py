"""Files that are opened, read and written below a folder, and no link that leads out of it."""

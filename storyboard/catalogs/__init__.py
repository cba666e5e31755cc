"""Translation catalogs: PO files read, matched to their sources, and written."""

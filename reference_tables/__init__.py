"""Writes the tables of the pages in `docs/` from the code, so that each fact stands once."""

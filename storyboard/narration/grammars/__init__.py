"""One module a language: its number words, units, currencies and signs. Knows no text."""

"""Texts as pictures of letters: fonts, and lines set in them. Knows no film."""

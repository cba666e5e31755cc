"""Text to documents with positions, and what is wrong with them. Knows YAML, not videos."""

"""What apply remembers between runs: ids and fingerprints, never a narration or a session."""

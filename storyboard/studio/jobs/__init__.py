"""The work that the studio does behind a call: films, compositions, uploads."""

"""The wire: the vocabulary of the VOD Avatar API, and the client that speaks it."""

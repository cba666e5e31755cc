"""The studio's page in a browser: its files, what it may look at, and the key that opens it."""

"""Hostile inputs for everything that parses: `python -m tests.fuzz`, or `make fuzz`."""

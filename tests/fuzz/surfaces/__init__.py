"""What is fuzzed: a module a surface, each with the `SURFACE` that it describes."""

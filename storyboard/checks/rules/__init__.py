"""The rules: one a file, one function inside."""

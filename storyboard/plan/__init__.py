"""Desired × applied × current → a plan. Pure, but for the one function that fetches current."""

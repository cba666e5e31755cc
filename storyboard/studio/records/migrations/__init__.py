"""The versions of the tables in PostgreSQL, by Alembic; SQLite's are scripts in `schema.py`.

A version has one number for both: `PRAGMA user_version` there is Alembic's revision here.
"""

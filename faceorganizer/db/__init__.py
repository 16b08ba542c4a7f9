"""The library on disk: one SQLite database with its lock and its backups.

The only room that imports SQLAlchemy; nothing of it leaves. Records go in and out as the domain's frozen dataclasses
and arrays.
"""

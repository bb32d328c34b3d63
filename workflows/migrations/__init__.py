"""Alembic migrations: one tree for all tables, run on SQLite and PostgreSQL."""

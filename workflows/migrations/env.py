"""Alembic's environment: runs the migrations on the connection that the caller hands over."""

from __future__ import annotations

from alembic import context

from workflows.migrations.run import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()

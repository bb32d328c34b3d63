"""Triggers by which PostgreSQL refuses some writes as it does when transactions meet."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

STATES = ("40001", "40P01", "55P03")
"""Serialisation failure, deadlock, lock not available."""

EVERY = 7
"""Of so many writes one is refused: whoever does it again gets through."""

_COUNTERS = ("writes", *STATES)

# A sequence keeps its value when a transaction is rolled back: so refusals can be counted.
_CONFLICTS = f"""
CREATE FUNCTION met_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE writes bigint; met text;
BEGIN
  writes := nextval('"met_writes"');
  IF writes % {EVERY} = 0 THEN
    met := (ARRAY['40001', '40P01', '55P03'])[1 + (writes / {EVERY}) % 3];
    PERFORM nextval(format('%I', 'met_' || met));
    RAISE EXCEPTION 'another transaction was met' USING ERRCODE = met;
  END IF;
  RETURN NULL;
END $$
"""
REFUSING = """
CREATE TRIGGER met_in_a_statement AFTER INSERT ON bpm_history
  FOR EACH ROW EXECUTE FUNCTION met_another();
CREATE CONSTRAINT TRIGGER met_in_the_commit AFTER UPDATE ON bpm_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION met_another()
"""
REFUSING_NO_MORE = """
DROP TRIGGER met_in_a_statement ON bpm_history;
DROP TRIGGER met_in_the_commit ON bpm_case
"""

Connection = psycopg.Connection[tuple[Any, ...]]


def prepare_conflicts(connection: Connection) -> None:
    """Make what the triggers call."""
    for name in _COUNTERS:
        counter = sql.Identifier(f"met_{name}")
        connection.execute(sql.SQL("CREATE SEQUENCE {} START 2").format(counter))
    connection.execute(_CONFLICTS)


def refused(connection: Connection) -> dict[str, int]:
    """Return how many writes were refused, by the state that was told."""
    found = {}
    for state in STATES:
        asked = sql.SQL("SELECT CASE WHEN is_called THEN last_value - 1 ELSE 0 END FROM {}")
        row = connection.execute(asked.format(sql.Identifier(f"met_{state}"))).fetchone()
        found[state] = int(row[0]) if row else 0
    return found

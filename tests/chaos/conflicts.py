"""Triggers by which PostgreSQL refuses some writes as it does when transactions meet."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

STATES = ("40001", "40P01", "55P03")
"""Serialisation failure, deadlock, lock not available."""

_COUNTERS = ("refusing", "writes", *STATES)

# A sequence keeps its value when a transaction is rolled back: so refusals can be counted, and
# be switched on and off without a lock on a table. One write of seven is refused: whoever does it
# again gets through.
_CONFLICTS = """
CREATE FUNCTION met_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE writes bigint; met text;
BEGIN
  IF (SELECT last_value FROM met_refusing) = 1 THEN
    RETURN NULL;
  END IF;
  writes := nextval('met_writes');
  IF writes % 7 = 0 THEN
    met := (ARRAY['40001', '40P01', '55P03'])[1 + (writes / 7) % 3];
    PERFORM nextval(format('%I', 'met_' || met));
    RAISE EXCEPTION 'another transaction was met' USING ERRCODE = met;
  END IF;
  RETURN NULL;
END $$
"""
_IN_A_STATEMENT = """
CREATE TRIGGER met_in_a_statement AFTER INSERT ON bpm_history
  FOR EACH ROW EXECUTE FUNCTION met_another()
"""
_IN_THE_COMMIT = """
CREATE CONSTRAINT TRIGGER met_in_the_commit AFTER UPDATE ON bpm_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION met_another()
"""

Connection = psycopg.Connection[tuple[Any, ...]]


def prepare_conflicts(connection: Connection) -> None:
    """Make the triggers; each by itself, for each locks a table."""
    for name in _COUNTERS:
        counter = sql.Identifier(f"met_{name}")
        connection.execute(sql.SQL("CREATE SEQUENCE {}").format(counter))
    for statement in (_CONFLICTS, _IN_A_STATEMENT, _IN_THE_COMMIT):
        connection.execute(statement)


def refuse(connection: Connection, *, now: bool) -> None:
    """Refuse some writes from now on, or none any more."""
    connection.execute("SELECT setval('met_refusing', %s)", (2 if now else 1,))


def refused(connection: Connection) -> dict[str, int]:
    """Return how many writes were refused, by the state that was told."""
    found = {}
    for state in STATES:
        asked = sql.SQL("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}")
        row = connection.execute(asked.format(sql.Identifier(f"met_{state}"))).fetchone()
        found[state] = int(row[0]) if row else 0
    return found

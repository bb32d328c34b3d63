"""Triggers by which PostgreSQL refuses some writes as it does when commands meet each other."""

from __future__ import annotations

STATES = ("40001", "40P01", "55P03")
"""Serialisation failure, deadlock, lock not available."""

# Sequences keep their value when a transaction is rolled back: so refusals can be counted.
_COUNTED = 'CREATE SEQUENCE "met_{0}"; SELECT nextval(\'"met_{0}"\');'
CONFLICTS = (
    "".join(_COUNTED.format(state) for state in STATES)
    + """
CREATE FUNCTION met_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE met text;
BEGIN
  IF random() < 0.1 THEN
    met := (ARRAY['40001', '40P01', '55P03'])[1 + floor(random() * 3)];
    PERFORM nextval(format('%I', 'met_' || met));
    RAISE EXCEPTION 'another transaction was met' USING ERRCODE = met;
  END IF;
  RETURN NULL;
END $$
"""
)
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

"""Marks of what every process keeps of the zone: each changes with what it stands for.

The database sets a new mark with every write, whoever writes: another process, an older program
or a person with a console of the database. So nobody can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    MetaData,
    String,
    Table,
    bindparam,
    event,
    insert,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, table
from engine.store.ids import new_id
from workflows.domain.org_tables import BodyRow, EnterpriseRow, GrantRow
from workflows.domain.rule_tables import CalendarDayRow, CalendarYearRow, RuleSetRow

RULES, CALENDAR, BODIES, POSTS = "rules", "calendar", "bodies", "posts"

WATCHED = {
    RuleSetRow.__tablename__: RULES,
    CalendarYearRow.__tablename__: CALENDAR,
    CalendarDayRow.__tablename__: CALENDAR,
    BodyRow.__tablename__: BODIES,
    EnterpriseRow.__tablename__: BODIES,
    GrantRow.__tablename__: POSTS,
}
"""Every table that is kept by a mark, with the name of the mark."""


class RevisionRow(Base):
    """The mark of one subject.

    Number and mark together never come again, in this database or another: what a transaction
    made that was rolled back is not taken for what another made after it. `writer` is the
    transaction that wrote last, where the database has a name for it.
    """

    __tablename__ = "org_revision"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[str] = mapped_column(String(64))
    writer: Mapped[str] = mapped_column(String(64))


_MARK = table(RevisionRow)
_RENEW = (
    update(_MARK)
    .where(_MARK.c.name == bindparam("subject"))
    .values(number=_MARK.c.number + 1, mark=bindparam("fresh"))
)

WRITER = "txid_current_if_assigned()::text || '@' || extract(epoch from now())::text"
"""How PostgreSQL names the transaction at hand; NULL while it has written nothing.

The instant is part of it, for numbers begin anew where a backup is put back.
"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION org_revision_next() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
  me text;
BEGIN
  PERFORM txid_current();
  me := {writer};
  UPDATE org_revision SET number = number + 1, writer = me,
    mark = md5(random()::text || clock_timestamp()::text || me)
  WHERE name = TG_ARGV[0] AND writer <> me;
  RETURN NULL;
END $$
"""
# Once a transaction, for a row that one transaction writes very often takes ever longer to write.
# Its own search path: whoever restores a dump writes with none.

_SQLITE = """
CREATE TRIGGER {trigger} AFTER {act} ON {table}
BEGIN
  UPDATE org_revision SET number = number + 1,
    mark = lower(hex(randomblob(16))) || strftime('%s%f', 'now')
  WHERE name = '{name}';
END
"""


def begin(connection: Connection) -> None:
    """Give every subject a first mark; whatever is there has none before."""
    rows = [
        {"name": name, "number": 0, "mark": new_id(), "writer": ""}
        for name in sorted(set(WATCHED.values()))
    ]
    connection.execute(insert(table(RevisionRow)), rows)


def install(connection: Connection) -> None:
    """Make the triggers that are missing: a table that was made anew has lost its own.

    What was written without them has no mark yet, and other processes may keep what stood before.
    """
    lacking = missing(connection)
    if lacking and connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_FUNCTION.format(writer=WRITER))
    for statement in _statements(lacking):
        connection.exec_driver_sql(statement)
    for subject in sorted({WATCHED[name] for name in WATCHED if _lacks(lacking, name)}):
        connection.execute(_RENEW, {"subject": subject, "fresh": new_id()})


def _lacks(lacking: Iterable[str], name: str) -> bool:
    return any(one.startswith(f"{name}_") for one in lacking)


def clear(connection: Connection) -> None:
    """Take away what stays behind where every table was dropped."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS org_revision_next() CASCADE")


def missing(connection: Connection) -> list[str]:
    """Return the triggers that are not in the database."""
    catalogue = "sqlite_master WHERE type = 'trigger'"
    if connection.dialect.name != "sqlite":
        catalogue = (
            "(SELECT tgname AS name FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE pg_table_is_visible(pg_class.oid) AND tgenabled <> 'D') AS found"
        )
    there = set(connection.execute(text(f"SELECT name FROM {catalogue}")).scalars())  # noqa: S608
    return [one for one in triggers(connection) if one not in there]


def triggers(connection: Connection) -> list[str]:
    """Return the names of all triggers."""
    acts = _ACTS if connection.dialect.name == "sqlite" else ("write",)
    return [f"{name}_{act.lower()}_is_marked" for name in WATCHED for act in acts]


_ACTS = ("INSERT", "UPDATE", "DELETE")


def _statements(lacking: Iterable[str]) -> Iterator[str]:
    wanted = set(lacking)
    for name, subject in WATCHED.items():
        if f"{name}_write_is_marked" in wanted:
            yield (
                f"CREATE TRIGGER {name}_write_is_marked AFTER INSERT OR UPDATE OR DELETE OR "
                f"TRUNCATE ON {name} EXECUTE FUNCTION org_revision_next('{subject}')"
            )
        for act in _ACTS:
            trigger = f"{name}_{act.lower()}_is_marked"
            if trigger in wanted:
                yield _SQLITE.format(trigger=trigger, act=act, table=name, name=subject)


def _created(_: MetaData, connection: Connection, tables: Iterable[Table], **__: Any) -> None:  # noqa: ANN401
    """Let a schema that is made without migrations have what they bring."""
    if table(RevisionRow) in tables:
        install(connection)
        begin(connection)


event.listen(Base.metadata, "after_create", _created)

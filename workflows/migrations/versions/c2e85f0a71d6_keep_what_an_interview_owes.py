"""Keep in the ledger whether an interview is late, and in the case why its host was named."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c2e85f0a71d6"
down_revision = "a91d5c37e804"
branch_labels = None
depends_on = None

CASES = sa.table("bpm_case", sa.column("id"), sa.column("document"))
HISTORY = sa.table(
    "bpm_history", sa.column("case_id"), sa.column("seq"), sa.column("act"), sa.column("data")
)
HAZARDS = sa.table("hz_hazard", sa.column("case_id"), sa.column("interview_late"))


def upgrade() -> None:
    """Add the column and fill both from what is on record."""
    with op.batch_alter_table("hz_hazard") as batch:
        batch.add_column(
            sa.Column("interview_late", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    database = op.get_bind()
    interviewed = CASES.c.document.contains('"matrix_host"')
    for case_id, text in database.execute(sa.select(CASES).where(interviewed)).all():
        document = json.loads(text)
        if any(_late(one) for one in document["interviews"]):
            late = sa.update(HAZARDS).where(HAZARDS.c.case_id == case_id)
            database.execute(late.values(interview_late=True))
        why = _why(_recorded(database, case_id))
        document["interviews"] = [
            {**one, "why": why.get(one["number"])} for one in document["interviews"]
        ]
        kept = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        database.execute(sa.update(CASES).where(CASES.c.id == case_id).values(document=kept))


def downgrade() -> None:
    """Undo it; a reason that nobody reads stays where it is."""
    with op.batch_alter_table("hz_hazard") as batch:
        batch.drop_column("interview_late")


def _late(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("late")) and not entry.get("held") and not entry.get("lapsed")


def _recorded(database: sa.Connection, case_id: str) -> list[tuple[str, dict[str, Any]]]:
    query = (
        sa.select(HISTORY.c.act, HISTORY.c.data)
        .where(HISTORY.c.case_id == case_id)
        .where(HISTORY.c.act.in_(("decision.made", "interview.matrix")))
        .order_by(HISTORY.c.seq)
    )
    return [(row.act, json.loads(row.data)) for row in database.execute(query)]


def _why(recorded: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[int, str]:
    """Return by interview the row of the table that was taken right before its host was kept."""
    found: dict[int, str] = {}
    row = ""
    for act, data in recorded:
        if act == "interview.matrix" and row:
            found[data["interview"]] = row
        elif data.get("decision") == "interview_host" and data.get("rules"):
            row = data["rules"][0].removeprefix("interview_host_")
    return found

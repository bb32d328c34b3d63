"""Keep by what the ledger's texts are ordered, and search more of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from pypinyin import Style, lazy_pinyin

revision = "c2f4a8e61b35"
down_revision = "c2e85f0a71d6"
branch_labels = None
depends_on = None

KEYS = {
    "industry_key": "industry",
    "address_key": "address",
    "location_key": "location",
    "description_key": "description",
    "subcategory_key": "subcategory",
    "criterion_key": "criterion",
    "responsible_key": "responsible_person",
}
SEARCHED = (
    "number",
    "enterprise_name_zh",
    "enterprise_name",
    "description",
    "location",
    "address",
    "criterion",
    "industry",
    "subcategory",
    "responsible_person",
)
TEXTS = dict.fromkeys((*SEARCHED, *KEYS.values()))
ROWS = sa.table(
    "hz_hazard",
    *(sa.column(name) for name in ("case_id", "search_text", *KEYS, *TEXTS)),
)
BATCH = 500


def upgrade() -> None:
    """Add the keys and fill them, a batch of rows at a time."""
    with op.batch_alter_table("hz_hazard") as batch:
        for key in KEYS:
            batch.add_column(sa.Column(key, sa.String(160), nullable=False, server_default=""))
    connection = op.get_bind()
    last = ""
    while rows := _after(connection, last):
        connection.execute(_change(), [_derived(row) for row in rows])
        last = rows[-1].case_id


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("hz_hazard") as batch:
        for key in KEYS:
            batch.drop_column(key)


def _after(connection: sa.Connection, last: str) -> Sequence[sa.Row[tuple[str, ...]]]:
    columns = [ROWS.c[name] for name in ("case_id", *TEXTS)]
    query = sa.select(*columns).where(ROWS.c.case_id > last).order_by(ROWS.c.case_id)
    return connection.execute(query.limit(BATCH)).all()


def _change() -> sa.Update:
    names = ("search_text", *KEYS)
    return (
        sa.update(ROWS)
        .where(ROWS.c.case_id == sa.bindparam("of_case"))
        .values({name: sa.bindparam(f"new_{name}") for name in names})
    )


def _derived(row: sa.Row[tuple[str, ...]]) -> dict[str, str]:
    text = " ".join(str(getattr(row, name)) for name in SEARCHED if getattr(row, name))
    return {
        "of_case": row.case_id,
        "new_search_text": unicodedata.normalize("NFKC", text).casefold(),
        **{f"new_{key}": _key(getattr(row, name)) for key, name in KEYS.items()},
    }


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:40]).strip()
    read = lazy_pinyin(plain, style=Style.TONE3)
    return " ".join(read).lower()[:160]

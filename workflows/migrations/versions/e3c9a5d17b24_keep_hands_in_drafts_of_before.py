"""Keep who brought, named or proposed a draft of before, so that nobody of them approves it."""

from __future__ import annotations

from alembic import op

revision = "e3c9a5d17b24"
down_revision = "d2b7e5a90c46"
branch_labels = None
depends_on = None

_HANDS = """
INSERT INTO design_hand (draft_id, person)
SELECT named.id, named.person FROM (
  SELECT id, proposed_by AS person FROM design_draft WHERE proposed_by IS NOT NULL
  UNION SELECT id, created_by FROM design_draft WHERE base = 0
  UNION SELECT design_draft.id, entry.actor FROM design_draft
    JOIN org_administration AS entry ON entry.subject = design_draft.id AND entry.agency = design_draft.agency
    WHERE entry.act = 'draft.import'
) AS named
WHERE NOT EXISTS (
  SELECT 1 FROM design_hand AS one WHERE one.draft_id = named.id AND one.person = named.person)
"""


def upgrade() -> None:
    """Write the rows that are written at once from now on."""
    op.execute(_HANDS)


def downgrade() -> None:
    """Leave them: who had a hand in a draft had it before as well."""

"""The ledger as a table: the same columns, filters, order and language as on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.ports import Actor
from workflows.domain import ledger, ledger_flags
from workflows.domain.ledger import LedgerFilter, Order
from workflows.domain.ledger_fields import LedgerField
from workflows.domain.ledger_tables import HazardRow
from workflows.domain.ledger_words import Words
from workflows.exporting.files import Row

BATCH = 500
FLAGS = ("标记", "Flags")
"""What stands beside the state on the page has a column of its own in a file."""


@dataclass(frozen=True)
class LedgerTable:
    """What is wanted of the ledger, by whom and in which words."""

    actor: Actor
    wanted: LedgerFilter
    order: Order
    columns: Sequence[LedgerField]
    language: str
    now: datetime

    def heads(self, session: Session) -> Row:
        """Return the titles of the columns."""
        words = Words(session, self.language, self.now)
        found = []
        for field in self.columns:
            found.append(words.title(field))
            if field.key == "state":
                found.append(FLAGS[self.language == "en"])
        return found

    def rows(self, session: Session) -> Iterator[Row]:
        """Give the rows that the actor may see and asked for, a batch read at a time."""
        words = Words(session, self.language, self.now)
        read = ledger.each(session, self.actor, self.wanted, self.now, self.order, BATCH)
        for batch in read:
            flags = ledger_flags.flags_of(session, [row.case_id for row in batch])
            for row in batch:
                yield self._row(words, row, flags[row.case_id])

    def _row(self, words: Words, row: HazardRow, flags: Sequence[str]) -> Row:
        cells: list[Row] = []
        for field in self.columns:
            cells.append((words.value(field, row),))
            if field.key == "state":
                cells.append((self._flags(row, flags),))
        return [cell for one in cells for cell in one]

    def _flags(self, row: HazardRow, flags: Sequence[str]) -> str:
        english = self.language == "en"
        late = ledger_flags.hides_lateness(row.state, row.overdue_since)
        names = [*([ledger_flags.OVERDUE] if late else []), *flags]
        return ("; " if english else "、").join(FLAG_NAMES[name][english] for name in names)


FLAG_NAMES: dict[str, tuple[str, str]] = {
    ledger_flags.OVERDUE: ("逾期", "Overdue"),
    ledger_flags.EXTENSION_PENDING: ("延期审批中", "Extension pending"),
    ledger_flags.SECOND_EXTENSION: ("二次延期", "Second extension"),
    ledger_flags.UNFILED: ("未备案", "Extension not filed"),
    ledger_flags.INTERVIEW_LATE: ("约谈超期", "Interview late"),
    ledger_flags.LISTED: ("挂牌督办", "Listed"),
}

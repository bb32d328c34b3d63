"""The record of the administration: its chain, and that its end was not cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.store.cases import Counter
from engine.work.checking.findings import Finding
from workflows.administration import record
from workflows.administration.desk import COUNTER
from workflows.domain import registration
from workflows.domain.administration_tables import AdministrationEntry
from workflows.domain.ledger_tables import HazardRow

_CHECK = "administration"
_DIGITS = 6
_NUMBER = re.compile(r"-(\d{4})-(\d{6})$")


def administration_findings(session: Session) -> Iterator[Finding]:
    """Yield where the record of an agency does not fit, or ends before its counter."""
    agencies = session.execute(select(AdministrationEntry.agency).distinct()).scalars().all()
    counted = {
        row.agency: row.value
        for row in session.execute(
            select(Counter.agency, Counter.value).where(Counter.kind == COUNTER)
        )
    }
    for agency in sorted({*agencies, *counted}):
        chain = record.verify(session, agency)
        if not chain.sound:
            yield Finding(
                _CHECK,
                f"Expected entry {chain.broken_at} of the administration of {agency} to fit, "
                "but it does not",
                f"{agency} 的管理记录第 {chain.broken_at} 条与前后不符",
            )
        elif chain.entries != counted.get(agency, 0):
            yield Finding(
                _CHECK,
                f"Expected {counted.get(agency, 0)} entries of the administration of {agency}, "
                f"but there are {chain.entries}",
                f"{agency} 的管理记录应有 {counted.get(agency, 0)} 条，实有 {chain.entries} 条",
            )


def number_findings(session: Session) -> Iterator[Finding]:
    """Yield the numbers of cases that lie beyond their counter: they would be given twice."""
    stem = func.substr(HazardRow.number, 1, func.length(HazardRow.number) - _DIGITS)
    highest = select(HazardRow.agency, func.max(HazardRow.number)).group_by(HazardRow.agency, stem)
    for agency, number in session.execute(highest):
        shape = _NUMBER.search(number)
        if shape is None:
            continue
        year, value = int(shape[1]), int(shape[2])
        counter = session.get(Counter, (agency, registration.COUNTER, year))
        reached = counter.value if counter else 0
        if reached < value:
            yield Finding(
                "numbers",
                f"Expected the counter of {agency} {year} to have reached {value}, "
                f"but it stands at {reached}",
                f"{agency} {year} 年案件编号已到 {value}，计数器为 {reached}",
            )

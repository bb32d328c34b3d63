"""What a check came to: how much was read, and the findings, each by the number of its case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.work.checking.findings import Finding

MOST_KEPT = 1_000
"""Findings told one by one; beyond that only their count is kept, so that memory is bounded."""


@dataclass
class Report:
    """Everything that was read and found."""

    read: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    notes: list[Finding] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether nothing serious was found."""
        return not self.faults

    def add(self, finding: Finding) -> None:
        """Take one finding."""
        if not finding.serious:
            self.notes.append(finding)
            return
        self.faults[finding.check] += 1
        if len(self.findings) < MOST_KEPT:
            self.findings.append(finding)

    def document(self, language: str) -> dict[str, Any]:
        """Return the JSON document of the command."""
        return {
            "sound": self.sound,
            "read": dict(sorted(self.read.items())),
            "faults": dict(sorted(self.faults.items())),
            "findings": [self._of(finding, language) for finding in self.findings],
            "notes": [self._of(finding, language) for finding in self.notes],
        }

    def lines(self, language: str) -> list[str]:
        """Return what a person reads: a line a finding, then the sum."""
        found = [self._line(finding, language) for finding in (*self.findings, *self.notes)]
        hidden = self.faults.total() - len(self.findings)
        if hidden:
            found.append(f"… 另有 {hidden} 处 · {hidden} more")
        read = ", ".join(f"{READ[name]} {count}" for name, count in sorted(self.read.items()))
        found.append(f"已核对 read: {read}")
        verdict = "一致 · everything agrees" if self.sound else _sum(self.faults)
        return [*found, verdict]

    def _of(self, finding: Finding, language: str) -> dict[str, Any]:
        number = self.numbers.get(finding.case_id or "")
        return {
            "check": finding.check,
            "case": finding.case_id,
            "number": number,
            "message": finding.text(language),
            "message_zh": finding.message_zh,
            "message_en": finding.message,
        }

    def _line(self, finding: Finding, language: str) -> str:
        where = self.numbers.get(finding.case_id or "") or finding.case_id
        mark = "" if finding.serious else "（提示 note）"
        place = f"{where} " if where else ""
        return f"{mark}[{finding.check}] {place}{finding.text(language)}"


READ: Mapping[str, str] = {
    "cases": "案件 cases",
    "closed": "其中已办结 closed",
    "history": "历史记录 history rows",
    "instances": "流程 live processes",
    "tasks": "待办任务 open tasks",
    "deadlines": "期限 deadlines",
    "evidence": "证据 evidence files",
    "unanchored": "尚未锚定的记录 rows not anchored yet",
}


def _sum(faults: Counter[str]) -> str:
    parts = ", ".join(f"{check} {count}" for check, count in sorted(faults.items()))
    return f"发现 {faults.total()} 处不一致 · {faults.total()} faults: {parts}"

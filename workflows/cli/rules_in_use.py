"""The rule set and the calendar that functions read where there is no case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from engine import clock
from engine.errors import NotFound
from engine.expressions.function import Function, named
from workflows.cli.opening import database
from workflows.domain import functions, rule_set, rule_store, working_days
from workflows.domain.deadlines import Basis
from workflows.domain.working_days import WorkingCalendar


class RulesInUse:
    """The rules of a day or of a version; read when the first function asks for them."""

    def __init__(self, day: date | None = None, version: int | None = None) -> None:
        """Take what the command says; what it names must exist, asked for or not."""
        self._day = day or clock.beijing_date(clock.now())
        self._version = version
        self._basis = self._read() if day or version else None

    @property
    def reference(self) -> dict[str, Any] | None:
        """Which rule set was read; None if nothing asked for one."""
        return self._basis.rules.reference if self._basis else None

    def functions(self) -> Mapping[str, Function]:
        """Return the product's functions."""
        calls = functions.functions_over(self._known)
        return {name: named(name, call) for name, call in calls.items()}

    def _known(self) -> Basis:
        if self._basis is None:
            self._basis = self._read()
        return self._basis

    def _read(self) -> Basis:
        found = database()
        if found.is_sqlite and not Path(found.url.database or "").is_file():
            return self._shipped()
        with found.read() as session:
            if not rule_store.holds_rules(session):
                return self._shipped()
            rules = rule_store.rules_in_force(session, self._day)
            if self._version is not None:
                rules = rule_store.rules_of(session, rules.id, self._version)
            return Basis(rules, rule_store.calendar(session))

    def _shipped(self) -> Basis:
        rules = rule_set.parse(rule_set.shipped_text())
        if self._version not in (None, rules.version):
            raise NotFound(
                f"Expected {rules.id} version {self._version}, but only version {rules.version} "
                "is shipped and the database holds none",
                f"数据库中没有规则集，随产品提供的只有 {rules.id} 第{rules.version}版",
            )
        return Basis(rules, WorkingCalendar.of(working_days.seeded_days()))

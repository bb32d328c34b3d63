"""Checking rows before the first becomes a case: all that registration would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import clock
from engine.errors import BihuanError, Invalid
from engine.ports import Actor
from engine.store.tables import Case
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.domain import organisation, registration, rule_store
from workflows.domain.ledger_tables import HazardRow
from workflows.importing.columns import COLUMNS
from workflows.importing.rows import Directory, Fault, Parsed, parse
from workflows.importing.sheet import RawRow

TITLES = {column.key: column.title for column in COLUMNS} | {"proposed_level": "等级"}
_ASKED_AT_ONCE = 500


class Checker:
    """Checks rows one after another; what they are checked against is read once."""

    def __init__(self, bihuan: Bihuan, actor: Actor) -> None:
        """Read names, form, rules and bodies as they are for whoever imports."""
        self._actor = actor
        self._view = bihuan.runtime.start_form(actor, ROOT_PROCESS, bihuan.settings.agency)
        self._first: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        with bihuan.database.read() as session:
            self._rules = rule_store.rules_in_force(session, clock.beijing_date(clock.now()))
            self._keeper = organisation.body_of_kind(session, registration.LEDGER_KEEPER)
            self._enterprises = {one.id: one for one in organisation.enterprises(session)}
            self._bodies = {one.id: one for one in organisation.bodies(session)}
            self._kept = set(session.scalars(select(HazardRow.number)))

    @property
    def directory(self) -> Directory:
        """The names of enterprises and bodies that a ledger may use, and how long texts are."""
        return Directory(
            {one.name_zh: one.id for one in self._enterprises.values()},
            {one.name_zh: one.id for one in self._bodies.values()},
            {
                one.key: one.limits.max_length
                for one in self._view.form.fields
                if one.limits.max_length is not None
            },
        )

    def each(self, rows: Iterable[RawRow]) -> Iterator[Parsed]:
        """Give every row read, with all its faults."""
        known = self.directory
        for raw in rows:
            row = parse(raw, known)
            if not row.faults:
                row.faults += (
                    self._repeated(row) or self._numbered_twice(row) or self._not_admitted(row)
                )
            yield row

    def _repeated(self, row: Parsed) -> list[Fault]:
        line = self._first.setdefault(row.key, row.line)
        if line == row.line:
            return []
        says = (f"repeats line {line}", f"与第 {line} 行重复")
        return [Fault(row.line, TITLES["description"], *says)]

    def _numbered_twice(self, row: Parsed) -> list[Fault]:
        """Return what is wrong with a number: another row's, or that of a case of ours.

        A number of another system tells rows apart; the product gives each case its own.
        """
        number = row.data.get("number")
        if number is None:
            return []
        line = self._numbers.setdefault(number, row.line)
        if line != row.line:
            says = (f"has the number of line {line}", f"与第 {line} 行编号相同")
        elif number in self._kept:
            says = (
                f"is the number of a case in this ledger: {number}; leave it empty for a new one",
                f"本台账已有编号 {number}；如是另一条隐患，请留空",
            )
        else:
            return []
        return [Fault(row.line, TITLES["number"], *says)]

    def _not_admitted(self, row: Parsed) -> list[Fault]:
        """Return what the form or the intake gate would refuse."""
        enterprise = self._enterprises[row.data["enterprise"]]
        finder = self._bodies[row.data["finder_body"]]
        try:
            self._view.form.clean(submitted(row), options=self._view.options)
            registration.check_gate(row.data, enterprise, finder, self._rules, self._actor)
            registration.check_finder(row.data, enterprise, finder, self._actor, self._keeper)
        except BihuanError as error:
            return refused(row, error)
        return []


def submitted(row: Parsed) -> dict[str, Any]:
    """Return what a row gives to the form of registration."""
    return {key: value for key, value in row.data.items() if value is not None and key != "number"}


def refused(row: Parsed, error: BihuanError) -> list[Fault]:
    """Return an error of registration as faults of a row's cells."""
    errors = error.errors if isinstance(error, Invalid) else ()
    found = [
        Fault(row.line, TITLES.get(one.field, one.field), one.message, one.message_zh)
        for one in errors
    ]
    return found or [Fault(row.line, "", error.message, error.message_zh)]


def case_id_of(agency: str, row: Parsed) -> str:
    """Return the id of a row's case: the same facts give the same id, so twice adds nothing."""
    return str(uuid5(NAMESPACE_URL, f"bihuan:{agency}:{row.key}"))


def known_cases(session: Session, agency: str, rows: Sequence[Parsed]) -> Mapping[str, int]:
    """Return the cases that some rows became before, with the place of the row from 0."""
    found: dict[str, int] = {}
    places = {case_id_of(agency, row): place for place, row in enumerate(rows)}
    ids = list(places)
    for at in range(0, len(ids), _ASKED_AT_ONCE):
        query = select(Case.id).where(Case.id.in_(ids[at : at + _ASKED_AT_ONCE]))
        found |= {case: places[case] for case in session.scalars(query)}
    return found

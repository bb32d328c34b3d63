"""Deployed definitions as they were when they were first asked for, for many cases at once."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from engine.execution.compiled import CompiledProcess
from engine.execution.flag_paths import FlagUse
from engine.expressions.decision_graph import DecisionModel
from engine.forms.definition import FormDefinition
from engine.work.catalogue import DefinitionCatalogue, DefinitionRef
from engine.work.drawing import Drawing


class SteadyCatalogue:
    """A catalogue that reads each version in force once; for one unit of work."""

    def __init__(self, catalogue: DefinitionCatalogue) -> None:
        """Stand before a catalogue."""
        self._catalogue = catalogue
        self._others: dict[str, SteadyCatalogue] = {}
        self._in_force: Mapping[str, DefinitionRef] | None = None

    def of(self, agency: str) -> SteadyCatalogue:
        """Return the definitions of an agency, these if they are its own."""
        if agency not in self._others:
            own = self._catalogue.of(agency)
            self._others[agency] = self if own is self._catalogue else SteadyCatalogue(own)
        return self._others[agency]

    def in_force(self, session: Session) -> Mapping[str, DefinitionRef]:
        """Return the version for new instances of every process, as it was at first."""
        if self._in_force is None:
            self._in_force = self._catalogue.in_force(session)
        return self._in_force

    def compiled(self, process: str, version: int) -> CompiledProcess:
        """Return a version ready to run."""
        return self._catalogue.compiled(process, version)

    def drawing(self, process: str, version: int) -> Drawing:
        """Return names and conditions of a version's diagrams."""
        return self._catalogue.drawing(process, version)

    def flag_use(self, process: str, version: int) -> FlagUse:
        """Return which elements of a version write and read which flags."""
        return self._catalogue.flag_use(process, version)

    def form(self, process: str, version: int, form_id: str) -> FormDefinition | None:
        """Return a form of a version, or None if the version has no such form."""
        return self._catalogue.form(process, version, form_id)

    def decision(self, process: str, version: int, decision_id: str) -> DecisionModel:
        """Return the document of a version that holds a decision; NotFound if none does."""
        return self._catalogue.decision(process, version, decision_id)

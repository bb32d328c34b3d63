"""What the commands ask of deployed definitions; `database_catalogue` answers from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from engine.execution.compiled import CompiledProcess
from engine.execution.flag_paths import FlagUse
from engine.expressions.decision_graph import DecisionModel
from engine.forms.definition import FormDefinition
from engine.work.drawing import Drawing


@dataclass(frozen=True)
class DefinitionRef:
    """A process and the version that a new instance of it uses."""

    process: str
    version: int


class DefinitionCatalogue(Protocol):
    """Deployed definitions of one agency by process and version."""

    def of(self, agency: str) -> DefinitionCatalogue:
        """Return the definitions of another agency, or these if they are its own."""
        ...

    def in_force(self, session: Session) -> Mapping[str, DefinitionRef]:
        """Return the version for new instances of every process."""
        ...

    def compiled(self, process: str, version: int) -> CompiledProcess:
        """Return a version ready to run, cached."""
        ...

    def drawing(self, process: str, version: int) -> Drawing:
        """Return names and conditions of a version's diagrams."""
        ...

    def flag_use(self, process: str, version: int) -> FlagUse:
        """Return which elements of a version write and read which flags."""
        ...

    def form(self, process: str, version: int, form_id: str) -> FormDefinition | None:
        """Return a form of a version, or None if the version has no such form."""
        ...

    def decision(self, process: str, version: int, decision_id: str) -> DecisionModel:
        """Return the document of a version that holds a decision; NotFound if none does."""
        ...

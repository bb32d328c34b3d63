"""The versions that new instances use, as they were when a command first asked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from engine.errors import NotFound
from engine.work.catalogue import DefinitionCatalogue, DefinitionRef


class VersionsInForce:
    """The active version of every process, read once and where the command itself reads."""

    def __init__(self, catalogue: DefinitionCatalogue, session: Session) -> None:
        """Bind the definitions of an agency; nothing is read yet."""
        self._catalogue = catalogue
        self._session = session

    def current(self, process: str) -> DefinitionRef:
        """Return the version for new instances; NotFound if the process was never deployed."""
        found = self._refs.get(process)
        if found is None:
            raise NotFound(
                f"Expected a deployed process {process}, but there is none",
                f"没有已部署的流程 {process}",
            )
        return found

    @cached_property
    def message_starts(self) -> Mapping[str, str]:
        """For every message that starts one, the process."""
        return {
            message: ref.process
            for ref in self._refs.values()
            for message in self._catalogue.compiled(ref.process, ref.version).message_starts
        }

    def make_ready(self) -> None:
        """Compile and draw every version in force, which the first who needs it would wait for."""
        for ref in self._refs.values():
            self._catalogue.compiled(ref.process, ref.version)
            self._catalogue.drawing(ref.process, ref.version)

    @cached_property
    def _refs(self) -> Mapping[str, DefinitionRef]:
        return self._catalogue.in_force(self._session)

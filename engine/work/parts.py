"""What every command needs: the database, the application and the deployed definitions."""

from __future__ import annotations

from dataclasses import dataclass

from engine.ports import Application
from engine.store.database import Database
from engine.work.catalogue import DefinitionCatalogue


@dataclass(frozen=True)
class Parts:
    """The three things that a runtime is made of."""

    database: Database
    application: Application
    catalogue: DefinitionCatalogue

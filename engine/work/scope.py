"""The case within one command: its aggregate, the context of the port calls, what it reads as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.expressions.function import Function, named
from engine.optional_ports import OffersOptions
from engine.ports import Actor, Application, Context
from engine.work.catalogue import DefinitionCatalogue
from engine.work.in_force import VersionsInForce
from engine.work.journal import CommandJournal


@dataclass
class CaseScope:
    """Everything that expressions, operations and projections of one command share."""

    application: Application
    catalogue: DefinitionCatalogue
    context: Context
    journal: CommandJournal
    case: Any
    _view: Mapping[str, Any] | None = field(default=None, repr=False)
    _functions: Mapping[str, Function] | None = field(default=None, repr=False)

    @cached_property
    def in_force(self) -> VersionsInForce:
        """The versions that new instances use."""
        return VersionsInForce(self.catalogue, self.context.session)

    def view(self) -> Mapping[str, Any]:
        """Return what expressions read as `case`, made again after every change."""
        if self._view is None:
            self._view = self.case.view()
        return self._view

    def functions(self) -> Mapping[str, Function]:
        """Return the application's functions, bound to the case."""
        if self._functions is None:
            calls = self.application.functions(self.case, self.context)
            self._functions = {name: named(name, call) for name, call in calls.items()}
        return self._functions

    def options(self, form: str) -> Mapping[str, Any]:
        """Return the choices that the application gives the fields of a form."""
        if isinstance(self.application, OffersOptions):
            return self.application.options(form, self.case, self.context)
        return {}

    def act_as(self, actor: Actor) -> None:
        """Record what happens from here on as somebody's, or as the system's."""
        self.context.actor = self.journal.actor = actor

    def changed(self) -> None:
        """Forget what was read: the aggregate may have changed."""
        self._view = None

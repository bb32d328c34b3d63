"""The composition root: settings, database, domain and runtime put together once a process."""

from __future__ import annotations

from dataclasses import dataclass

from engine import clock
from engine.deployment.environment import GateEnvironment
from engine.store.database import Database
from engine.work.database_catalogue import DatabaseCatalogue
from engine.work.runtime import Runtime
from workflows.domain import (
    acts,
    candidates,
    case_schema,
    completions,
    designed_fields,
    functions,
    listing_order,
    own_acts,
    raising,
    routing,
    tables,
    voiding,
)
from workflows.domain.application import HazardApplication
from workflows.domain.evidence import EvidenceStore
from workflows.domain.extension import registered as extension
from workflows.keys import kept_key
from workflows.operations.answers import ACT_ANSWERS, ACT_WRITES, ANSWERS
from workflows.operations.described import operation_parameters
from workflows.operations.registry import OPERATIONS, RESULT_TYPES
from workflows.settings import Settings

__all__ = ["Bihuan", "Settings", "gate_environment"]

ROOT_PROCESS = "hazard_rectification"
DUE_NAMES = extension.DUE_NAMES | frozenset(
    {
        "rectification",
        "expiry_recheck",
        "plan.lapsed",
        "listing.progress",
        "listing.missed",
        "listing.ended",
        "enforcement",
        "enforcement.settled",
        "interview",
        "interview.host",
        "interview.relieved",
        "interview.decision",
        "interview.final_gone",
    }
)
TABLES = tables.__all__
"""Naming them here makes sure that one import of the product knows every table."""


@dataclass(frozen=True)
class Bihuan:
    """The product in one process: what pages, commands and workers reach for."""

    settings: Settings
    database: Database
    catalogue: DatabaseCatalogue
    application: HazardApplication
    runtime: Runtime
    evidence: EvidenceStore

    @classmethod
    def open(cls, settings: Settings) -> Bihuan:
        """Put the product together; nothing is read from the database yet."""
        if settings.virtual_clock is not None:
            clock.install(clock.VirtualClock(settings.virtual_clock))
        database = Database(settings.database_url)
        catalogue = DatabaseCatalogue(database, settings.agency)
        application = HazardApplication(OPERATIONS)
        return cls(
            settings=settings,
            database=database,
            catalogue=catalogue,
            application=application,
            runtime=Runtime(database, application, catalogue),
            evidence=EvidenceStore(settings.evidence_directory),
        )

    @property
    def anchor_key(self) -> bytes:
        """What signs the anchors of the history."""
        return self.settings.anchor_key or self._kept("anchor").encode()

    @property
    def secret_key(self) -> str:
        """What signs cookies, the same in every process of this installation."""
        return self.settings.secret_key or self._kept("secret")

    def _kept(self, name: str) -> str:
        return kept_key(self.settings.data_directory, name)

    def gate_environment(self) -> GateEnvironment:
        """Return what diagrams may name."""
        return gate_environment()


def gate_environment() -> GateEnvironment:
    """Return what the domain gives to diagrams: operations, functions, case, dates, bodies."""
    return GateEnvironment(
        operations=RESULT_TYPES,
        described=operation_parameters(),
        answers=ANSWERS,
        act_answers=ACT_ANSWERS,
        act_writes=ACT_WRITES,
        functions=functions.RESULT_TYPES,
        case_types=case_schema.CASE_TYPES,
        typed_fields=case_schema.TYPED,
        kept_fields=designed_fields.KEPT,
        kept_flags=own_acts.KEPT_FLAGS,
        answer_flags=own_acts.ANSWER_FLAGS,
        untold=own_acts.UNTOLD,
        due_names=DUE_NAMES,
        ladders=routing.LADDERS,
        own_ladders=own_acts.LADDERS,
        bodies=candidates.RULES,
        own_bodies=own_acts.BODIES,
        outside_bodies=frozenset({"enterprise"}),
        task_acts=frozenset(completions.COMPLETIONS),
        act_messages=frozenset(act.name for act in acts.ACTS.values() if not act.plain),
        act_forms={
            ROOT_PROCESS: frozenset(
                {"register", *(act.form for act in acts.ACTS.values() if act.form)} - {"watch"}
            ),
            "extension_request": extension.FORMS,
            "level_raise": raising.FORMS,
            "listed_supervision": listing_order.FORMS,
            "void_request": voiding.FORMS,
        },
    )

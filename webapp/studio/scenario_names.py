"""What the page of scenarios offers by name: people, tasks and acts, each in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.deployment.bundle import Bundle
from webapp.accounts.users import MAY_REGISTER
from webapp.context import bihuan
from webapp.i18n.catalogue import pick
from webapp.presentation import labels
from workflows.demo import zone

Named = tuple[str, str]
"""A name as a scenario writes it, and what it is called."""


def people(language: str) -> list[Named]:
    """Return everybody of the demonstration zone."""
    return [(one.id, pick(language, one.name_zh, one.name)) for one in zone.PERSONS]


def registrars() -> list[str]:
    """Return who may register a case."""
    return [
        one.id for one in zone.PERSONS if any(grant.role in MAY_REGISTER for grant in one.grants)
    ]


def tasks(bundles: Iterable[Bundle], language: str) -> list[Named]:
    """Return the tasks of some processes, in the order in which they are drawn."""
    found: dict[str, str] = {}
    for bundle in bundles:
        for node in bundle.diagram.nodes if bundle.diagram is not None else ():
            if node.kind == "userTask":
                found.setdefault(node.id, pick(language, *node.titles))
    return list(found.items())


def acts(language: str) -> Sequence[Named]:
    """Return every act that a case takes beside its tasks."""
    known = bihuan().runtime.application.acts
    return [(name, pick(language, *labels.ACTS.get(name, (name, name)))) for name in sorted(known)]

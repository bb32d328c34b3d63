"""The deploy gate: an allow-list that fails closed, and says all it finds at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from engine.deployment.bundle import Bundle
from engine.deployment.checks import (
    boundaries,
    circles,
    conditions,
    constructs,
    decisions,
    designed,
    expressions,
    flag_reads,
    flows,
    forms,
    identity,
    layout,
    messages,
    own_acts,
    parameters,
    size,
    tasks,
    timers,
    topology,
    values,
)
from engine.deployment.environment import GateEnvironment, ProcessContract
from engine.deployment.findings import Finding
from engine.deployment.graph import SCOPES
from engine.deployment.subject import Check, Subject
from engine.execution.bpmn_model import Diagram

CHECKS: Final[tuple[Check, ...]] = (
    constructs.check_processes,
    constructs.check_calls,
    constructs.check_elements,
    constructs.check_events,
    identity.check_ids,
    flows.check_ends,
    flows.check_conditions_at_gateways,
    flows.check_leaving,
    flows.check_entering,
    conditions.check_splits,
    conditions.check_defaults,
    timers.check_timers,
    timers.check_event_gateways,
    topology.check_reach,
    topology.check_starts_and_ends,
    topology.check_loops,
    topology.check_spawning,
    topology.check_parallel_blocks,
    boundaries.check_attachment,
    boundaries.check_non_interrupting,
    boundaries.check_errors,
    messages.check_own_messages,
    messages.check_partners,
    messages.check_kept,
    messages.check_starts,
    messages.check_levels,
    tasks.check_human_tasks,
    tasks.check_operations,
    own_acts.check_own_acts,
    parameters.check_parameters,
    designed.check_fields,
    designed.check_sending,
    circles.check_circles,
    designed.check_words,
    designed.check_audience,
    tasks.check_decision_tasks,
    tasks.check_flags,
    expressions.check_diagram,
    expressions.check_forms,
    expressions.check_decisions,
    values.check_values,
    decisions.check_tables,
    forms.check_use,
    forms.check_bindings,
    layout.check_shapes,
)
"""Every check of a readable diagram, in the order in which findings are told."""

LAST_CHECKS: Final[tuple[Check, ...]] = (flag_reads.check_reads, size.check_compiled)
"""Checks that follow expressions or run the library; only where nothing else was wrong."""


def check(bundles: Iterable[Bundle], environment: GateEnvironment) -> list[Finding]:
    """Return everything that is wrong with a set of bundles, errors and warnings.

    Messages are followed across the set and the processes in force that `environment` names.
    """
    together = list(bundles)
    contracts: Mapping[str, ProcessContract] = {
        **environment.processes,
        **{bundle.process: bundle.contract for bundle in together},
    }
    found: list[Finding] = []
    for bundle in together:
        found.extend(_check_one(bundle, environment, contracts))
    return found


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that keep a set from being deployed."""
    return [finding for finding in findings if finding.severity == "error"]


def _check_one(
    bundle: Bundle, environment: GateEnvironment, contracts: Mapping[str, ProcessContract]
) -> list[Finding]:
    found = list(bundle.read.problems)
    if bundle.diagram is None:
        return found
    subject = Subject(bundle, bundle.diagram, environment, contracts)
    if not _scopes_are_clear(bundle.diagram):
        return [*found, *identity.check_ids(subject)]
    for one in CHECKS:
        found.extend(one(subject))
    if not errors_of(found):
        for one in LAST_CHECKS:
            found.extend(one(subject))
    return found


def _scopes_are_clear(diagram: Diagram) -> bool:
    """Return whether every process and sub-process has an id of its own; else none is followed."""
    scopes = [info.id for info in diagram.processes]
    scopes += [node.id for node in diagram.nodes if node.kind in SCOPES]
    return all(scope and scope not in diagram.duplicate_ids for scope in scopes)

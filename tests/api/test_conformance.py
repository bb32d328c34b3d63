"""Every call does what the description of the interface says, whatever it is sent.

Requests are made up from the description, fitting and unfitting ones. None may meet a fault of
ours, an answer that is not described, or a value that is not of its described form. A few of
each in every run of the tests, the same each time; `make api-fuzz` sends many more.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api import roads
from tests.api.harness import Zone, ok
from tests.api.harness import zone as opened
from tests.api.newer import deploy_newer
from tests.api.test_files import row, send

load_all_checks()

VARIABLE = "BIHUAN_API_EXAMPLES"
"""How many requests are made up for each call; where it is set they differ from run to run."""

EXAMPLES = int(os.environ.get(VARIABLE, "2"))
DRIVEN = settings(
    max_examples=EXAMPLES,
    derandomize=VARIABLE not in os.environ,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ME = "/api/v1/me"
POSTS = {
    "/api/v1/administration": "admin",
    "/api/v1/incidents": "office",
    "/api/v1/migration-runs": "office_head",
    "/places": "office_head",
}
"""Who asks for what is not an inspector's, by how the address begins or ends."""

ACTING_FOR = "Acting-For"
LONG = frozenset({"/api/v1/exports/ledger"})
"""Takes what another call takes, a thousand requests of it; left to `make api-fuzz`."""

WIDE = frozenset({"/api/v1/cases"})
SAMPLE = 1 if VARIABLE in os.environ else 4
"""Of the thousand requests made up for the ledger's many filters every so many is sent."""

DATABASES = 1 if VARIABLE in os.environ else 2
"""Of the requests that do not fit, each database is sent every so many: together they get all."""

TOLD_BY_NONE = {"cursor", "act", "case", "element", "process", "enterprise"} | {
    *("body", "department", "park", "supervising_body", "town"),
}
"""What a list takes only if there is such a thing."""

ELSEWHERE = {"GET /api/v1/cases/{case_id}/papers/{paper}"}
"""What needs a longer road than this scene has travelled; see the papers of an extension."""

REACHED: dict[str, Counter[int]] = {}
"""How often each call was answered with each status."""


@dataclass(frozen=True)
class Scene:
    """A zone with a case under way, and what there is in it by the names of parameters."""

    zone: Zone
    known: Mapping[str, Any]

    def prepare(self, case: Case[Any]) -> dict[str, str]:
        """Let a fitting request ask for what there is; return the headers it is sent with."""
        if GenerationMode.NEGATIVE not in modes(case):
            for name in set(case.path_parameters or {}) & set(self.known):
                case.path_parameters[name] = self.known[name]
            _make_sense(case.query)
        if case.operation.path != ME:
            # Nobody stands in for anybody here: it would be refused whatever it asks.
            case.headers.pop(ACTING_FOR, None)
        path = case.path
        posts = (one for at, one in POSTS.items() if path.startswith(at) or path.endswith(at))
        token = self.zone.client(next(posts, "inspector1")).token
        return {"Authorization": f"Bearer {token}", "Accept-Language": "en"}


def _make_sense(query: dict[str, Any] | None) -> None:
    """Leave out what no description tells: whose cursor it is, what there is, which end is last."""
    if not query:
        return
    for name in TOLD_BY_NONE & set(query):
        query.pop(name)
    for name in [name for name in query if name.endswith("_to")]:
        query.pop(name.removesuffix("_to") + "_from", None)


def modes(case: Case[Any]) -> set[GenerationMode]:
    """Return whether the parts of a request fit, for those that were made up."""
    assert case.meta is not None
    return {case.meta.generation.mode, *(part.mode for part in case.meta.components.values())}


@pytest.fixture
def scene(database_url: str, tmp_path: Path) -> Iterator[Scene]:
    with opened(database_url, tmp_path) as zone:
        case = roads.graded(zone, "larger")
        known = {
            "case_id": case,
            "task_id": zone.task(case, "serve_order"),
            "evidence_id": zone.photo("inspector1"),
            "act": "comment",
            "process": "hazard_rectification",
            "version": 1,
            "other": 1,
            "name": "body.add",
            "person": "inspector1",
            "rule_set": "GY-2022-15",
            "import_id": send(zone.client("inspector1"), row("通道堵塞"))["id"],
            "run_id": run_of(zone),
        }
        yield Scene(zone, known)


def run_of(zone: Zone) -> str:
    """Return a migration that the office has asked for."""
    path = f"/definitions/hazard_rectification/{deploy_newer(zone.bihuan)}/migration-runs"
    asked: str = ok(zone.client("office_head").post(path, {}), 202)["id"]
    return asked


def calls(scene: Scene) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield every call of the description with what sends it requests."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", scene.zone.app)

    numbers, unfitting = count(), count(int(scene.zone.bihuan.database.is_sqlite))

    def send(case: Case[Any]) -> None:
        if case.operation.path in WIDE and next(numbers) % SAMPLE:
            return
        if GenerationMode.NEGATIVE in modes(case) and next(unfitting) % DATABASES:
            return
        headers = scene.prepare(case)
        # What a form may hold is told by the form, not by the description of the interface.
        left_out: list[CheckFunction] = [] if case.method == "GET" else [positive_data_acceptance]
        response = case.call_and_validate(headers=headers, excluded_checks=left_out)
        label = f"{case.method} {case.operation.path}"
        REACHED.setdefault(label, Counter())[response.status_code] += 1

    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path in LONG and VARIABLE not in os.environ:
            continue
        test = build_operation_test(
            config=schema.config,
            operation=operation,
            test_func=send,
            explicit_settings=DRIVEN,
            given_kwargs={},
            feedback=FeedbackSources(constants_value_source=None),
        )
        yield operation.label, test


def test_every_call_does_what_is_described(scene: Scene) -> None:
    faults, described = [], set()
    for label, requests in calls(scene):
        described.add(label)
        try:
            requests()
        except (FailureGroup, Failure) as failure:
            faults.append(f"{label}\n{failure}")
    assert not faults, "\n\n".join(faults)
    done = {label for label, met in REACHED.items() if any(status < 300 for status in met)}
    assert described - set(REACHED) == set(), "no request was made"
    assert {label for label in described - done if label.startswith("GET")} == ELSEWHERE

"""What operations and acts declare to write holds in the scenarios; nothing else decides a way."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.execution.instance import ProcessInstance
from engine.execution.scripts import HostScripts
from engine.verification.names import UNKNOWN, Names
from tests.verification.mutation import shipped, surroundings
from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES
from workflows.scenarios.loader import load_scenarios
from workflows.scenarios.runner import Stage
from workflows.soundness import read_names

PLAYED = {
    "hazard_rectification": ("recheck_failed_after_expiry", "raised_on_day_1", "major_returned"),
    "extension_request": ("returned_and_sent_again", "granted_and_filed", "late_at_expiry"),
    "listed_supervision": ("weeks_missed",),
    "overdue_interview": ("held_on_day_3", "authority_silence"),
    "enforcement": ("lapsed_by_late_approval", "every_measure_and_referred"),
}
"""Scenarios in which every operation that declares answers is done."""

Seen = set[tuple[str, object]]


def names() -> Mapping[str, Names]:
    return {name: read_names(one, surroundings()) for name, one in shipped().items()}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, set[tuple[str, str, str, str]]]:
    """Play the scenarios; return what was answered, and what tasks wrote."""
    answered: Seen = set()
    written: set[tuple[str, str, str, str]] = set()
    operate, complete = HostScripts.operate, ProcessInstance.complete

    def operating(
        self: HostScripts, task: object, operation: str, given: dict[str, object]
    ) -> object:
        answer = operate(self, task, operation, given)
        answered.add((operation, answer))
        return answer

    def completing(self: ProcessInstance, task_id: str, values: Mapping[str, object]) -> None:
        (element,) = (one.element for one in self.waits().tasks if one.task_id == task_id)
        process = self.compiled.process_id
        written.update((process, element, name, repr(value)) for name, value in values.items())
        complete(self, task_id, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HostScripts, "operate", operating)
        patch.setattr(ProcessInstance, "complete", completing)
        stage = Stage(tmp_path_factory.mktemp("values"), load_zone)
        for process, chosen in PLAYED.items():
            known = {one.name: one for one in load_scenarios(PROCESSES, process)}
            for name in chosen:
                assert stage.play(known[name]).passed, name
    return answered, written


def test_operations_answer_what_they_declare(
    played: tuple[Seen, set[tuple[str, str, str, str]]],
) -> None:
    answers = surroundings().answers
    seen = {operation: set[object]() for operation in answers}
    for operation, answer in played[0]:
        if operation in answers:
            seen[operation].add(answer)
    for operation, values in seen.items():
        assert values <= set(answers[operation]), operation
    assert sum(bool(values) for values in seen.values()) >= 5


def test_tasks_write_what_their_forms_and_acts_declare(
    played: tuple[Seen, set[tuple[str, str, str, str]]],
) -> None:
    read = {"decision", "level", "outcome", "pursue", "refer", "result", "watch"}
    read |= {"stop_measures", "penalty", "power_cut", "referral"}
    declared = {
        (process, element, write.name): write.values
        for process, known in names().items()
        for element, writes in known.writes.items()
        for write in writes
    }
    looked_at = 0
    for process, element, name, value in played[1]:
        if name not in read:
            continue
        values = declared[process, element, name]
        assert UNKNOWN in values or value in {repr(one) for one in values}, (process, element)
        looked_at += 1
    assert looked_at >= 20


def test_every_name_that_decides_a_shipped_way_has_values() -> None:
    known = names()["extension_request"]
    assert {write.name for write in known.written("sign_park")} == {"decision"}
    (decision,) = known.written("sign_park")
    assert set(decision.values) == {"agree", "return", "refuse"}
    assert (known.acts["sign_park"], known.outcomes["sign_park"]) == (
        "extension.sign.park_command",
        "decision",
    )


def test_what_an_act_brings_to_the_process_it_starts_is_known_to_vary() -> None:
    (request,) = names()["extension_request"].written("start")
    assert (request.name, request.values) == ("request", (UNKNOWN,))

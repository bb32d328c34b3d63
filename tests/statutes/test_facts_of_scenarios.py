"""What statutes take for granted of the product is so in everything that the scenarios play."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from engine.ports import Completion, Context, TaskFacts
from engine.verification.statutes.events import Label
from engine.verification.statutes.facts import Fact
from engine.verification.statutes.monitors import BROKEN, Barred
from workflows.demo.zone import load_zone
from workflows.deploying import PROCESSES, processes
from workflows.domain.application import HazardApplication
from workflows.domain.hazard_case import HazardCase
from workflows.operations import registry
from workflows.scenarios.loader import load_scenarios
from workflows.scenarios.runner import Stage
from workflows.statutes import shipped

SCENARIOS = [one for process in processes() for one in load_scenarios(PROCESSES, process)]


BEGINNING = frozenset({Label("received", "extension.request")})
"""Acts that begin a process anew: what stood before was about an earlier one."""


@dataclass(frozen=True)
class Moment:
    """What happened, and the case as diagrams see it before and after."""

    label: Label
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    officers: int


@dataclass
class Heard:
    """What happened to each case, in order."""

    by_case: dict[str, list[Moment]] = field(default_factory=dict)
    playing: str = ""

    def add(self, case: HazardCase, label: Label, before: Mapping[str, Any]) -> None:
        level = case.data["level"]
        officers = case.basis.rules.whole(f"recheck.officers_min.{level}") if level else 0
        moment = Moment(label, before, dict(case.view()), officers)
        self.by_case.setdefault(f"{self.playing} {case.id}", []).append(moment)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """Play every scenario and listen."""
    found = Heard()
    with pytest.MonkeyPatch.context() as patch:
        _listen_to_tasks(patch, found)
        _listen_to_acts(patch, found)
        _listen_to_operations(patch, found)
        stage = Stage(tmp_path_factory.mktemp("facts"), load_zone)
        for scenario in SCENARIOS:
            found.playing = f"{scenario.process} {scenario.name}"
            assert stage.play(scenario).failures == []
        yield found


def _listen_to_tasks(patch: pytest.MonkeyPatch, found: Heard) -> None:
    completed = HazardApplication.completed

    def listening(
        self: HazardApplication,
        case: HazardCase,
        task: TaskFacts,
        data: Mapping[str, Any],
        context: Context,
    ) -> Completion:
        before = dict(case.view())
        done = completed(self, case, task, data, context)
        said = [data[name] for name in ("decision", "result", "outcome", "level") if name in data]
        found.add(case, Label("act", task.act, str(said[0]) if said else None), before)
        return done

    patch.setattr(HazardApplication, "completed", listening)


def _listen_to_acts(patch: pytest.MonkeyPatch, found: Heard) -> None:
    acted = HazardApplication.acted

    def listening(
        self: HazardApplication,
        case: HazardCase,
        act: str,
        data: Mapping[str, Any],
        context: Context,
    ) -> Completion:
        before = dict(case.view())
        done = acted(self, case, act, data, context)
        found.add(case, Label("received", act), before)
        return done

    patch.setattr(HazardApplication, "acted", listening)


def _listen_to_operations(patch: pytest.MonkeyPatch, found: Heard) -> None:
    def listening(name: str, step: Any) -> Any:
        def run(case: HazardCase, token: Mapping[str, Any], context: Context) -> Any:
            before = dict(case.view())
            answer = step(case, token, context)
            said = answer if isinstance(answer, str) else None
            found.add(case, Label("operation", name, said), before)
            return answer

        return run

    for name, step in registry.OPERATIONS.items():
        patch.setitem(registry.OPERATIONS, name, listening(name, step))


def _value(view: Mapping[str, Any], path: tuple[str, ...]) -> object:
    at: Any = view
    for word in path[1:]:
        at = at.get(word) if isinstance(at, Mapping) else None
    return Decimal(at) if isinstance(at, int) and not isinstance(at, bool) else at


def _of_the_level(fact: Fact, moment: Moment) -> bool:
    """Facts of the phase speak of levels with one officer or with two."""
    wanted = {"phase_with_one_officer": 1, "phase_with_two_officers": 2}.get(fact.id)
    return wanted is None or moment.officers == wanted


@pytest.mark.process
@pytest.mark.parametrize(
    "name", [one for one, fact in shipped().facts.items() if fact.name[0] == "case"]
)
def test_a_name_has_the_value_that_the_last_event_gave_it(name: str, heard: Heard) -> None:
    fact = shipped().facts[name]
    seen = set()
    for moments in heard.by_case.values():
        value = fact.initially
        for moment in moments:
            begins = moment.label in BEGINNING
            if value is not None and not begins and _of_the_level(fact, moment):
                assert _value(moment.before, fact.name) == value, moment.label
            value = fact.after(value, [moment.label])
            if any(setting.event.must(moment.label) for setting in fact.settings):
                seen.add(value)
                if value is not None and _of_the_level(fact, moment):
                    assert _value(moment.after, fact.name) == value, moment.label
    assert seen == {setting.value for setting in fact.settings}


@pytest.mark.process
@pytest.mark.parametrize("name", shipped().bars)
def test_what_never_happens_never_does(name: str, heard: Heard) -> None:
    bar = shipped().bars[name]
    monitor = Barred(bar.event, bar.after, bar.until)
    watched = 0
    for moments in heard.by_case.values():
        state = 0
        for moment in moments:
            letter = monitor.letter(0, [moment.label])
            state = monitor.step(state, letter)
            assert state != BROKEN, moment.label
            watched += bool(state)
    assert watched

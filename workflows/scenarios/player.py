"""Plays one scenario through the real commands, on a clock that obeys the story."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from engine import clock, errors
from engine.forms.definition import FormDefinition
from engine.ports import Actor
from engine.store import queries
from engine.work.in_force import VersionsInForce
from workflows.app import ROOT_PROCESS, Bihuan
from workflows.domain import organisation
from workflows.scenarios.choosing import chosen
from workflows.scenarios.coverage import Trail
from workflows.scenarios.facts import Difference, compared, read_facts
from workflows.scenarios.loader import Deed, Expect, Scenario, Start, Step, Wait

AGENCY: Final = "default"
PHOTO: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAD0lEQVR42mNowAEYhpYEAILzYAEllbNj"
    "AAAAAElFTkSuQmCC"
)
"""Eight by eight pixels of grey: the content of every file that a scenario names."""

REFUSED: Final[Mapping[str, type[errors.BihuanError]]] = {
    "not_allowed": errors.NotAllowed,
    "invalid": errors.Invalid,
    "conflict": errors.Conflict,
    "not_found": errors.NotFound,
}
_FIRING_ROUNDS: Final = 1_000


@dataclass(frozen=True)
class Failure:
    """Why a scenario does not hold: the step, counted from 1 (0 is the start), and a sentence.

    An expectation that does not hold says in `difference` what was wanted and what was found.
    """

    step: int
    sentence: str
    sentence_zh: str = ""
    difference: Difference | None = None


@dataclass
class Played:
    """What became of a scenario."""

    scenario: Scenario
    failures: list[Failure] = field(default_factory=list)
    trail: Trail = field(default_factory=Trail)

    @property
    def passed(self) -> bool:
        """Whether everything went as written."""
        return not self.failures


class Player:
    """Plays scenarios on one application whose database holds the demonstration zone."""

    def __init__(self, bihuan: Bihuan) -> None:
        """Take the application."""
        self.bihuan = bihuan

    def play(
        self, scenario: Scenario, after: Callable[[Story, Played], None] | None = None
    ) -> Played:
        """Play a scenario to its end, or to the first step that does not hold.

        What happened before is played first; if that does not hold, nothing does.

        Args:
            scenario: what is played.
            after: looks at the case where the story ended, while its clock still holds.
        """
        played = Played(scenario)
        for earlier in scenario.before:
            played.failures.extend(self.play(earlier).failures)
        if played.failures:
            return played
        virtual = clock.VirtualClock(scenario.begins)
        with clock.use(virtual):
            story = Story(self.bihuan, scenario, virtual)
            story.run(played)
            if after is not None:
                after(story, played)
        return played


class Story:
    """One scenario being played."""

    def __init__(self, bihuan: Bihuan, scenario: Scenario, virtual: clock.VirtualClock) -> None:
        """Take the application, the scenario and the clock that obeys it."""
        self.bihuan = bihuan
        self._runtime = bihuan.runtime
        self._scenario = scenario
        self.clock = virtual
        self.case = ""

    def run(self, played: Played) -> None:
        """Do every step; stop at the first that fails, because the rest rests on it."""
        number = 0
        try:
            self.begin(self._scenario.start)
            for number, step in enumerate(self._scenario.steps, start=1):
                for one in self.do(step):
                    told = Failure(number, one.sentence, one.sentence_zh, one)
                    played.failures.append(told)
                if played.failures:
                    break
        except errors.BihuanError as error:
            told = Failure(number, _told(error, "en"), _told(error, "zh"))
            played.failures.append(told)
        if self.case:
            self._look_back(played, number)

    def begin(self, start: Start) -> None:
        """Register the case."""
        form = self._form(ROOT_PROCESS, "register")
        actor = self.actor(start.by)
        data = self._data(start.data, form, actor)

        def register() -> None:
            self.case = self._runtime.start_case(
                actor, ROOT_PROCESS, data, agency=AGENCY, assume_beijing=True
            )

        _expect_refusal(start.refused, register)

    def do(self, step: Step) -> list[Difference]:
        """Do one step; return what was expected in vain."""
        if isinstance(step, Wait):
            self._wait(step)
        elif isinstance(step, Expect):
            return self._compare(step)
        elif step.is_task:
            self._complete(step)
        else:
            self._act(step)
        return []

    def _wait(self, step: Wait) -> None:
        self.wait_until(step.until or self.clock.now() + (step.step or timedelta()))

    def wait_until(self, moment: datetime) -> None:
        """Let time pass, then let everything happen that has fallen due."""
        self.clock.set(moment)
        for _ in range(_FIRING_ROUNDS):
            if not self._runtime.fire_due(limit=50):
                return

    def _compare(self, step: Expect) -> list[Difference]:
        with self.bihuan.database.read() as session:
            return list(compared(step.facts, read_facts(session, self.case)))

    def _complete(self, deed: Deed) -> None:
        task = self.open_task(deed.name, deed.which)
        actor = self.actor(deed.by)
        data = self._data(deed.data, self._form(task.process, task.form), actor)
        _expect_refusal(
            deed.refused,
            lambda: self._runtime.complete_task(actor, task.id, data, assume_beijing=True),
        )

    def _act(self, deed: Deed) -> None:
        act = self._runtime.application.acts.get(deed.name)
        form = self._form(self._starts(deed.name), (act and act.form) or deed.name)
        actor = self.actor(deed.by)
        data = self._data(deed.data, form, actor)
        _expect_refusal(
            deed.refused,
            lambda: self._runtime.perform_act(
                actor, self.case, deed.name, data, assume_beijing=True
            ),
        )

    def open_task(self, element: str, which: str = "") -> queries.TaskRow:
        """Return the open task of an element that is meant; raise NotFound."""
        with self.bihuan.database.read() as session:
            return chosen(queries.case_tasks(session, self.case, status="open"), element, which)

    def actor(self, person: str) -> Actor:
        """Return a person with the posts held on the day."""
        with self.bihuan.database.read() as session:
            return organisation.actor_of(session, person, clock.now())

    def _form(self, process: str, form: str) -> FormDefinition | None:
        catalogue = self._runtime.catalogue
        with self.bihuan.database.read() as session:
            ref = VersionsInForce(catalogue, session).current(process)
        return catalogue.form(process, ref.version, form)

    def _starts(self, message: str) -> str:
        """Return the process that a message starts, the root's where it starts none."""
        with self.bihuan.database.read() as session:
            found = VersionsInForce(self._runtime.catalogue, session).message_starts
        return found.get(message, ROOT_PROCESS)

    def _data(
        self, data: Mapping[str, Any], form: FormDefinition | None, actor: Actor
    ) -> dict[str, Any]:
        """Return the data as a client would send it: dates as text, files uploaded first."""
        files = {f.key for f in form.fields if f.kind == "filepicker"} if form else set()
        return {
            key: self._upload(value, actor) if key in files else _plain(value)
            for key, value in data.items()
        }

    def _upload(self, names: list[str], actor: Actor) -> list[str]:
        found = []
        for name in names:
            file, content = self.file(name)
            with self.bihuan.database.begin() as session:
                store = self.bihuan.evidence
                found.append(store.add(session, actor, file, content, clock.now()))
        return found

    def file(self, name: str) -> tuple[str, bytes]:
        """Return the name and content of a file that the scenario names."""
        return f"{name}.png", PHOTO

    def _look_back(self, played: Played, step: int) -> None:
        """Take in the path; an incident on it fails the scenario."""
        with self.bihuan.database.read() as session:
            visits = queries.case_visits(session, self.case)
            history = queries.case_history(session, self.case)
            incidents = queries.open_incidents(session)
        trail = played.trail
        trail.flows = {(visit.process, visit.flow) for visit in visits if visit.flow}
        trail.tasks = {
            (entry.process, entry.element)
            for entry in history
            if entry.task_id and entry.process and entry.element
        }
        for entry in history:
            if entry.act == "decision.made" and entry.process:
                trail.rows |= {(entry.process, rule) for rule in entry.data["rules"]}
        for incident in incidents:
            if incident.case_id == self.case:
                played.failures.append(Failure(step, incident.message, incident.message))


def _expect_refusal(refused: str | None, do: Any) -> None:  # noqa: ANN401 any command
    if refused is None:
        do()
        return
    try:
        do()
    except REFUSED[refused]:
        return
    raise errors.Conflict(
        f"Expected the refusal {refused}, but it was done", f"应被拒绝（{refused}），实际已办理"
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 any YAML value
    """Return a value as JSON has it; rows of a list hold dates too."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _told(error: errors.BihuanError, language: str) -> str:
    fields = error.errors if isinstance(error, errors.Invalid) else ()
    told = (f"{field.field}: {field.text(language)}" for field in fields)
    return "; ".join([error.text(language), *told])

"""One walk: commands go to the product and to the model, and both are compared after each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from random import Random
from typing import Any

from engine import clock
from engine.clock import VirtualClock
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.work.once import Once
from tests.walks import checks
from tests.walks.calendar_days import BEIJING
from tests.walks.checks import BrokenError, expect
from tests.walks.commands import Command, read_script, script
from tests.walks.model import Model
from tests.walks.model_raising import PROPOSER, RAISING
from tests.walks.model_voiding import VOIDING, proposer
from tests.walks.seen import OpenTask, Seen, look
from tests.walks.zone import Zone

REFUSAL = (NotFound, NotAllowed, Conflict, Invalid)
ACTS = ("level.raise", "level.lower", "case.transfer", "case.shut_down")
ASKING = ("extension.request", "extension.withdraw")
_RECORD_EVERY = 6
_OFFERS_EVERY = 6
_MOST_DUE = 4
"""Turns of fifty settlements: more than any case has dates that fall due while nobody looks."""


class Walk:
    """A case on its way, in the product and in the model."""

    def __init__(self, zone: Zone, seed: int, start: datetime) -> None:
        """Stand before the first command."""
        self.zone, self.seed = zone, seed
        self.random = Random(f"checks {seed}")  # noqa: S311 a walk, not a secret
        self.start, self.time = start, VirtualClock(start)
        self.log: list[Command] = []
        self.case = self.enterprise = self.finder = self.photo = ""
        self.reported: datetime | None = None
        self.model = Model(major_proposed=False, issuer="")
        self.seen: Seen
        self._keys = 0

    @property
    def now(self) -> datetime:
        """The instant of the walk."""
        return self.time.now()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Print seed and commands with whatever goes wrong."""
        try:
            with clock.use(self.time):
                yield
        except Exception as error:
            fields = getattr(error, "errors", None) or ""
            told = f"seed {self.seed}: {type(error).__name__}: {error} {fields}"
            raise BrokenError(
                f"{told}\n{script(self.seed, self.start.isoformat(), self.log)}"
            ) from error

    def play(self, command: Command) -> None:
        """Do one command in both, and compare."""
        self.log.append(command)
        _KINDS[command.kind](self, command)

    # ---------------------------------------------------------------- kinds of commands

    def register(self, command: Command) -> None:
        """Register the hazard with a new enterprise."""
        data = dict(command.data)
        self.enterprise = self.zone.settle_down(data.pop("park"))
        self.finder = data["finder_body"]
        found = {
            "enterprise": self.enterprise,
            "found_at": self.now.astimezone(BEIJING).isoformat(),
        }
        own = data["source"] == "self"
        person = f"{self.enterprise}:principal" if own else f"{self.finder}:officer"
        self.reported = self.now if own else None
        self.case = self.zone.runtime.start_case(
            self.zone.actor(person), "hazard_rectification", data | found, agency="default"
        )
        self.photo = self.zone.photo(self.case)
        parts = {"industry_economy": "industry_department"}
        proposed = bool(data.get("criterion")) or data.get("proposed_level") == "major"
        self.model = Model(major_proposed=proposed, issuer=parts.get(self.finder, ""))
        self._compare()

    def wait(self, command: Command) -> None:
        """Let time pass without anybody looking."""
        self.time.set(datetime.fromisoformat(command.name))

    def sweep(self, _command: Command) -> None:
        """Let the worker settle what fell due; silence decides nothing."""
        before = checks.decided(self.seen.document)
        self._fire_due()
        self.model.settle(self.now)
        self._compare()
        expect(checks.decided(self.seen.document), before, "decisions after silence")

    def _fire_due(self) -> None:
        """Settle whatever is due; a case that never comes to rest is broken."""
        for _ in range(_MOST_DUE):
            if not self.zone.runtime.fire_due():
                return
        raise BrokenError("dates keep falling due")

    def task(self, command: Command) -> None:
        """Complete a task, after whatever fell due before."""
        task = next(t for t in self.seen.tasks if (t.element, t.number) == _about(command))
        self.model.settle(self.now)
        lawful = command.lawful and _about(command) in self.model.tasks()

        def do(once: Once | None) -> object:
            return self.zone.runtime.complete_task(
                self.zone.actor(self._person(command)),
                task.id,
                self._filled(command.data),
                seen_version=command.seen_version,
                once=once,
            )

        try:
            done = self._sent(command, do, lawful=lawful)
        except Conflict:
            done = not self._replaced(task)
            if done:
                raise
        if done:
            self.model.task(command.name, command.number, command.data, command.person, self.now)
        self._compare()
        if lawful and self.random.random() < 0.05:
            self._done_again(task, command)

    def act(self, command: Command) -> None:
        """Perform an act, after whatever fell due before."""
        self.model.settle(self.now)

        def do(once: Once | None) -> object:
            person = self.zone.actor(self._person(command))
            data = self._filled(command.data)
            return self.zone.runtime.perform_act(person, self.case, command.name, data, once=once)

        if self._sent(command, do, lawful=command.lawful):
            self.model.act(command.name, command.data, command.person, self.now)
        self._compare()

    # ---------------------------------------------------------------- sending and comparing

    def _sent(self, command: Command, do: Callable[[Once | None], object], *, lawful: bool) -> bool:
        """Send a command; an unlawful one must be refused and leave everything as it was."""
        if not lawful:
            self._refused(do)
            return False
        self._keys += 1
        once = Once(f"{self.case}:{self._keys}", "d") if command.twice else None
        answer = do(once)
        if once is not None:
            after = look(self.zone, self.case).mark
            expect(do(once), answer, "answer to the same request")
            expect(look(self.zone, self.case).mark, after, "case after the same request")
        return True

    def _refused(self, do: Callable[[Once | None], object]) -> None:
        self._fire_due()
        before = look(self.zone, self.case).mark
        try:
            do(None)
        except REFUSAL:
            expect(look(self.zone, self.case).mark, before, "case after a refusal")
            return
        raise BrokenError("an unlawful command was done")

    def _done_again(self, task: OpenTask, command: Command) -> None:
        person = self.zone.actor(self._person(command))
        data = self._filled(command.data)
        self._refused(
            lambda once: self.zone.runtime.complete_task(person, task.id, data, once=once)
        )

    def _replaced(self, task: OpenTask) -> bool:
        """Whether what fell due since the page was made put a new task in the place of this."""
        stale = self.log[-2].kind == "wait"
        return stale and task.id not in {one.id for one in look(self.zone, self.case).tasks}

    def _compare(self) -> None:
        self.seen = look(self.zone, self.case)
        checks.check_all(self.seen, self.model, self.now)
        if self.model.over or not self.random.randrange(_RECORD_EVERY):
            checks.check_record(self.zone, self.case, self.seen.document)
        if not self.random.randrange(_OFFERS_EVERY):
            self._compare_offers()

    def _compare_offers(self) -> None:
        lawful = self.model.offers(self.now)
        person, asked = self.random.choice(
            [
                ("bureau:head", ACTS),
                (f"{self.enterprise}:principal", ASKING),
                ("leaders:principal", ("listing.open",)),
                (proposer(self.finder), VOIDING),
                (PROPOSER, RAISING),
            ]
        )
        found = self.zone.runtime.offered_acts(self.zone.actor(person), self.case)
        expect({act.name for act in found} & {*asked}, lawful & {*asked}, f"acts of {person}")

    def _person(self, command: Command) -> str:
        return command.person.replace("enterprise:", f"{self.enterprise}:", 1)

    def _filled(self, data: Any) -> Any:  # noqa: ANN401 any JSON
        """Put the photo of the case wherever a form takes files."""
        if isinstance(data, dict):
            return {key: self._filled(value) for key, value in data.items()}
        if isinstance(data, list):
            return [self.photo if one == "photo" else self._filled(one) for one in data]
        return data


def replay(zone: Zone, text: str) -> Walk:
    """Play the script of a walk again."""
    seed, start, commands = read_script(text)
    walk = Walk(zone, seed, datetime.fromisoformat(start))
    with walk.told():
        for command in commands:
            walk.play(command)
    return walk


def _about(command: Command) -> tuple[str, int | None]:
    return (command.name, command.number)


_KINDS: dict[str, Callable[[Walk, Command], None]] = {
    "register": Walk.register,
    "wait": Walk.wait,
    "sweep": Walk.sweep,
    "task": Walk.task,
    "act": Walk.act,
}

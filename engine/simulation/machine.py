"""One case under way: its tokens move until nothing moves.

As in the engine itself what an instance throws is handed round once it has come to rest: a
message to whoever waits for it, else the process that begins with it is started; a signal to
every other instance that waits now. A date that has come is taken when all of that is done.
"""

from __future__ import annotations

from typing import Final

from engine.errors import Incident
from engine.simulation.answers import world_of
from engine.simulation.entering import ENTER
from engine.simulation.moving import BESIDE, Moving
from engine.simulation.plan import Step
from engine.simulation.repeating import next_date
from engine.simulation.tokens import Frame, Marks, Wait, merged, plain
from engine.simulation.world import Flags

CLOSED: Final = "case.closed"
TURNS: Final = 10_000
"""Steps of one settling; more means that a case never comes to rest."""


class Life(Moving):
    """One case under way."""

    # ------------------------------------------------------------ what happens to it

    def complete(self, wait: Wait, flags: Flags) -> None:
        """Let people finish a task."""
        marks = self.written(wait.marks, flags)
        self.asking = wait.frame.root
        world_of(self).completed(wait.step.node, plain(marks), self)
        if wait.live:
            self.finish(wait, marks)

    def settle(self) -> None:
        """Move until nothing moves, dates that have come included."""
        for _ in range(TURNS):
            if self.todo:
                self._step()
            elif not self._joined() and not self._hand_round() and not self._late():
                return
        raise Incident(
            f"Expected case {self.number} to come to rest, but it moves for ever",
            f"第 {self.number} 件仿真案件未能稳定下来",
        )

    # ------------------------------------------------------------ turns

    def _step(self) -> None:
        frame, step, marks, via = self.todo.popleft()
        if not frame.live:
            return
        self.asking = frame.root
        if step.entering > 1 and step.kind in ("parallelGateway", "inclusiveGateway"):
            frame.arrived.setdefault(step.id, []).append((via, marks))
            if step.kind == "parallelGateway":
                self._meet(frame, step)
            else:
                self.parked.append((frame, step.id))
            return
        self._enter(frame, step, marks)

    def _enter(self, frame: Frame, step: Step, marks: Marks) -> None:
        self.visits[step.id] += 1
        self.clockwork.visited(self, step)
        ENTER[step.kind](self, frame, step, marks)

    def _hand_round(self) -> bool:
        if not self.thrown:
            return False
        kind, name, frame = self.thrown.popleft()
        self.asking = frame
        if kind == "message":
            self.send(name)
        elif kind == BESIDE:
            self._begin_beside(name)
        elif kind == "signal":
            self.tell(name, frame)
        else:
            world_of(self).over(self)
            told = self.tell(CLOSED, frame)
            for other in list(self.frames):
                if other not in told:
                    self.drop(other)
        return True

    def _begin_beside(self, process: str) -> None:
        body = self.clockwork.plan.bodies.get(process)
        if body is None or not self.frames:
            self.astray += 1
        else:
            self.begin(body, {})

    def _late(self) -> bool:
        """Take the first date that has come; every date is read anew before."""
        first: Wait | None = None
        for wait in self.events("timer"):
            self._read_date(wait)
            earlier = first is None or first.due is None or (wait.due or 0) < first.due
            if wait.due is not None and wait.due <= self.now and earlier:
                first = wait
        if first is not None:
            self.fire(first, {})
        return first is not None

    def _read_date(self, wait: Wait) -> None:
        trigger = wait.step.trigger
        if trigger is None or trigger.expression is None:
            return
        if trigger.timer == "timeCycle":
            due = next_date(wait, trigger, self, self.answers)
        elif trigger.timer != "timeDuration":
            due = self.answers.date(trigger.expression, self, wait.marks)
        elif wait.due is None:
            due = self.now + self.answers.duration(trigger.expression, self, wait.marks)
        else:
            return
        if due != wait.due:
            wait.due = due
            self.clockwork.arm(self, wait)

    # ------------------------------------------------------------ joins

    def _meet(self, frame: Frame, step: Step) -> None:
        tokens = frame.arrived[step.id]
        first = dict(reversed(tokens))
        if len(first) < step.entering:
            return
        for via, marks in first.items():
            tokens.remove((via, marks))
        self._merge(frame, step, list(first.values()))

    def _joined(self) -> bool:
        """Let an inclusive join go on that no token can come to any more."""
        for frame, name in self.parked:
            step = frame.body.steps[name]
            if not frame.live or self._awaited(frame, name):
                continue
            self.parked = [one for one in self.parked if one != (frame, name)]
            found = [marks for _, marks in frame.arrived.pop(name, [])]
            if found:
                self._merge(frame, step, found)
                return True
        return False

    def _awaited(self, frame: Frame, join: str) -> bool:
        steps = [wait.step for wait in frame.waits if wait.live]
        steps += [frame.body.steps[n] for n, held in frame.arrived.items() if held and n != join]
        return any(join in step.reaches for step in steps)

    def _merge(self, frame: Frame, step: Step, tokens: list[Marks]) -> None:
        frame.tokens -= len(tokens) - 1
        self._enter(frame, step, merged(tokens))

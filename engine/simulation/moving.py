"""The tokens of a case: they come to elements, rest there, go on and end.

What is thrown and what stands before a join is kept for the turns of `machine`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, deque
from typing import Final, Protocol

from engine.simulation.answers import Answers
from engine.simulation.expressions import Compiled
from engine.simulation.plan import Body, Plan, Step
from engine.simulation.repeating import go_on, repeats
from engine.simulation.tokens import NOTHING, Frame, Marks, Wait, marked, merged
from engine.simulation.world import Flags, WorldCase

BESIDE: Final = "process"
"""What is handed round where an operation starts a process."""

OVER: Final = "over"
"""What is handed round when the root process has ended."""


class Clockwork(Protocol):
    """The simulation around a case."""

    @property
    def now(self) -> int:
        """The moment."""
        ...

    @property
    def plan(self) -> Plan:
        """The diagrams."""
        ...

    def open_task(self, life: Moving, wait: Wait) -> None:
        """A task waits for people."""
        ...

    def close_task(self, wait: Wait) -> None:
        """A task is taken away before it was done."""
        ...

    def arm(self, life: Moving, wait: Wait) -> None:
        """A date was set, moved or taken away."""
        ...

    def wake(self, life: Moving, at: int, name: str) -> None:
        """The world wants to be told at a moment."""
        ...

    def visited(self, life: Moving, step: Step) -> None:
        """A token came to an element."""
        ...


class Moving(ABC):
    """Where the tokens of one case are, and how they go on."""

    def __init__(self, clockwork: Clockwork, number: int, answers: Answers) -> None:
        """Begin without a token."""
        self.clockwork, self.number, self.answers = clockwork, number, answers
        self.world: WorldCase | None = None
        self.frames: list[Frame] = []
        self.root: Frame | None = None
        self.visits: Counter[str] = Counter()
        self.astray = 0
        """Messages that nobody waited for."""
        self.stuck: list[tuple[str, str]] = []
        """Elements that a token cannot leave, by process and id: nothing is open to it."""
        self.todo: deque[tuple[Frame, Step, Marks, str]] = deque()
        self.thrown: deque[tuple[str, str, Frame]] = deque()
        self.parked: list[tuple[Frame, str]] = []
        self.asking: Frame | None = None
        self._stamp = 0

    @property
    def now(self) -> int:
        """The moment."""
        return self.clockwork.now

    # ------------------------------------------------------------ what the world may ask

    def wake(self, at: int, name: str) -> None:
        """Ask to be told at a moment."""
        self.clockwork.wake(self, at, name)

    def send(self, message: str, flags: Flags | None = None) -> bool:
        """Hand over a message; return whether somebody took it."""
        found = self.catching("message", message, None)
        if found:
            self.fire(found[0], flags or {})
            return True
        body = self.clockwork.plan.starts.get(message)
        if body is None or not self.frames:
            self.astray += 1
            return False
        self.begin(body, flags or {})
        return True

    def post(self, kind: str, name: str) -> None:
        """Send a message, or begin a process, once the instance that asks stands still."""
        if self.asking is not None:
            self.thrown.append((kind, name, self.asking))

    def end_side_processes(self, keep: frozenset[str]) -> None:
        """End every process but the root, the one that asks and some that stay."""
        for frame in list(self.frames):
            stays = frame in (self.root, self.asking) or frame.body.process in keep
            if not stays:
                self.drop(frame)

    def begin(self, body: Body, flags: Flags) -> None:
        """Start an instance of a process."""
        frame = Frame(body, None, None)
        self.frames.append(frame)
        self.root = self.root or frame
        if body.start is not None:
            self.put(frame, body.start, self.written(NOTHING, flags))

    # ------------------------------------------------------------ what elements ask

    @abstractmethod
    def complete(self, wait: Wait, flags: Flags) -> None:
        """Let people finish a task."""

    @abstractmethod
    def settle(self) -> None:
        """Move until nothing moves, dates that have come included."""

    def put(self, frame: Frame, step: Step, marks: Marks, via: str = "") -> None:
        """Let one more token come to an element."""
        frame.tokens += 1
        self.todo.append((frame, step, marks, via))

    def leave(self, frame: Frame, step: Step, marks: Marks) -> None:
        """Let a token go on from an element, along every flow that is open to it."""
        if step.assignments:
            values = {n: self.answers.value(e, self, marks) for n, e in step.assignments}
            marks = self.written(marks, values)
        ways = [w for w in step.ways if not w.condition or self.holds(w.condition, marks)]
        if step.kind == "exclusiveGateway":
            ways = ways[:1]
        if not ways and step.otherwise is not None:
            ways = [step.otherwise]
        if not ways and step.ways:
            # An incident in the engine: the token stays where it is, and its case with it.
            self.stuck.append((step.body.process, step.id))
            return
        if not ways:
            self.consume(frame, marks)
            return
        frame.tokens += len(ways) - 1
        self.todo.extend((frame, way.target, marks, way.id) for way in ways)

    def holds(self, condition: Compiled, marks: Marks) -> bool:
        """Return whether a condition is true."""
        return self.answers.holds(condition, self, marks)

    def written(self, marks: Marks, values: Flags) -> Marks:
        """Return flags with some written now."""
        self._stamp += 1
        return marked(marks, values, self._stamp)

    def rest(self, frame: Frame, step: Step, marks: Marks, host: Wait | None = None) -> Wait:
        """Let a token rest at an element, or arm an event beside another one."""
        wait = Wait(frame, step, marks, self.now)
        wait.host = host
        frame.waits.append(wait)
        return wait

    def guard(self, wait: Wait) -> None:
        """Arm the boundary events of an activity."""
        for step in wait.step.boundaries:
            self.rest(wait.frame, step, wait.marks, wait)

    def throw(self, kind: str, name: str, frame: Frame) -> None:
        """Keep what is thrown until the instance has come to rest."""
        self.thrown.append((kind, name, frame.root))

    def finish(self, wait: Wait, marks: Marks) -> None:
        """Let the token of an activity go on."""
        self._release(wait)
        self.leave(wait.frame, wait.step, marks)

    def consume(self, frame: Frame, marks: Marks) -> None:
        """End a token; the last one ends its frame."""
        frame.left.append(marks)
        frame.tokens -= 1
        if frame.tokens == 0:
            self.end(frame)

    def end(self, frame: Frame) -> None:
        """End a frame with all that is in it, and go on behind it."""
        self._kill(frame)
        if frame.holder is not None:
            self.finish(frame.holder, merged([frame.holder.marks, *frame.left]))
            return
        self.frames.remove(frame)
        if frame is self.root:
            self.thrown.append((OVER, "", frame))

    def fail(self, frame: Frame, name: str) -> None:
        """End frames outwards until an event catches an error; uncaught it ends the instance."""
        while frame.holder is not None:
            self._kill(frame)
            for guard in frame.holder.frame.waits:
                trigger = guard.step.trigger
                caught = guard.live and guard.host is frame.holder and trigger is not None
                if caught and trigger and trigger.kind == "error" and trigger.name in ("", name):
                    self.fire(guard, {})
                    return
            frame = frame.holder.frame
        self.end(frame)

    # ------------------------------------------------------------ events and ends

    def events(self, kind: str) -> list[Wait]:
        """Return what waits for an event of a kind."""
        return [
            wait
            for frame in self.frames
            for wait in frame.resting()
            if wait.step.trigger is not None and wait.step.trigger.kind == kind
        ]

    def catching(self, kind: str, name: str, beside: Frame | None) -> list[Wait]:
        """Return what waits for a message or signal, but for one instance."""
        return [
            wait
            for wait in self.events(kind)
            if wait.step.trigger is not None
            and wait.step.trigger.name == name
            and wait.frame.root is not beside
        ]

    def tell(self, signal: str, thrower: Frame) -> set[Frame]:
        """Tell every other instance of a signal; return who heard it."""
        found = self.catching("signal", signal, thrower)
        for wait in found:
            if wait.live:
                self.fire(wait, {})
        return {wait.frame.root for wait in found}

    def fire(self, wait: Wait, flags: Flags) -> None:
        """Let an event occur that something waits for."""
        marks, host = self.written(wait.marks, flags), wait.host
        if host is None:
            self.finish(wait, marks)
            return
        self.visits[wait.step.id] += 1
        self.clockwork.visited(self, wait.step)
        if host.step.kind == "eventBasedGateway" or wait.step.node.interrupting:
            self._release(host)
        else:
            wait.live = repeats(wait.step)
            wait.frame.tokens += 1
            go_on(wait, self.now)
            self.clockwork.arm(self, wait)
        self.leave(wait.frame, wait.step, marks)

    def drop(self, frame: Frame) -> None:
        """Cancel a whole instance."""
        self._kill(frame)
        if frame in self.frames:
            self.frames.remove(frame)

    def _kill(self, frame: Frame) -> None:
        frame.live = False
        for wait in frame.waits:
            if wait.live:
                self._release(wait)
        frame.waits = []
        frame.arrived = {}

    def _release(self, wait: Wait) -> None:
        """Let something wait no more, with what is armed for it and what runs in it."""
        wait.live = False
        if wait.item is not None:
            self.clockwork.close_task(wait)
        if wait.inner is not None and wait.inner.live:
            self._kill(wait.inner)
        for other in wait.frame.waits:
            if other.host is wait:
                other.live = False
        wait.frame.sweep()

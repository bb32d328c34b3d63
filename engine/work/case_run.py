"""A case within one command: its instances move until nothing more can move.

Only what is touched is loaded. Events of an instance are handed round before any other instance
looks at the clock. A message goes to the one instance that waits for it, or starts the process
that begins with it; a signal goes to every other instance that waits now and is never kept.
When the root ends, `case.closed` is told and whoever did not listen is cancelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import clock
from engine.errors import Incident
from engine.execution.instance import ProcessInstance
from engine.execution.model import Step
from engine.operations import OWN, Sending
from engine.store.ids import new_id
from engine.work.case_details import CaseDetails
from engine.work.case_row import CaseRow
from engine.work.host import CaseHost
from engine.work.instance_rows import RunningInstance
from engine.work.journal import About
from engine.work.kept_messages import KeptMessages
from engine.work.scope import CaseScope

TURN_LIMIT = 500
"""Turns of one settling; more means that dates or messages chase each other for ever."""

STARTED_LIMIT = 50
"""Instances that one command may start; more means that processes start each other for ever."""

CLOSED = "case.closed"


class CaseRun:
    """The instances of a locked case; not for more than one thread."""

    def __init__(
        self,
        row: CaseRow,
        scope: CaseScope,
        instances: list[RunningInstance],
        details: CaseDetails,
    ) -> None:
        """Take over what was read under the lock."""
        self.row = row
        self.scope = scope
        self.instances = instances
        self.kept = KeptMessages(details.messages)
        self.rungs = details.rungs
        self._hosts: dict[str, CaseHost] = {}
        self._started = 0
        # While dates wait that have come, it is the first of them: what falls due in one instance
        # a week later must not come before what falls due in another today.
        self._moment = scope.context.now

    @property
    def live(self) -> list[RunningInstance]:
        """The instances that still run."""
        return [instance for instance in self.instances if instance.live]

    @property
    def starts(self) -> Mapping[str, str]:
        """For every message that starts one, the process."""
        return self.scope.in_force.message_starts

    def start(
        self, process: str, token: Mapping[str, Any], *, root: bool = False
    ) -> RunningInstance:
        """Start an instance of a process's current version; `settle` moves it.

        Raises:
            Incident: processes start each other without end.
        """
        self._started += 1
        if self._started > STARTED_LIMIT:
            raise _endless(process)
        ref = self.scope.in_force.current(process)
        instance = RunningInstance(
            id=new_id(),
            process=process,
            version=ref.version,
            root=root,
            started_at=self.scope.context.now,
        )
        compiled = self.scope.catalogue.compiled(process, ref.version)
        instance.loaded = ProcessInstance.start(compiled, self.host(instance), token)
        self.instances.append(instance)
        if not root:
            self._note("process.started", instance, {"version": ref.version})
        return instance

    def load(self, instance: RunningInstance) -> ProcessInstance:
        """Return the state of an instance, read at its first use."""
        if instance.loaded is None:
            compiled = self.scope.catalogue.compiled(instance.process, instance.version)
            instance.loaded = ProcessInstance.load(compiled, self.host(instance), instance.blob)
        return instance.loaded

    def take_to(self, instance: RunningInstance, version: int, blob: bytes) -> None:
        """Let an instance go on under another version, from the state that it has there."""
        compiled = self.scope.catalogue.compiled(instance.process, version)
        instance.version, instance.blob = version, blob
        self._hosts.pop(instance.id, None)
        instance.loaded = ProcessInstance.load(compiled, self.host(instance), blob)
        instance.refresh()

    def host(self, instance: RunningInstance) -> CaseHost:
        """Return the host that answers for an instance."""
        if instance.id not in self._hosts:
            self._hosts[instance.id] = CaseHost(self.scope, instance.process, instance.version)
        return self._hosts[instance.id]

    def complete(self, instance_id: str, token_id: str, flags: Mapping[str, Any]) -> None:
        """Complete a person's task; Conflict if it is not open."""
        instance = next((i for i in self.live if i.id == instance_id), None)
        if instance is None:
            raise Incident(
                f"Expected the instance {instance_id} of an open task to run, but it has ended",
                "任务所属的流程已结束，数据不一致",
                instance=instance_id,
            )
        self.load(instance).complete(token_id, flags)
        self._run(instance)

    def expects(self, message: str) -> bool:
        """Return whether an instance waits for a message or a process starts with it."""
        if any(message in instance.messages for instance in self.live):
            return True
        return bool(self.live) and message in self.starts

    def message(self, name: str, flags: Mapping[str, Any] | None = None) -> None:
        """Hand a message to the one instance that waits for it, or start its process."""
        waiting = [instance for instance in self.live if name in instance.messages]
        if len(waiting) > 1:
            raise _astray(name, f"{len(waiting)} instances wait for it", "多个流程同时等待该消息")
        if waiting:
            self.load(waiting[0]).deliver_message(name)
            self._run(waiting[0])
            return
        process = self.starts.get(name)
        if process is None:
            raise _astray(name, "nothing waits for it or starts with it", "没有流程等待该消息")
        started = self.start(process, flags or {})
        instance = self.load(started)
        self._hand_round(started, self._step(instance))
        instance.deliver_message(name)
        self._run(started)

    def settle(self) -> None:
        """Move until nothing moves: what is loaded, kept messages, then dates in their order.

        Raises:
            Incident: an element failed, or the case does not come to rest.
        """
        for _ in range(TURN_LIMIT):
            late = self._first_late()
            self._moment = late[0] if late is not None else self.scope.context.now
            if late is not None:
                self.load(late[1])
            moved = [self._run(instance) for instance in self.live if instance.loaded]
            if any(moved) or self.kept.offer(self):
                continue
            if late is None:
                return
            raise _stuck(late[1])
        raise Incident(
            f"Expected the case to come to rest within {TURN_LIMIT} turns, but it did not",
            "案件流程未能在限定步数内稳定下来",
        )

    def _first_late(self) -> tuple[datetime, RunningInstance] | None:
        """Return the date that came first of those that have come, and whose it is."""
        now = self.scope.context.now
        dates = [
            (due, instance.id, instance)
            for instance in self.live
            for timer in instance.timers
            if (due := self.host(instance).due(timer)) is not None and due <= now
        ]
        return min(dates, key=lambda date: date[:2])[::2] if dates else None

    def _run(self, instance: RunningInstance) -> bool:
        """Settle one instance and hand its events round; return whether anything moved."""
        if not instance.live or instance.loaded is None:
            return False
        return self._hand_round(instance, self._step(instance.loaded))

    def _step(self, loaded: ProcessInstance) -> Step:
        with clock.use(clock.VirtualClock(self._moment)):
            return loaded.settle()

    def _hand_round(self, instance: RunningInstance, step: Step) -> bool:
        instance.refresh()
        journal = self.scope.journal
        for visit in step.visited:
            why = self.host(instance).readings.take(visit.element)
            journal.visit(instance.id, instance.process, visit.element, visit.flow, why)
        ended = instance.loaded is not None and instance.loaded.ended
        if ended:
            instance.status = "completed"
        self._end_side_processes(instance)
        for thrown in step.thrown:
            if thrown.kind == "signal":
                self.signal(thrown.name, instance)
            else:
                self.message(thrown.name)
        self._send_what_operations_asked()
        if ended:
            self._ended(instance)
        return ended or bool(step.thrown or step.visited or step.completed)

    def _send_what_operations_asked(self) -> None:
        asked, self.scope.context.sending = self.scope.context.sending, Sending()
        for name in (*asked.messages, *map(self._beginning, asked.processes)):
            self.message(name)

    def _beginning(self, process: str) -> str:
        """Return the message by which an operation starts a process."""
        found = [m for m, one in self.starts.items() if one == process and m.startswith(OWN)]
        if len(found) != 1:
            raise _astray(process, "no message of its own starts it", "流程没有自己的启动消息")
        return found[0]

    def signal(self, name: str, thrower: RunningInstance) -> list[RunningInstance]:
        """Tell every other instance that waits for a signal now; nobody is fine."""
        told = [i for i in self.live if i is not thrower and name in i.signals]
        # Everybody hears it before anybody goes on: one who goes on looks at the clock, and what
        # falls due there is news of a later moment. The root goes last: what it throws then must
        # not reach one that has heard and not yet moved.
        for instance in told:
            self.load(instance).deliver_signal(name)
        for instance in sorted(told, key=lambda one: one.root):
            self._run(instance)
        return told

    def _ended(self, instance: RunningInstance) -> None:
        if not instance.root:
            self._note("process.completed", instance, {})
            return
        told = self.signal(CLOSED, instance)
        for other in self.live:
            if other not in told:
                self.cancel(other, CLOSED)

    def _end_side_processes(self, asking: RunningInstance) -> None:
        """End what the application asked for; a message thrown in this step starts anew."""
        endings, self.scope.context.endings = self.scope.context.endings, []
        for ending in endings:
            for other in self.live:
                if not other.root and other is not asking and other.process not in ending.keep:
                    self.cancel(other, ending.reason)

    def cancel(self, instance: RunningInstance, reason: str) -> None:
        """End an instance at once, with the reason in the history."""
        self.load(instance).cancel()
        instance.status, instance.reason = "cancelled", reason
        instance.refresh()
        self._note("process.cancelled", instance, {"reason": reason})

    def _note(self, act: str, instance: RunningInstance, data: dict[str, Any]) -> None:
        about = About(process=instance.process)
        self.scope.journal.write(act, {"instance": instance.id, **data}, about)


def _stuck(instance: RunningInstance) -> Incident:
    return Incident(
        f"Expected {instance.process} to go on at a date that has come, but nothing moved",
        f"流程 {instance.process} 的日期已到，却没有推进",
        instance=instance.id,
    )


def _endless(process: str) -> Incident:
    return Incident(
        f"Expected at most {STARTED_LIMIT} processes started in one step, but {process} goes on "
        "starting others that start it again",
        f"一步之内最多启动 {STARTED_LIMIT} 个流程，但流程 {process} 与其他流程循环启动",
        process=process,
    )


def _astray(name: str, why: str, why_zh: str) -> Incident:
    return Incident(
        f"Expected one receiver for the message {name}, but {why}",
        f"消息 {name} 无法送达：{why_zh}",
        name=name,
    )

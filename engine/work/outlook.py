"""A running case under a newer version of one of its processes: what would change, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.errors import BihuanError, Unavailable
from engine.execution.instance import ProcessInstance
from engine.execution.migration import Obstacle, carry_over
from engine.execution.model import ArmedTimer, OpenTask, Waits
from engine.ports import Grant
from engine.work.host import CaseHost
from engine.work.instance_rows import RunningInstance
from engine.work.open_case import OpenCase
from engine.work.task_rows import TaskState

Titles = tuple[str, str]
"""What an element is called, in Chinese and in English."""


@dataclass(frozen=True)
class Reason:
    """Why a case cannot go on under another version, in both languages."""

    message: str
    message_zh: str


@dataclass(frozen=True)
class DateChange:
    """A date at an element that would be another; None while there is none."""

    element: str
    title: Titles
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class ActorChange:
    """A task that would fall to others; whoever took it would have to give it back."""

    element: str
    title: Titles
    before: tuple[Grant, ...]
    after: tuple[Grant, ...]


@dataclass(frozen=True)
class FormChange:
    """A task whose page would ask something else; "" where there is no form."""

    element: str
    title: Titles
    before: str
    after: str


@dataclass(frozen=True)
class Passage:
    """One instance on its way: its state under the version, its open tasks before and after."""

    instance: RunningInstance
    blob: bytes
    tasks: tuple[tuple[TaskState, TaskState], ...]


@dataclass(frozen=True)
class Outlook:
    """What becomes of a case; with `reasons` it stays where it is."""

    case_id: str
    process: str
    version: int
    before: tuple[int, ...]
    passages: tuple[Passage, ...] = ()
    reasons: tuple[Reason, ...] = ()
    dates: tuple[DateChange, ...] = ()
    actors: tuple[ActorChange, ...] = ()
    forms: tuple[FormChange, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether the case can go on under the version."""
        return bool(self.before) and not self.reasons


def outlook(case: OpenCase, process: str, version: int) -> Outlook:
    """Return what becomes of a case under a version of a process; nothing is changed.

    Raises:
        NotFound: there is no such version.
    """
    behind = [one for one in case.run.live if one.process == process and one.version < version]
    looks = [_Look(case, instance, version) for instance in behind]
    reasons = tuple(reason for look in looks for reason in look.reasons())
    before = tuple(sorted({instance.version for instance in behind}))
    found = Outlook(case.run.row.id, process, version, before, reasons=reasons)
    if reasons:
        return found
    return replace(
        found,
        passages=tuple(Passage(look.instance, look.blob, look.tasks) for look in looks),
        dates=tuple(change for look in looks for change in look.dates()),
        actors=tuple(change for look in looks for change in look.actors()),
        forms=tuple(change for look in looks for change in look.forms()),
    )


class _Look:
    """One instance under the version that it would go on under."""

    def __init__(self, case: OpenCase, instance: RunningInstance, version: int) -> None:
        self.instance = instance
        self._case = case
        self._version = version
        catalogue = case.scope.catalogue
        self._drawing = catalogue.drawing(instance.process, version)
        self._drawn_before = catalogue.drawing(instance.process, instance.version)
        compiled = catalogue.compiled(instance.process, version)
        was = catalogue.compiled(instance.process, instance.version)
        carried = carry_over(was, compiled, instance.blob)
        self.blob = carried.blob
        self.tasks: tuple[tuple[TaskState, TaskState], ...] = ()
        self._reasons = [self._reason(one) for one in carried.obstacles]
        if carried.possible:
            self._host = CaseHost(case.scope, instance.process, version)
            waits = ProcessInstance.load(compiled, self._host, carried.blob).waits()
            self._timers = waits.timers
            self._look_at(waits.tasks)
            self._reasons.extend(self._flags_missing(waits))

    def reasons(self) -> Iterator[Reason]:
        yield from self._reasons
        if self._reasons:
            return
        for _, task in self.tasks:
            if not task.candidates and task.assignee is None:
                zh, en = self._title(task.element)
                yield Reason(f"nobody could do “{en}”", f"“{zh}”将没有可办理人")

    def dates(self) -> Iterator[DateChange]:
        """Yield the dates of timers and the limits of tasks that would be others."""
        before, after = self._due_before(), self._due_after()
        for element in sorted(before.keys() | after.keys()):
            if before.get(element) != after.get(element):
                yield self._change(element, before.get(element), after.get(element))
        for task, other in self.tasks:
            if task.due_at != other.due_at:
                yield self._change(task.element, task.due_at, other.due_at)

    def actors(self) -> Iterator[ActorChange]:
        for task, other in self.tasks:
            if set(task.candidates) != set(other.candidates):
                title = self._title(task.element)
                yield ActorChange(task.element, title, task.candidates, other.candidates)

    def forms(self) -> Iterator[FormChange]:
        """Yield the tasks whose form is another, or asks something else."""
        form = self._case.scope.catalogue.form
        for task, other in self.tasks:
            was = form(task.process, task.version, task.form)
            will = form(other.process, other.version, other.form)
            if was != will or task.form != other.form:
                before, after = (task.form if was else "", other.form if will else "")
                yield FormChange(task.element, self._title(task.element), before, after)

    def _look_at(self, waiting: Sequence[OpenTask]) -> None:
        """Route the tasks and read the dates; what the version asks of a case may not be there."""
        try:
            self.tasks = tuple(self._pairs(waiting))
            list(self.dates())
        except Unavailable:
            raise
        except BihuanError as error:
            self._reasons.append(Reason(error.message, error.message_zh))

    def _flags_missing(self, waits: Waits) -> Iterator[Reason]:
        """Yield the flags that only the version writes, and would read without having them."""
        uses = self._case.scope.catalogue.flag_use
        use, was = (uses(self.instance.process, v) for v in (self._version, self.instance.version))
        standing = {*waits.elements, *(task.element for task in waits.tasks)}
        for flag in sorted(use.writers.keys() - was.writers.keys()):
            element = use.unwritten(flag, standing)
            if element is not None:
                zh, en = self._title(element)
                yield Reason(
                    f"“{en}” reads {flag}, which version {self._version} does not write on "
                    "every way there from where the case stands",
                    f"“{zh}”要读取标记 {flag}，而第 {self._version} 版从案件所停之处到那里，"
                    "并非每条路都会写入它",
                )

    def _due_before(self) -> dict[str, datetime | None]:
        host = self._case.run.host(self.instance)
        return _first(self.instance.timers, host)

    def _due_after(self) -> dict[str, datetime | None]:
        return _first(self._timers, self._host)

    def _change(self, element: str, before: datetime | None, after: datetime | None) -> DateChange:
        return DateChange(element, self._title(element), before, after)

    def _pairs(self, waiting: Sequence[OpenTask]) -> Iterator[tuple[TaskState, TaskState]]:
        rows = {task.token_id: task for task in self._case.tasks if self._is_mine(task)}
        for waits in waiting:
            task = rows.get(waits.task_id)
            if task is not None:
                yield task, self._after(task, waits)

    def _is_mine(self, task: TaskState) -> bool:
        return task.instance_id == self.instance.id

    def _after(self, task: TaskState, waits: OpenTask) -> TaskState:
        """Return a task as it would be; who was added to it in the meantime stays."""
        scope = self._case.scope
        other = replace(
            task,
            version=self._version,
            act=waits.properties.get("act", waits.element),
            form=waits.properties.get("form", waits.element),
            properties=dict(waits.properties),
        )
        was = scope.application.route(scope.case, task.facts(), scope.context)
        will = scope.application.route(scope.case, other.facts(), scope.context)
        gone = set(was.candidates) - set(will.candidates)
        stay = [grant for grant in task.candidates if grant not in gone]
        candidates = tuple(dict.fromkeys((*will.candidates, *stay)))
        same = set(candidates) == set(task.candidates)
        return replace(
            other,
            candidates=task.candidates if same else candidates,
            assignee=will.assignee if gone else task.assignee,
            due_at=will.due_at,
            priority=will.priority,
        )

    def _reason(self, one: Obstacle) -> Reason:
        zh, en = self._title(one.element)
        message, message_zh = _SENTENCES[one.code]
        values = {"version": self._version}
        return Reason(message.format(title=en, **values), message_zh.format(title=zh, **values))

    def _title(self, element: str) -> Titles:
        before = self._drawn_before.titles.get(element, (element, element))
        return self._drawing.titles.get(element, before)


def _first(timers: Sequence[ArmedTimer], host: CaseHost) -> dict[str, datetime | None]:
    """Return the first date of each element that has a timer."""
    found: dict[str, datetime | None] = {}
    for timer in timers:
        dates = [one for one in (found.get(timer.element), host.due(timer)) if one is not None]
        found[timer.element] = min(dates, default=None)
    return found


_SENTENCES = {
    "gone": (
        "it stands at “{title}”, which version {version} does not have",
        "案件停在“{title}”，第 {version} 版没有这一步",
    ),
    "kind": (
        "“{title}”, where it stands, is something else in version {version}",
        "案件停在“{title}”，第 {version} 版中它已不是同一种节点",
    ),
    "boundary": (
        "“{title}” is under way, and version {version} has other events attached to it",
        "“{title}”正在办理，第 {version} 版给它增减了边界事件",
    ),
    "event": (
        "“{title}” waits for something else in version {version}",
        "“{title}”在第 {version} 版等待的是另一种事件",
    ),
    "parallel": (
        "it is between the branches that meet at “{title}”, and version {version} has others",
        "案件正在并行办理，在“{title}”汇合的分支与第 {version} 版不同",
    ),
    "unreadable": (
        "its state cannot be read under version {version}",
        "流程状态在第 {version} 版下无法读取",
    ),
}

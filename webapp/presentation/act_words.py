"""What the engine itself wrote down, in words: reminders, tables, processes, hands on tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from webapp.i18n.catalogue import Text, pick, text
from webapp.presentation import labels
from webapp.presentation.designed_words import kept_lines, own_name
from webapp.presentation.facts import Fact
from webapp.presentation.rung_labels import RUNGS
from workflows.domain import interview_hosts as hosts

DAYS_LEFT = "days_left_"
_TOPS = {
    "leader_and_office": "timeline.told_leader",
    "principal_and_office": "timeline.told_principal",
}


@dataclass(frozen=True)
class TaskNames:
    """A task as the timeline names it: its title, its bodies, those whose heads may do it."""

    title: Text
    bodies: Sequence[Text] = ()
    headed: Sequence[Text] = ()


@dataclass(frozen=True)
class Known:
    """The names that rows of history refer to by id."""

    tasks: Mapping[str, TaskNames] = field(default_factory=dict)
    processes: Mapping[str, Text] = field(default_factory=dict)
    persons: Mapping[str, Text] = field(default_factory=dict)
    town: bool = False
    """Whether a town stands for the park command."""


class Written(Protocol):
    """What is read of a history row."""

    @property
    def act(self) -> str:
        """What was done."""
        ...

    @property
    def process(self) -> str | None:
        """In which process."""
        ...

    @property
    def task_id(self) -> str | None:
        """At which task."""
        ...

    @property
    def data(self) -> Mapping[str, Any]:
        """With what."""
        ...


@dataclass(frozen=True)
class ActWords:
    """An act in words, with what else is worth knowing of it."""

    act: str
    lines: Sequence[Fact] = ()


def act_words(row: Written, known: Known, language: str) -> ActWords:
    """Return the words of an act; of acts that people submit, their label."""
    special = _SPECIAL.get(row.act)
    if special is not None:
        return special(row, known, language)
    said = own_name(row.act, row.data, language) or labels.label(labels.ACTS, row.act, language)
    return ActWords(said, kept_lines(row.data, language))


def _rung(row: Written, known: Known, language: str) -> ActWords:
    rung = str(row.data.get("rung", ""))
    days = rung.removeprefix(DAYS_LEFT)
    if days != rung:
        told = Fact(text("timeline.told", language), text("timeline.told_deadline", language))
        return ActWords(text("timeline.days_left", language, days=days), [told])
    task = known.tasks.get(row.task_id or "")
    lines = [*_task(row, known, language)]
    if (whom := _told(rung, row, known, language)) != "":
        lines.append(Fact(text("timeline.told", language), whom))
    # An enterprise has no deputies above whoever reports: they are told once more.
    said = "again" if rung == "deputy" and task and not task.headed else rung
    return ActWords(labels.label(RUNGS, said, language), lines)


def _told(rung: str, row: Written, known: Known, language: str) -> str:
    task = known.tasks.get(row.task_id or "")
    if rung in _TOPS:
        return text(_TOPS[rung], language)
    if task is None:
        return ""
    deputies = task.headed if rung == "deputy" else ()
    told = deputies or task.bodies
    bodies = text("list.or", language).join(pick(language, *body) for body in told)
    return text("timeline.told_deputy", language, bodies=bodies) if deputies else bodies


def _task(row: Written, known: Known, language: str) -> list[Fact]:
    task = known.tasks.get(row.task_id or "")
    return [Fact(text("timeline.task", language), pick(language, *task.title))] if task else []


def _hand(row: Written, known: Known, language: str) -> ActWords:
    lines = _task(row, known, language)
    person = known.persons.get(str(row.data.get("to") or ""))
    if person is not None:
        lines.append(Fact(text("timeline.handed_to", language), pick(language, *person)))
    return ActWords(labels.label(labels.ACTS, row.act, language), lines)


def _moved(row: Written, known: Known, language: str) -> ActWords:
    lines = _task(row, known, language)
    lines.append(Fact(text("timeline.moved_to", language), pick(language, *row.data["to_titles"])))
    return ActWords(labels.label(labels.ACTS, row.act, language), lines)


def _decision(row: Written, known: Known, language: str) -> ActWords:  # noqa: ARG001 one shape
    value = row.data.get("value")
    # The table of hosts says besides why, which is told with the interview.
    value = value.get("host") if isinstance(value, Mapping) else value
    table = str(row.data.get("decision", ""))
    words = {
        "grading": labels.LEVELS,
        "routing": labels.STRIKING_OFF,
        "interview_host": hosts.NAMES,
    }.get(table, {})
    said = pick(language, *words[str(value)]) if str(value) in words else str(value)
    said = said.lower() if table == "grading" else said
    return ActWords(text(_DECISIONS.get(table, "timeline.proposed"), language, value=said))


def _ended(row: Written, known: Known, language: str) -> ActWords:  # noqa: ARG001 one shape
    why = _ENDS[row.act].get(str(row.data.get("cause") or row.data.get("reason") or ""))
    said = labels.label(labels.ACTS, row.act, language)
    note = [Fact(text("timeline.note", language), pick(language, *why))] if why else []
    return ActWords(said, note)


def _process(row: Written, known: Known, language: str) -> ActWords:
    name = known.processes.get(row.process or "")
    if name is None:
        return ActWords(labels.label(labels.ACTS, row.act, language))
    return ActWords(text(_PROCESSES[row.act], language, name=pick(language, *name)))


_DECISIONS = {
    "grading": "timeline.proposed_level",
    "limits": "timeline.proposed_days",
    "routing": "timeline.proposed_bodies",
    "interview_host": "timeline.proposed_host",
}

_ENDS: dict[str, Mapping[str, Text]] = {
    "listing.ended": {
        "downgraded": ("隐患等级已降低", "The level was lowered"),
        "extension_undone": ("延期已被撤销", "The extension was undone"),
    },
    "extension.lapsed": {
        "not_sent_again": ("未按时补正重报", "It was not sent again in time"),
        "expired": ("期限届满时未决定", "It was undecided when the date ended"),
        "rectified": ("复查合格，隐患已整改", "The recheck was passed: the hazard is rectified"),
        "undone": ("上次延期已被撤销", "The last extension was undone"),
    },
    "extension.answer_lapsed": {
        "rectified": ("复查合格，隐患已整改", "The recheck was passed: the hazard is rectified"),
    },
    "enforcement.lapsed": {
        "rectified": (
            "延期申请未获答复期间届满，复查合格",
            "It passed while a request had no answer, and the recheck was passed",
        ),
        "": ("整改期限已延长", "The date was extended"),
        "decided_already": ("同一次逾期已有决定", "This lateness was decided already"),
        "voided": ("案件已误报更正", "The case was voided"),
        "transferred": ("案件已移交", "The case was transferred"),
        "shut_down": ("企业已关停", "The site was shut down"),
    },
}
"""Why something ended of itself, by the cause on record; "" where a record names none."""

_PROCESSES = {
    "process.started": "timeline.process_started",
    "process.completed": "timeline.process_completed",
    "process.cancelled": "timeline.process_cancelled",
    "process.migrated": "timeline.process_migrated",
}

_SPECIAL: dict[str, Callable[[Written, Known, str], ActWords]] = {
    "rung.fired": _rung,
    "decision.made": _decision,
    "task.claimed": _hand,
    "task.released": _hand,
    "task.assigned": _hand,
    "token.moved": _moved,
    **dict.fromkeys(_ENDS, _ended),
    **dict.fromkeys(_PROCESSES, _process),
}

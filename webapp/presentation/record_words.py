"""What an extension, an interview or enforcement left on record, as lines of the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from webapp.i18n.catalogue import pick, text
from webapp.presentation import designed_words, labels
from webapp.presentation.facts import Fact
from webapp.presentation.interview_words import LATE_NOTES, PARTS
from webapp.presentation.remaining import day_words
from workflows.domain import interview_hosts as hosts
from workflows.domain.enforcement_entries import mandatory_for
from workflows.domain.papers.kinds import KINDS

Lines = Iterator[Fact]
Data = Mapping[str, Any]

FOR_ALL = frozenset(
    {
        "extension.effective",
        "extension.returned",
        "extension.filed",
        "extension.undone",
        "interview.opened",
        "interview.late",
        "interview.held",
        "interview.no_show",
        "interview.not_again",
        "interview.undecided",
        "interview.final_fixed",
        "enforcement.opened",
        "paper.issued",
        "paper.voided",
    }
)
"""Records whose lines hold facts alone, so that an enterprise reads them too."""


def record_lines(act: str, data: Data, language: str) -> list[Fact]:
    """Return what a record says beside its name; nothing for one that says no more."""
    told = _LINES.get(act)
    return list(told(data, language)) if told else []


def _fact(key: str, value: str, language: str) -> Fact:
    return Fact(text(key, language), value)


def _day(value: object, language: str) -> str:
    return day_words(date.fromisoformat(str(value)), language)


def _effective(data: Data, language: str) -> Lines:
    old, new = _day(data["original_due"], language), _day(data["new_date"], language)
    said = text("extension.from_to", language, old=old, new=new)
    yield _fact("deadline.title", said, language)
    if data.get("late_approval"):
        yield _fact("timeline.note", text("extension.late_approval", language), language)


def _returned(data: Data, language: str) -> Lines:
    yield _fact("timeline.resubmit_by", _day(data["resubmit_by"], language), language)


def _filed(data: Data, language: str) -> Lines:
    yield Fact(text("timeline.register", language), str(data["register_number"]), written=True)


def _undone(data: Data, language: str) -> Lines:
    yield _fact("timeline.stands_again", _day(data["due_date"], language), language)


def _opened(data: Data, language: str) -> Lines:
    if data.get("due_date"):
        yield _fact("interview.due", _day(data["due_date"], language), language)
    if data.get("subject") == "authority_silence":
        yield _fact("timeline.note", text("interview.of_authority", language), language)
    if data.get("resumes"):
        yield _fact("timeline.note", text("interview.resumes", language), language)


def _not_again(_data: Data, language: str) -> Lines:
    yield _fact("timeline.note", text("interview.not_again", language), language)


def _undecided(data: Data, language: str) -> Lines:
    heading = text("interview.decision_date", language, body=pick(language, *PARTS[data["part"]]))
    day = _day(data["due_date"], language)
    yield Fact(heading, text("interview.undecided", language, day=day))


def _late(data: Data, language: str) -> Lines:
    yield _fact("interview.due", _day(data["due_date"], language), language)
    if data.get("reason") in LATE_NOTES:
        yield _fact("timeline.note", text(LATE_NOTES[data["reason"]], language), language)


def _held(data: Data, language: str) -> Lines:
    yield from _host(data, language)
    if data.get("final_date"):
        yield _fact("interview.final_date", _day(data["final_date"], language), language)
    for part, day in (data.get("decision_dates") or {}).items():
        heading = text("interview.decision_date", language, body=pick(language, *PARTS[part]))
        yield Fact(heading, _day(day, language))
    if data.get("refused_to_sign"):
        yield _fact("interview.signature", text("interview.refused", language), language)


def _host(data: Data, language: str) -> Lines:
    host = labels.label(hosts.NAMES, data.get("host"), language)
    if host:
        yield _fact("interview.host", host, language)


def _no_show(data: Data, language: str) -> Lines:
    if data.get("substitute"):
        yield _fact("timeline.note", text("timeline.substitute", language), language)


def _enforcement(data: Data, language: str) -> Lines:
    for ground in mandatory_for(data):
        yield _fact("timeline.note", text(f"enforcement.{ground}", language), language)


def _paper(data: Data, language: str) -> Lines:
    kind, title = KINDS.get(str(data.get("kind"))), data.get("title")
    if title:
        yield _fact("timeline.paper", pick(language, title["zh"], title["en"]), language)
    elif kind is not None:
        yield _fact("timeline.paper", pick(language, kind.zh, kind.en), language)


def _migrated(data: Data, language: str) -> Lines:
    versions = {"before": data["from"], "after": data["to"]}
    yield _fact("timeline.version", text("timeline.versions", language, **versions), language)


_LINES: dict[str, Callable[[Data, str], Lines]] = {
    "extension.effective": _effective,
    "extension.returned": _returned,
    "extension.filed": _filed,
    "extension.undone": _undone,
    "interview.opened": _opened,
    "interview.late": _late,
    "interview.held": _held,
    "interview.not_again": _not_again,
    "interview.undecided": _undecided,
    "interview.final_fixed": _held,
    "interview.matrix": _host,
    "interview.by_matrix": _host,
    "interview.no_show": _no_show,
    "enforcement.opened": _enforcement,
    "process.migrated": _migrated,
    "paper.issued": _paper,
    "paper.voided": _paper,
    "paper.kept": _paper,
    **designed_words.LINES,
}
